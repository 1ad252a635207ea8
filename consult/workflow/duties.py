"""Who owes what on the working draft: a chapter that is its own, an answer on an editorial claim, an
answer on a change of the text in force."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.matters.ladder import end_of_workdays
from consult.workflow.enums import ChangeWay
from consult.workflow.queries.changes import Asked, Changing, asked_by, changing_in
from plans.register.enums import CO_MAKING, Phase
from plans.register.models import Party, Plan
from plans.text.enums import ClaimStanding
from plans.text.models import Chapter, Provision
from plans.text.queries import Claimed, claims_in
from plans.text.rules import JUDGES
from stakeholders.templatetags.in_language import in_language
from stakeholders.terms.actor import Role
from stakeholders.terms.duty import Duty

IMPLEMENTED = Phase.IMPLEMENTATION
ANSWER_DAYS = 10  # working days a party has to answer a change that was put forward
SIGNING = frozenset({Role.SIGNATORY.value})
CLEARING = frozenset({Role.CONTACT_POINT.value})
DRAFTERS = frozenset({Role.CONTACT_POINT.value, Role.DEPUTY.value, Role.PLANNER.value})
name_of = lazy(in_language, str)


def duties(*, plans: Sequence[Plan], now: datetime) -> list[Duty]:
    """Draft a chapter, answer a claim or a change; none on a frozen text. Ten queries over all
    `plans`, two where every chapter has its text and nothing is claimed; and those of the wording
    of each plan whose text in force is being changed."""
    by_id = {plan.pk: plan for plan in plans if plan.frozen_id is None}
    return [*_chapters(by_id), *_claims(by_id), *_changes(by_id)]


def _chapters(by_id: dict[int, Plan]) -> list[Duty]:
    """In joint preparation, of each party a chapter was given to as long as nothing stands in it."""
    preparing = [pk for pk, plan in by_id.items() if plan.phase == Phase.PREPARATION]
    if not preparing:
        return []
    held = Provision.objects.filter(chapter=OuterRef("pk"), item__draft__is_removed=False)
    rows = Chapter.objects.filter(~Exists(held), plan__in=preparing).exclude(drafting=[])
    empty = list(rows.order_by("plan_id", "position"))
    parties = _co_makers({one.plan_id for one in empty}) if empty else {}
    return [
        Duty(
            kind="chapter.draft",
            plan_id=one.plan_id,
            subject_id=one.pk,
            title=format_lazy(_("Draft the chapter {chapter}"), chapter=name_of(one, "title")),
            url=reverse("text:provision_add", args=[by_id[one.plan_id].key, one.key]),
            holder_code=code,
            roles=DRAFTERS,
        )
        for one in empty
        for code in one.drafting
        if code in parties[one.plan_id]
    ]


def _claims(by_id: dict[int, Plan]) -> list[Duty]:
    """One duty for each party that may answer an open claim."""
    claimed = claims_in(by_id) if by_id else {}
    found: list[Duty] = []
    parties = _co_makers(claimed) if claimed else {}
    for plan_id, claims in claimed.items():
        for one in claims:
            if one.standing is ClaimStanding.OPEN:
                codes = [c for c in parties[plan_id] if c != one.claim.jurisdiction_id]
                found += [_duty(by_id[plan_id], one, code) for code in codes]
    return found


def _co_makers(plans: Collection[int]) -> dict[int, list[str]]:
    rows = Party.objects.filter(plan__in=list(plans), role__in=CO_MAKING, left_at__isnull=True)
    found: dict[int, list[str]] = {plan_id: [] for plan_id in plans}
    for plan_id, code in rows.order_by("jurisdiction_id").values_list("plan_id", "jurisdiction_id"):
        found[plan_id].append(code)
    return found


def _duty(plan: Plan, one: Claimed, code: str) -> Duty:
    return Duty(
        kind="claim.answer",
        plan_id=plan.pk,
        subject_id=one.claim.pk,
        title=format_lazy(
            _("Say whether the change of article {number} is only editorial"),
            number=one.entry.number,
        ),
        url=f"{reverse('text:claims', args=[plan.key])}#{one.item.key}",
        holder_code=code,
        since=one.claim.at,
        roles=frozenset(role.value for role in JUDGES),
    )


def _changes(by_id: dict[int, Plan]) -> list[Duty]:
    """Of each party a change asks its answer; else the next act, of the joint office. Seven queries,
    one where no text in force may be edited."""
    there = [p for p, plan in by_id.items() if plan.in_force_id and plan.phase == IMPLEMENTED]
    changes = [one for one in changing_in(there) if one.state.is_open] if there else []
    asked = asked_by(changes) if changes else {}
    found: list[Duty] = []
    for one in changes:
        plan = by_id[one.row.plan_id]
        found += _answers(plan, one, asked[one.row.pk]) or [_next_act(plan, one)]
    return found


def _answers(plan: Plan, change: Changing, asked: Asked) -> list[Duty]:
    """None while the wording is not put forward, or was edited since: nobody could answer it."""
    put = change.put_forward
    if put is None or asked.edited_at > put.at:
        return []
    roles = SIGNING | (CLEARING if change.way is ChangeWay.CORRECTION else frozenset())
    name = _("Answer the change {number} of the text in force")
    return [
        Duty(
            kind="change.answer",
            plan_id=plan.pk,
            subject_id=f"{change.row.pk}-{put.pk}",
            title=format_lazy(name, number=str(change.row)),
            url=_page(plan, change),
            holder_code=code,
            due_at=end_of_workdays(put.at, ANSWER_DAYS),
            since=put.at,
            roles=roles,
        )
        for code in change.state.missing(asked.codes)
    ]


def _next_act(plan: Plan, change: Changing) -> Duty:
    """Word it, put it forward, put it in force or withdraw it: the joint office's."""
    return Duty(
        kind="change.finish",
        plan_id=plan.pk,
        subject_id=change.row.pk,
        title=format_lazy(
            _("Finish the change {number} of the text in force"), number=str(change.row)
        ),
        url=_page(plan, change),
        since=change.steps[-1].at,
        roles=frozenset({Role.COORDINATOR.value}),
    )


def _page(plan: Plan, change: Changing) -> str:
    return reverse("workflow:change", args=[plan.key, change.row.number])
