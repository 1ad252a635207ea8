"""The administrators' pages of the slices, for Django to find."""

import plans.projects.admin  # noqa: F401 - imported to register
