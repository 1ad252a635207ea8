"""What a charter governs: whom it names, and what was opened under it and keeps its rules."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from consult.ballots.enums import SubjectKind
from consult.ballots.models import Ballot
from consult.ballots.queries import open_ballots
from consult.phase1_organization.models import Charter
from plans.register.models import Party, Plan
from stakeholders.terms.errors import Conflict


def names_of(parties: Iterable[Party]) -> dict[str, dict[str, str]]:
    """Code -> name of a party in each language, for sentences."""
    return {
        str(one.jurisdiction_id): {
            "zh": one.jurisdiction.name_zh,
            "en": one.jurisdiction.name_en_unique,
        }
        for one in parties
    }


@dataclass(frozen=True, kw_only=True)
class Governed:
    """Ballots of one kind that were opened together under one charter."""

    kind: SubjectKind
    number: int
    first: datetime
    is_open: bool


def governed_by(charter: Charter) -> list[Governed]:
    """What was opened under `charter` and keeps its rules, the newest first. One query."""
    rows = (
        Ballot.objects.filter(plan=charter.plan, charter_version=charter.version)
        .exclude(subject_kind=SubjectKind.CHARTER)
        .values("subject_kind", "opened_at")
        .annotate(number=Count("pk"), still=Count("pk", filter=Q(end__isnull=True)))
        .order_by("-opened_at")
    )
    return [
        Governed(
            kind=SubjectKind(row["subject_kind"]),
            number=row["number"],
            first=row["opened_at"],
            is_open=row["still"] > 0,
        )
        for row in rows
    ]


def has_open_sign_off(plan: Plan) -> bool:
    """Whether positions on items are being taken: the rules are not changed meanwhile."""
    return open_ballots(plan=plan, kind=SubjectKind.ITEM.value).exists()


def require_no_sign_off(plan: Plan) -> None:
    """Refuse (Conflict) to change the rules while positions are taken under them."""
    if has_open_sign_off(plan):
        raise Conflict(
            _(
                "A sign-off is open. It keeps its charter to its end; the rules are changed after it."
            )
        )
