"""Who owes what on matters: stands, answers, confirmations, kept promises, and a decision in time."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Greatest
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.matters.enums import CommitmentState, Level, MoveKind, Outcome
from consult.matters.ladder import end_of_day
from consult.matters.models import (
    AgreementAnswer,
    Matter,
    MatterAgreement,
    MatterMove,
    OptionStance,
    OptionVersion,
    Stand,
)
from consult.matters.queries import agreed_commitments, confirmers_of
from plans.register.models import Plan
from stakeholders.terms.actor import Role
from stakeholders.terms.duty import Duty, Text

SPEAKERS = frozenset({Role.CONTACT_POINT.value, Role.SIGNATORY.value})
REPORTERS = frozenset({Role.CONTACT_POINT.value, Role.DEPUTY.value})
OFFICE = frozenset({Role.COORDINATOR.value})
# So long before its day a reserved difference is put before the joint office again.
AHEAD = timedelta(days=14)
BINDING = (CommitmentState.IN_FORCE, CommitmentState.LAPSED)


def duties(*, plans: Sequence[Plan], now: datetime) -> list[Duty]:
    """The same number of queries for one plan or many."""
    keys = {plan.pk: plan.key for plan in plans}
    return [
        *_words(keys),
        *_decisions(keys, now),
        *_commitments(keys, now),
    ]


def _parties(keys: Mapping[int, str]) -> Any:
    """The rows (matter, jurisdiction) of all open matters."""
    through = Matter.jurisdictions.through.objects
    rows = through.filter(matter__plan__in=list(keys), matter__closed_at__isnull=True)
    return rows.order_by("matter_id", "jurisdiction_id")


# When the matter came to the party: opened, opened again, or joined later, whichever is last.
HERE_SINCE = Greatest(
    "matter__opened_at",
    Subquery(
        MatterMove.objects.filter(
            Q(kind=MoveKind.REOPENED)
            | Q(kind=MoveKind.JOINED, jurisdiction=OuterRef("jurisdiction")),
            matter=OuterRef("matter"),
        )
        .order_by("-pk")
        .values("at")[:1]
    ),
)


def _duty(
    keys: Mapping[int, str],
    kind: str,
    title: Text,
    *,
    plan_id: int,
    key: str,
    subject: int | str,
    due_at: datetime | None,
    code: str | None,
    roles: frozenset[str],
    since: datetime | None,
    anchor: str = "",
) -> Duty:
    return Duty(
        kind=kind,
        plan_id=plan_id,
        subject_id=subject,
        title=format_lazy(title, key=key),
        url=reverse("matters:detail", args=[keys[plan_id], key]) + anchor,
        due_at=due_at,
        holder_code=code,
        roles=roles,
        since=since,
    )


def _words(keys: Mapping[int, str]) -> list[Duty]:
    """What each party of an open matter has not said yet: its stand, an answer to the options
    (once per matter), a word on the draft. One query."""
    rows = list(_silent(keys))
    owed: tuple[tuple[str, Text, str, Callable[[_Silent], bool]], ...] = (
        ("matter.stand", _("Take a stand on matter {key}"), "", lambda row: row.has_no_stand),
        (
            "option.answer",
            _("Answer the options of matter {key}"),
            "#options-heading",
            lambda row: row.option_at is not None,
        ),
        (
            "agreement.answer",
            _("Confirm or refuse the draft agreement on matter {key}"),
            "#agreement-heading",
            lambda row: row.draft_at is not None,
        ),
    )
    asked_at = {"option.answer": "option_at", "agreement.answer": "draft_at"}
    return [
        _duty(
            keys,
            kind,
            title,
            plan_id=row.plan_id,
            key=row.key,
            subject=row.matter,
            due_at=row.due_at,
            code=row.code,
            roles=SPEAKERS,
            since=max(row.here_since, getattr(row, asked_at.get(kind, "here_since"))),
            anchor=anchor,
        )
        for kind, title, anchor, owes in owed
        for row in rows
        if owes(row)
    ]


class _Silent(NamedTuple):
    """A party of an open matter that owes a word: since when an option or a draft waits for it."""

    plan_id: int
    matter: int
    key: str
    due_at: datetime | None
    code: str
    here_since: datetime
    has_no_stand: bool
    option_at: datetime | None
    draft_at: datetime | None


def _silent(keys: Mapping[int, str]) -> Iterator[_Silent]:
    said = Stand.objects.filter(matter=OuterRef("matter"), jurisdiction=OuterRef("jurisdiction"))
    rows = _parties(keys).annotate(
        here_since=HERE_SINCE,
        has_no_stand=~Exists(said),
        option_at=Subquery(_open_versions().order_by("at").values("at")[:1]),
        draft_at=Subquery(_open_drafts().values("at")[:1]),
    )
    rows = rows.filter(
        Q(has_no_stand=True) | Q(option_at__isnull=False) | Q(draft_at__isnull=False)
    )
    return map(
        _Silent._make,
        rows.values_list(
            "matter__plan",
            "matter",
            "matter__key",
            "matter__due_at",
            "jurisdiction",
            "here_since",
            "has_no_stand",
            "option_at",
            "draft_at",
        ),
    )


def _open_versions() -> QuerySet[OptionVersion]:
    """The newest versions of standing options that the party has not answered."""
    newest = OptionVersion.objects.filter(option=OuterRef("option")).order_by("-number")
    said = OptionStance.objects.filter(
        version=OuterRef("pk"), jurisdiction=OuterRef(OuterRef("jurisdiction"))
    )
    return OptionVersion.objects.filter(
        ~Exists(said),
        option__matter=OuterRef("matter"),
        option__withdrawal__isnull=True,
        pk=Subquery(newest.values("pk")[:1]),
    )


def _open_drafts() -> QuerySet[MatterAgreement]:
    """The draft on the table, while the party has neither confirmed nor refused it."""
    reopened = MatterMove.objects.filter(
        matter=OuterRef("matter"), kind=MoveKind.REOPENED, at__gte=OuterRef("at")
    )
    newer = MatterAgreement.objects.filter(matter=OuterRef("matter"), number__gt=OuterRef("number"))
    said = AgreementAnswer.objects.filter(
        agreement=OuterRef("pk"), jurisdiction=OuterRef(OuterRef("jurisdiction"))
    )
    drafts = MatterAgreement.objects.filter(~Exists(reopened), ~Exists(newer), ~Exists(said))
    return drafts.filter(matter=OuterRef("matter"))


def _decisions(keys: Mapping[int, str], now: datetime) -> list[Duty]:
    """The joint office's: an open matter settled before its time at the step is over, or, at the
    top, where no step is left, afterwards; a reserved difference looked at again."""
    again = Q(outcome=Outcome.RESERVED, review_on__lte=timezone.localtime(now + AHEAD).date())
    rows = Matter.objects.filter(
        Q(closed_at__isnull=True, due_at__isnull=False)
        | Q(closed_at__isnull=True, level=Level.SUPERIOR)
        | again,
        plan__in=list(keys),
    ).order_by("plan", "key")
    came = MatterMove.objects.filter(
        matter=OuterRef("pk"), kind__in=[MoveKind.OPENED, MoveKind.RAISED, MoveKind.REOPENED]
    )
    dated = rows.annotate(since=Subquery(came.order_by("-pk").values("at")[:1]))
    found = []
    for plan_id, pk, key, due_at, review_on, since in dated.values_list(
        "plan", "pk", "key", "due_at", "review_on", "since"
    ):
        kind, title, due = "matter.close", _("Bring matter {key} to a result at its step"), due_at
        if review_on is not None:
            kind, title = (
                "matter.reopen",
                _("Look at the reserved difference in matter {key} again"),
            )
            due = end_of_day(review_on)
            since = due - AHEAD
        found.append(
            _duty(
                keys,
                kind,
                title,
                plan_id=plan_id,
                key=key,
                subject=pk,
                due_at=due,
                code=None,
                roles=OFFICE,
                since=since,
                anchor="#ladder-heading",
            )
        )
    return found


def _commitments(keys: Mapping[int, str], now: datetime) -> list[Duty]:
    """Commitments in force to be kept by their day, and reported ones to be confirmed."""
    held = agreed_commitments(list(keys), at=now)
    found = []
    for matter, rows in held.items():
        for row in rows:
            if row.worth.state not in BINDING:
                continue
            one = row.commitment
            due = end_of_day(one.due_on) if one.due_on else None
            kind, title = "commitment.report", _("Keep a commitment in matter {key}")
            codes, roles = {str(one.holder_id)}, REPORTERS
            since = max([one.at, *(event.at for event in row.events)])
            if row.is_reported:
                kind, title = (
                    "commitment.confirm",
                    _("Confirm a commitment in matter {key} as kept"),
                )
                codes, roles = confirmers_of(row, rows, matter), SPEAKERS
            found += [
                _duty(
                    keys,
                    kind,
                    title,
                    plan_id=int(matter.plan_id or 0),
                    key=matter.key,
                    subject=one.pk,
                    due_at=due,
                    code=code,
                    roles=roles,
                    since=since,
                    anchor=f"#commitment-{one.number}",
                )
                for code in sorted(codes)
            ]
    return found
