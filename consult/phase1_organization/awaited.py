"""What a party that has spoken in phase 1 waits for."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db.models import Max
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.ballots.enums import SubjectKind
from consult.ballots.models import Ballot
from consult.phase1_organization.duties import open_ballots
from plans.register.models import Plan
from stakeholders.terms.actor import Actor
from stakeholders.terms.awaited import Awaited
from stakeholders.terms.duty import Text

# Subject -> kind of the duty, page, words.
SUBJECTS: Mapping[str, tuple[str, str, Text]] = {
    SubjectKind.CHARTER: ("charter.take_position", "charter", _("Charter no. {number}")),
    SubjectKind.BASE: ("base.take_position", "base", _("Base map and base figures")),
    SubjectKind.ACCESSION: ("accession.take_position", "accession", _("Accession no. {number}")),
}


def awaited(*, actor: Actor, plans: Sequence[Plan], now: datetime) -> list[Awaited]:
    """The ballots on charter, base and accession in which the actor's own party has spoken, until
    they are over. Two queries over all `plans` at most."""
    code = actor.inside
    running = open_ballots(plans, at=now) if code is not None and plans else []
    if not running:
        return []
    keys = {plan.pk: plan.key for plan in plans}
    rows = (
        Ballot.objects.filter(
            pk__in=[ballot.pk for ballot in running], positions__jurisdiction=code
        )
        .annotate(spoken_at=Max("positions__at"))
        .order_by("pk")
    )
    return [_awaited(row, keys[row.plan_id], row.spoken_at) for row in rows]


def _awaited(ballot: Ballot, key: str, since: datetime) -> Awaited:
    kind, page, title = SUBJECTS[ballot.subject_kind]
    args = [key] if ballot.subject_kind == SubjectKind.BASE else [key, ballot.subject_id]
    return Awaited(
        kind=kind,
        plan_id=ballot.plan_id,
        subject_id=ballot.pk,
        title=format_lazy(title, number=ballot.subject_id),
        url=reverse(f"organization:{page}", args=args),
        whom=_("the other parties"),
        due_at=ballot.closes_at,
        since=since,
        after=frozenset({kind}),
    )
