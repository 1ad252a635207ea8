"""Who owes what after the reply: take its conditions up, take returned items back, note the text."""

from collections.abc import Iterator, Sequence
from datetime import datetime, time

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from consult.approval.queries.replies import ReplyState, reply_states
from plans.register.enums import Phase
from plans.register.models import Plan
from stakeholders.terms.actor import Role
from stakeholders.terms.duty import Blocker, Duty, Quick, Text

COORDINATOR = frozenset({Role.COORDINATOR.value})
NOTING = frozenset({Role.CONTACT_POINT.value, Role.SIGNATORY.value})
END_OF_DAY = time(17, 0)
AGAIN = _("Open a sign-off on the text that was changed after the return")
RETURNED = _("The plan was returned: take the items the reply names back to preparation.")
SIGNED_ANEW = _("The plan was returned: the changed text needs a sign-off of its own.")


def reply_duties(*, plans: Sequence[Plan], now: datetime) -> list[Duty]:
    """Of the joint office: take the conditions up, publish the approved text, reopen what was
    returned. Of each must-sign party: acknowledge. At most nine queries for any number of plans."""
    after = {p.pk: p for p in plans if p.phase in (Phase.IDENTIFICATION, Phase.IMPLEMENTATION)}
    # What the office owes of the conditions is over with phase 3.
    is_open = any(plan.phase == Phase.IDENTIFICATION for plan in after.values())
    states = reply_states(after.values(), with_conditions=is_open) if after else {}
    found: list[Duty] = []
    for pk, state in states.items():
        found += [*_of_office(after[pk], state), *_of_parties(after[pk], state)]
    return found


def _of_office(plan: Plan, state: ReplyState) -> Iterator[Duty]:
    if plan.phase != Phase.IDENTIFICATION:
        return
    if state.waits_for_reopening:
        text = _("Take the items that were returned back to preparation")
        yield _duty(plan, state, "approval.reopen", text, back(plan))
    elif not state.is_approving:
        url = reverse("identification:open", args=[plan.key])
        yield _duty(plan, state, "approval.sign_off", AGAIN, url)
    elif state.waiting:
        number = len(state.waiting)
        some = ngettext_lazy(
            "Take up {number} condition of the reply in the text",
            "Take up {number} conditions of the reply in the text",
            number,
        )
        url = reverse("approval:conditions", args=[plan.key])
        yield _duty(plan, state, "approval.take_up", format_lazy(some, number=number), url)
    elif state.owes_text:
        url = reverse("workflow:publish", args=[plan.key])
        yield _duty(plan, state, "approval.approved", _("Publish the approved text"), url)


def _of_parties(plan: Plan, state: ReplyState) -> Iterator[Duty]:
    due = make_aware(datetime.combine(state.waits_until, END_OF_DAY)) if state.waits_until else None
    for code in state.outstanding:
        yield Duty(
            kind="approval.acknowledge",
            plan_id=plan.pk,
            subject_id=state.reply.pk,
            title=_("Acknowledge what the reply changed in the text"),
            url=reverse("approval:acknowledge", args=[plan.key]),
            due_at=due,
            holder_code=code,
            roles=NOTING,
            since=state.approved.published_at if state.approved else None,
            quick=Quick(
                label=_("We have noted the changes"),
                url=reverse("approval:acknowledge", args=[plan.key]),
            ),
        )


def _duty(plan: Plan, state: ReplyState, kind: str, title: Text, url: str) -> Duty:
    return Duty(
        kind=kind,
        plan_id=plan.pk,
        subject_id=state.reply.pk,
        title=title,
        url=url,
        roles=COORDINATOR,
        since=state.letter.at,
    )


def back(plan: Plan) -> str:
    """The page that takes the returned items back; it names them and the letter by itself."""
    return reverse("workflow:reopen", args=[plan.key])


def returned_blocker(plan: Plan, state: ReplyState) -> Blocker:
    """What keeps phase 3 open after a return: the items go back, or the changed text is signed off."""
    text, page = RETURNED, back(plan)
    if state.is_reopened:
        text, page = SIGNED_ANEW, reverse("identification:open", args=[plan.key])
    return Blocker(code="approval.returned", text=text, url=page, grant="coordinate")
