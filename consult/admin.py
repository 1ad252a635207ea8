"""The administrators' pages of the slices, for Django to find."""

import consult.phase1_organization.admin
import consult.phase3_identification.admin  # noqa: F401 - imported to register
import consult.workflow.admin  # noqa: F401 - imported to register
