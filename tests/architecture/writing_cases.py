"""One case for every writing act: who does it, by which form and operation, and who is refused.

A case without `form` or `body` in its data is filled from the page: the fields as they stand there.
"""

from tests.architecture.writing_procedure import PROCEDURE

from tests.architecture.writing_case import Case
from tests.architecture.writing_experts import EXPERTS
from tests.architecture.writing_family import FAMILY
from tests.architecture.writing_handling import HANDLING
from tests.architecture.writing_identification import IDENTIFICATION
from tests.architecture.writing_jurisdictions import JURISDICTIONS
from tests.architecture.writing_matters import MATTERS
from tests.architecture.writing_organization import ORGANIZATION
from tests.architecture.writing_papers import PAPERS
from tests.architecture.writing_people import PEOPLE
from tests.architecture.writing_plans import PLANS
from tests.architecture.writing_preparation import PREPARATION
from tests.architecture.writing_reply import REPLY
from tests.architecture.writing_rounds import ROUNDS
from tests.architecture.writing_spoken import SPOKEN

CASES: dict[str, Case] = {
    **PLANS,
    **FAMILY,
    **ORGANIZATION,
    **MATTERS,
    **PREPARATION,
    **PAPERS,
    **HANDLING,
    **ROUNDS,
    **EXPERTS,
    **IDENTIFICATION,
    **PROCEDURE,
    **REPLY,
    **SPOKEN,
    **PEOPLE,
    **JURISDICTIONS,
}
