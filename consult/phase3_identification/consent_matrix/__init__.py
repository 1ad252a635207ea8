"""The consent matrix as people read it: what a cell looks like, the filter, the table, the files.

It reads a `Board` only; what is sealed has been left out there.
"""

__all__ = []
