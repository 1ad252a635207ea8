"""The sign-off for programs: reading it, opening, closing and ending it.

A position and a signature bind a jurisdiction and ask for signing in again, so both are given by
form only.
"""

__all__ = []
