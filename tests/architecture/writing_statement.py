"""The case of numbering a common statement."""

from consult.phase3_identification.models import CommonStatement
from tests.architecture.rights_world import SIGNED
from tests.architecture.writing_case import OFFICE, Case, day, newest
from tests.architecture.writing_identification import stated


def _statement() -> dict[str, object]:
    return {"statement": newest(CommonStatement)}


STATEMENT: dict[str, Case] = {
    "statement.number": Case(
        who=OFFICE,
        plan=SIGNED,
        page="statement/{statement}/number/",
        call="statements/{statement}/number/",
        data={"number": "三地联〔2026〕1号", "dated_on": day(0)},
        ready=stated,
        late=_statement,
    ),
}
