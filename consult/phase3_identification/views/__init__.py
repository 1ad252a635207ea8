"""Pages of the sign-off: state, positions, consent matrix, statement and its exports."""

__all__ = []
