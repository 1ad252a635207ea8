"""What an act can be entered about: for whom, whether it still takes one, who has spoken.

One function per kind, all giving the same `Subject`, so that everything else knows no kinds.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.ballots.enums import SubjectKind
from consult.ballots.models import Ballot
from consult.ballots.queries import electors_of, is_past, newest_positions, still_asked
from consult.matters.models import Matter
from consult.phase1_organization.models import Invitation
from consult.phase1_organization.queries import is_replaced, newest_answers
from consult.phase1_organization.sentences import name_of
from consult.phase2_preparation.enums import Audience
from consult.phase2_preparation.models import Round
from consult.phase2_preparation.queries import deadline_of, takes_replies
from consult.phase2_preparation.queries import is_past as is_round_past
from consult.phase3_identification.models import SignOff
from consult.phase3_identification.queries import electorate, has_ended
from consult.phase3_identification.queries import newest_answers as declared
from consult.spoken.enums import ActKind
from plans.register.models import Plan
from stakeholders.terms.duty import Text
from stakeholders.terms.errors import NotVisible


@dataclass(frozen=True, kw_only=True)
class Subject:
    """`ends`: code -> the hour at which the subject takes nothing more (None: no hour).

    `is_open`: whether it takes an act now at all. `is_capped`: a confirmation after that hour
    would come too late, because what others said is open by then or the result is known.
    """

    kind: str
    row: Any
    plan: Plan
    ends: Mapping[str, datetime | None]
    spoken: frozenset[str]
    is_open: bool
    is_sealed: bool
    is_capped: bool
    title: Text
    url: str

    def takes(self, code: str, *, at: datetime) -> bool:
        """Whether an act of `code` is in time at `at`."""
        ends = self.ends.get(code)
        return self.is_open and (ends is None or at < ends)

    def cap(self, code: str) -> datetime | None:
        return self.ends.get(code) if self.is_capped else None


def subject_of(*, plan: Plan, kind: str, pk: int, at: datetime) -> Subject:
    """The subject of an act, locked by nobody. NotVisible where it is none of the plan's."""
    if kind not in READERS:
        raise NotVisible
    model, read = READERS[kind]
    row = model.objects.filter(plan=plan, pk=pk).first()
    if row is None:
        raise NotVisible
    return read(plan, row, at)


def _answer(plan: Plan, row: Invitation, at: datetime) -> Subject:
    code = str(row.jurisdiction_id)
    return Subject(
        kind=ActKind.ANSWER.value,
        row=row,
        plan=plan,
        ends={code: row.answer_by},
        spoken=frozenset({code} if newest_answers([row]) else ()),
        is_open=not is_replaced(row),
        is_sealed=False,
        is_capped=False,
        title=format_lazy(_("Invitation to {plan}"), plan=name_of(plan, "short")),
        url=reverse("organization:invitation", args=[row.pk]),
    )


def _reply(plan: Plan, row: Round, at: datetime) -> Subject:
    invitees = list(row.invitees.filter(audience=Audience.PARTY))
    replies = row.replies.filter(jurisdiction__isnull=False)
    return Subject(
        kind=ActKind.REPLY.value,
        row=row,
        plan=plan,
        ends={str(one.jurisdiction_id): deadline_of(row, one) for one in invitees},
        spoken=frozenset(replies.values_list("jurisdiction_id", flat=True)),
        is_open=any(takes_replies(row, one, at=at) for one in invitees),
        is_sealed=row.is_sealed and not is_round_past(row, at=at),
        is_capped=row.is_sealed,
        title=format_lazy(_("Comment round {number}"), number=str(row.number)),
        url=reverse("preparation:round", args=[plan.key, row.number]),
    )


def _stand(plan: Plan, row: Matter, at: datetime) -> Subject:
    return Subject(
        kind=ActKind.STAND.value,
        row=row,
        plan=plan,
        ends={unit.code: None for unit in row.jurisdictions.all()},
        spoken=frozenset(row.stands.values_list("jurisdiction_id", flat=True)),
        is_open=row.is_open,
        is_sealed=False,
        is_capped=False,
        title=format_lazy(_("Matter {key} {title}"), key=row.key, title=name_of(row, "title")),
        url=reverse("matters:detail", args=[plan.key, row.key]),
    )


def _charter(plan: Plan, row: Ballot, at: datetime) -> Subject:
    if row.subject_kind != SubjectKind.CHARTER:
        raise NotVisible
    electors = electors_of([row]).get(row.pk, [])
    return Subject(
        kind=ActKind.CHARTER.value,
        row=row,
        plan=plan,
        ends=dict.fromkeys(still_asked(electors), row.closes_at),
        spoken=frozenset(code for _ballot, code in newest_positions([row])),
        is_open=getattr(row, "end", None) is None,
        is_sealed=row.is_sealed and not is_past(row, at=at),
        is_capped=True,
        title=format_lazy(_("Charter no. {number}"), number=row.subject_id),
        url=reverse("organization:charter", args=[plan.key, row.subject_id]),
    )


def _position(plan: Plan, row: SignOff, at: datetime) -> Subject:
    return Subject(
        kind=ActKind.POSITION.value,
        row=row,
        plan=plan,
        ends={unit.code: row.closes_at for unit in electorate(row)},
        spoken=frozenset(code for _sign_off, code in declared([row])),
        is_open=not has_ended(row) and plan.frozen_id is not None,
        is_sealed=row.is_sealed,
        is_capped=True,
        title=_("Sign-off"),
        url=reverse("identification:overview", args=[plan.key]),
    )


READERS: Mapping[str, tuple[Any, Callable[[Plan, Any, datetime], Subject]]] = {
    ActKind.ANSWER.value: (Invitation, _answer),
    ActKind.REPLY.value: (Round, _reply),
    ActKind.STAND.value: (Matter, _stand),
    ActKind.CHARTER.value: (Ballot, _charter),
    ActKind.POSITION.value: (SignOff, _position),
}
