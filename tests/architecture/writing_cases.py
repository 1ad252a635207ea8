"""One case for every writing act: who does it, by which form and operation, and who is refused.

A case without `form` or `body` in its data is filled from the page: the fields as they stand there.
"""

from tests.architecture.writing_balance import BALANCE
from tests.architecture.writing_case import Case
from tests.architecture.writing_cases_of_warnings import CASES_OF_WARNINGS
from tests.architecture.writing_changes import CHANGES
from tests.architecture.writing_dossier import DOSSIER
from tests.architecture.writing_experts import EXPERTS
from tests.architecture.writing_family import FAMILY
from tests.architecture.writing_handling import HANDLING
from tests.architecture.writing_health import HEALTH
from tests.architecture.writing_identification import IDENTIFICATION
from tests.architecture.writing_indicators import INDICATORS
from tests.architecture.writing_jurisdictions import JURISDICTIONS
from tests.architecture.writing_late import LATE
from tests.architecture.writing_matters import MATTERS
from tests.architecture.writing_meetings import MEETINGS
from tests.architecture.writing_organization import ORGANIZATION
from tests.architecture.writing_papers import PAPERS
from tests.architecture.writing_partial import PARTIAL
from tests.architecture.writing_people import PEOPLE
from tests.architecture.writing_plans import PLANS
from tests.architecture.writing_preparation import PREPARATION
from tests.architecture.writing_procedure import PROCEDURE
from tests.architecture.writing_projects import PROJECTS
from tests.architecture.writing_readings import READINGS
from tests.architecture.writing_reminders import REMINDERS
from tests.architecture.writing_reply import REPLY
from tests.architecture.writing_rounds import ROUNDS
from tests.architecture.writing_spoken import SPOKEN
from tests.architecture.writing_statement import STATEMENT
from tests.architecture.writing_tasks import TASKS

CASES: dict[str, Case] = {
    **PLANS,
    **INDICATORS,
    **FAMILY,
    **ORGANIZATION,
    **MATTERS,
    **MEETINGS,
    **PREPARATION,
    **PAPERS,
    **HANDLING,
    **ROUNDS,
    **EXPERTS,
    **IDENTIFICATION,
    **CHANGES,
    **READINGS,
    **HEALTH,
    **DOSSIER,
    **STATEMENT,
    **PARTIAL,
    **PROCEDURE,
    **REPLY,
    **BALANCE,
    **LATE,
    **PROJECTS,
    **REMINDERS,
    **SPOKEN,
    **PEOPLE,
    **JURISDICTIONS,
    **CASES_OF_WARNINGS,
    **TASKS,
}
