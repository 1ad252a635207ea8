"""The administrators' pages of the slices, for Django to find."""

import consult.approval.admin
import consult.demands.admin
import consult.desk.admin
import consult.health.admin
import consult.matters.admin
import consult.meetings.admin
import consult.phase1_organization.admin
import consult.phase2_preparation.admin
import consult.phase3_identification.admin
import consult.phase4_implementation.admin
import consult.spoken.admin
import consult.tasks.admin
import consult.workflow.admin  # noqa: F401 - imported to register
