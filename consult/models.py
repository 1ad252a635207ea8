"""The models of the slices, for Django to find."""

import consult.approval.models
import consult.balance.models
import consult.ballots.models
import consult.demands.models
import consult.desk.models
import consult.health.models
import consult.matters.models
import consult.meetings.models
import consult.phase1_organization.models
import consult.phase2_preparation.models
import consult.phase3_identification.models
import consult.phase4_implementation.models
import consult.spoken.models
import consult.tasks.models
import consult.workflow.models  # noqa: F401 - imported to register
