"""The approved text that a reply asks for: published with what it imposes, and nothing else."""

import json
from collections.abc import Iterator, Mapping

from django.urls import reverse
from django.utils import translation
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from consult.approval.queries.replies import ReplyState, reply_state
from consult.phase2_preparation.steps.dispositions import explain
from consult.workflow.queries import Pending
from plans.register.audits import mended_at
from plans.register.enums import Phase, Stage
from plans.register.models import Item, Plan
from plans.register.queries import Held, held_by
from plans.templatetags.plan_rooms import article_label
from stakeholders.terms.actor import Actor
from stakeholders.terms.duty import Blocker, Text
from stakeholders.terms.errors import Blocked, Invalid

UNNAMED = "imposed.unnamed"
UNCHANGED = "imposed.unchanged"
CHAPTERS = "imposed.chapters"
ADDED = _("{item} is new: a condition changes the articles it names and adds none beside them.")
GONE = _("{item} was removed, and no condition of the reply names it.")
CHANGED = _("{item} was changed, and no condition of the reply names it.")
MOVED = _("{item} was moved or renumbered, and no condition of the reply asks for it.")
STILL = _("{item} still reads as it was submitted: condition {number} of the reply is not met.")


def approved_text_due(plan: Plan) -> ReplyState | None:
    """The approving reply whose text is not published yet; while there is one nothing else is."""
    state = reply_state(plan) if plan.phase == Phase.IDENTIFICATION else None
    return state if state is not None and state.is_open else None


def require_imposed(
    plan: Plan, state: ReplyState, found: Pending, *, stage: str, note_zh: str
) -> None:
    """Invalid for another stage, or without a word on the conditions of the plan as a whole;
    Blocked with a line for each item that is changed unasked or was to change and did not."""
    if stage != Stage.APPROVED:
        text = _("The plan is approved: only the approved text can be published now.")
        raise Invalid({"stage": text})
    blockers = differing(plan, state, found)
    if blockers:
        raise Blocked(blockers)
    if state.of_plan and not note_zh.strip():
        text = _("Say how the conditions on the plan as a whole are met.")
        raise Invalid({"note_zh": text})


def differing(plan: Plan, state: ReplyState, found: Pending) -> list[Blocker]:
    """Where the draft is not the submitted text with what the reply imposes. Two queries."""
    held = held_by(state.submitted)
    places = {place.item.pk: place for place in found.places}
    items = Item.objects.filter(pk__in=[pk for pk in held if pk not in places])
    gone = {item.pk: item for item in items}
    blockers = list(_unasked(plan, state, found, held, gone))
    numbers = {one.key: one.number for one in reversed(state.waiting)}
    for one in state.waiting:
        if numbers[one.key] == one.number:
            text = format_lazy(STILL, item=one.label, number=one.number)
            url = _mended(plan, one.row.item)
            blockers.append(Blocker(code=UNCHANGED, text=text, url=url, grant="draft"))
    headings = [[one.key, one.title_zh, one.title_en] for one in found.headings]
    if headings != json.loads(state.submitted.manifest).get("headings", []):
        text = _("The chapters differ from those submitted, and no condition asks for it.")
        url = reverse("text:home", args=[plan.key])
        blockers.append(Blocker(code=CHAPTERS, text=text, url=url, grant="draft"))
    return blockers


def _unasked(
    plan: Plan,
    state: ReplyState,
    found: Pending,
    held: Mapping[int, Held],
    gone: Mapping[int, Item],
) -> Iterator[Blocker]:
    named = state.named
    # An article taken out as the reply asks moves up all those behind it.
    may_move = any(item.key in named for item in gone.values())
    for place in found.places:
        if place.item.key in named:
            continue
        entry, text = held.get(place.item.pk), None
        if entry is None:
            text = ADDED
        elif entry.hash != found.sealed[place.item.pk].hash:
            text = CHANGED
        elif (entry.number, entry.heading) != (place.number, place.heading) and not may_move:
            text = MOVED
        if text is not None:
            number = entry.number if entry else place.number
            yield _blocker(text, number or place.item.key, _mended(plan, place.item))
    for pk, item in gone.items():
        if item.key not in named:
            yield _blocker(GONE, held[pk].number or item.key, reverse("text:home", args=[plan.key]))


def _blocker(text: Text, number: str, url: str) -> Blocker:
    said = format_lazy(text, item=article_label(number) or number)
    return Blocker(code=UNNAMED, text=said, url=url, grant="draft")


def _mended(plan: Plan, item: Item | None) -> str:
    return mended_at(plan, item) if item else reverse("text:home", args=[plan.key])


def write_reasons(*, plan: Plan, actor: Actor, state: ReplyState) -> list[int]:
    """The reply as the reason of the change of every item it names; ids of the rows."""
    items = {one.key: one.row.item for one in reversed(state.conditions) if one.row.item}
    rows = [
        explain(
            plan=plan,
            item=item,
            actor=actor,
            disposition=None,
            matter=None,
            note=letter_named(plan, state),
        )
        for _key, item in sorted(items.items())
    ]
    return [row.pk for row in rows]


def letter_named(plan: Plan, state: ReplyState) -> str:
    """ "Reply 12 of 2026-04-05", in the language in which the plan is authentic."""
    language = "zh-hans" if plan.authentic_language == "zh" else plan.authentic_language
    with translation.override(language):
        text = gettext("Reply %(number)s of %(day)s")
        said = text % {"number": state.letter.number, "day": state.letter.dated_on.isoformat()}
    return " ".join(said.split())
