"""The administrators' pages of the slices, for Django to find."""

import consult.phase4_implementation.admin  # noqa: F401 - imported to register
