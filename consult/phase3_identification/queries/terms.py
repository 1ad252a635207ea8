"""What the charter under which a sign-off was opened says of positions."""

from consult.phase1_organization.content import CharterContent
from consult.phase1_organization.enums import TwoPersonAct
from consult.phase1_organization.models import Charter
from consult.phase3_identification.models import SignOff
from plans.register.models import Plan
from stakeholders.jurisdictions.models import Jurisdiction

# A charter's clause with this value makes the letter, its stamped file and the deciding body
# compulsory for a position.
LETTER_CLAUSE = "official_letter"


def charter_of(sign_off: SignOff) -> CharterContent | None:
    """The charter in force at the opening, not the newest; None where it is not kept."""
    found = Charter.objects.filter(plan=sign_off.plan_id, number=sign_off.charter_number).first()
    return found.content if found else None


def asks_two(sign_off: SignOff) -> bool:
    """Whether a position is prepared by one person and confirmed by another."""
    content = charter_of(sign_off)
    return content is not None and TwoPersonAct.POSITION.value in content.two_person


def letter_needed(sign_off: SignOff) -> bool:
    """Whether the charter makes the official letter of a position compulsory."""
    return asks_letter(charter_of(sign_off))


def asks_letter(content: CharterContent | None) -> bool:
    """Whether one of its clauses has the value `official_letter`."""
    return content is not None and any(c.value == LETTER_CLAUSE for c in content.clauses)


def party_units(plan: Plan) -> list[Jurisdiction]:
    """The jurisdictions that are parties of the plan, in order of code."""
    rows = plan.parties.filter(left_at__isnull=True).select_related("jurisdiction")
    return [row.jurisdiction for row in rows.order_by("jurisdiction_id")]


def party_codes(plan: Plan) -> frozenset[str]:
    """The codes of the jurisdictions that are parties of the plan, whatever their part."""
    rows = plan.parties.filter(left_at__isnull=True)
    return frozenset(str(code) for code in rows.values_list("jurisdiction_id", flat=True))
