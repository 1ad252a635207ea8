"""The administrators' pages of the slices, for Django to find."""

import plans.indicators.admin
import plans.projects.admin
import plans.register.admin
import plans.text.admin  # noqa: F401 - imported to register
