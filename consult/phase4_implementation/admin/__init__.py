"""Phase 4 in the administration, to look at."""

import consult.phase4_implementation.admin.cases
import consult.phase4_implementation.admin.readings
import consult.phase4_implementation.admin.statuses  # noqa: F401
