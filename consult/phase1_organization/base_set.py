"""Base map and base figures (底图底数) as one set, and where the parties' agreement on it stands.

What was put to the parties is recomputed from the attachments that stood at that instant; the
ballot bears the hash of that set, so a later change shows.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from consult.ballots.enums import Outcome, SubjectKind
from consult.ballots.models import Ballot
from consult.phase1_organization.enums import BaseState
from plans.register.enums import BASE_PURPOSES, Classification
from plans.register.models import Attachment, Plan
from plans.register.queries import base_attachments
from stakeholders.terms import canonical

PURPOSES = tuple(one.value for one in BASE_PURPOSES)


@dataclass(frozen=True, kw_only=True)
class BaseSet:
    """The set as it stands now, its newest ballot and the ballot that was agreed last."""

    plan: Plan
    attachments: Sequence[Attachment]
    newest: Ballot | None
    agreed: Ballot | None

    @property
    def hash(self) -> str:
        return base_hash(self.plan, self.attachments)

    @property
    def running(self) -> Ballot | None:
        """The ballot that has not ended."""
        is_open = self.newest is not None and not hasattr(self.newest, "end")
        return self.newest if is_open else None

    @property
    def is_outdated(self) -> bool:
        """Whether another set stands than the open ballot is on."""
        return self.running is not None and self.running.subject_hash != self.hash

    @property
    def state(self) -> BaseState:
        if self.running is not None:
            return BaseState.OPEN
        if not self.attachments and self.agreed is None:
            return BaseState.EMPTY
        if self.agreed is not None and self.agreed.subject_hash == self.hash:
            return BaseState.AGREED
        newest = self.newest
        is_same = newest is not None and newest.subject_hash == self.hash
        if newest is not None and is_same and newest.end.outcome == Outcome.FAILED:
            return BaseState.REFUSED
        return BaseState.NOT_PUT if self.agreed is None else BaseState.CHANGED


def shown_to(attachments: Iterable[Attachment], *, sees_draft: bool) -> list[Attachment]:
    """Those a reader may see: internal files are for those who see the draft."""
    internal = Classification.INTERNAL
    return [one for one in attachments if sees_draft or one.classification != internal]


def base_hash(plan: Plan, attachments: Sequence[Attachment]) -> str:
    """The hash of a set: plan, and each one's purpose, titles and the hash of its file."""
    rows = [[a.purpose, a.title_zh, a.title_en, a.file.sha256] for a in attachments]
    return canonical.digest_of({"plan": plan.key, "base": sorted(rows)})


def base_ballots(plan: Plan) -> QuerySet[Ballot]:
    """The ballots on the plan's base set, newest first, with their ends."""
    rows = Ballot.objects.filter(plan=plan, subject_kind=SubjectKind.BASE)
    return rows.select_related("plan", "end").order_by("-pk")


def base_set(plan: Plan) -> BaseSet:
    """The base set of a plan the caller has loaded. Two queries."""
    ballots = list(base_ballots(plan))
    passed = [b for b in ballots if hasattr(b, "end") and b.end.outcome == Outcome.PASSED]
    passed.sort(key=lambda ballot: ballot.end.pk, reverse=True)
    return BaseSet(
        plan=plan,
        attachments=base_attachments(plan),
        newest=ballots[0] if ballots else None,
        agreed=passed[0] if passed else None,
    )


def set_at(plan: Plan, *, at: datetime) -> list[Attachment]:
    """The base attachments that stood at an instant, those taken out later included. One query."""
    rows = Attachment.objects.filter(plan=plan, purpose__in=PURPOSES, added_at__lte=at)
    rows = rows.exclude(removal__at__lte=at)
    return list(rows.select_related("item", "file", "removal").order_by("pk"))
