"""Reading partial adoptions: what was adopted first, and the statements of these parts."""

from collections.abc import Collection, Iterable

from django.db.models import F, QuerySet

from consult.ballots.enums import Outcome
from consult.ballots.models import Elector
from consult.phase3_identification.models import CommonStatement, PartialAdoption, SignOff
from consult.phase3_identification.queries.statements import newest_statements
from plans.register.models import Plan, RevisionItem
from stakeholders.terms.errors import NotVisible

_VERSION = "ballot__sign_off_ballot__version__revision_entries__revision"


def adoptions_of(sign_off: SignOff) -> QuerySet[PartialAdoption]:
    """The partial adoptions of a sign-off in their order, without the long texts. One query."""
    return (
        PartialAdoption.objects.filter(sign_off=sign_off)
        .select_related("revision", "statement", "mandate__user")
        .defer("revision__manifest", "statement__content")
        .order_by("pk")
    )


def adopted_entries(adoptions: Iterable[PartialAdoption]) -> dict[int, list[RevisionItem]]:
    """Revision id -> what was adopted in it, in its order, without the wordings. One query."""
    found: dict[int, list[RevisionItem]] = {}
    rows = RevisionItem.objects.filter(revision__in=[one.revision_id for one in adoptions])
    for row in rows.select_related("item").order_by("revision_id", "position"):
        found.setdefault(row.revision_id, []).append(row)
    return found


def adopted_numbers(sign_off: SignOff, *, keys: Collection[str]) -> list[str]:
    """The numbers of those of `keys` that a part of this sign-off holds. One query."""
    rows = RevisionItem.objects.filter(
        revision__partial_adoption__sign_off=sign_off, item__key__in=keys
    )
    return list(rows.order_by("position").values_list("number", flat=True).distinct())


def part_statements(plans: Iterable[Plan]) -> list[CommonStatement]:
    """The statements of parts that wait for signatures: of plans' newest sign-offs, until there is
    one of the whole text, which holds the parts too. One query."""
    return waiting_parts(newest_statements(plans).defer("content"))


def waiting_parts(statements: Iterable[CommonStatement]) -> list[CommonStatement]:
    """Those of parts whose sign-off has no statement of the whole among `statements`. No query."""
    rows = list(statements)
    whole = {row.sign_off_id for row in rows if not row.is_part}
    return [row for row in rows if row.is_part and row.sign_off_id not in whole]


def parties_of_parts(statements: Iterable[CommonStatement]) -> dict[int, list[str]]:
    """Statement id -> the parties that counted for an item of that part. One query."""
    found: dict[int, list[str]] = {}
    rows = Elector.objects.filter(
        **{f"{_VERSION}__partial_adoption__statement__in": [row.pk for row in statements]},
        ballot__sign_off_ballot__sign_off=F(f"{_VERSION}__partial_adoption__sign_off"),
        end__isnull=True,
        ballot__end__outcome=Outcome.PASSED.value,
    ).annotate(statement=F(f"{_VERSION}__partial_adoption__statement"))
    pairs = rows.order_by("statement", "jurisdiction_id").values_list(
        "statement", "jurisdiction_id"
    )
    for statement, code in pairs.distinct():
        found.setdefault(statement, []).append(str(code))
    return found


def get_part_statement(sign_off: SignOff | None, *, pk: int) -> CommonStatement:
    """The statement of a part of this sign-off. NotVisible for any other."""
    rows = CommonStatement.objects.filter(sign_off=sign_off, is_part=True, pk=pk)
    found = rows.select_related("revision", "partial_adoption").first() if sign_off else None
    if found is None:
        raise NotVisible
    return found
