"""The administrators' pages of the slices, for Django to find."""

import consult.workflow.admin  # noqa: F401 - imported to register
