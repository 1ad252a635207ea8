"""What a plan's upper plan binds it to and how it answers: the rows of the transmission table."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Max, QuerySet

from plans.register.enums import READS_DRAFT, Strength, TransmissionValue
from plans.register.models import (
    ItemDraft,
    Plan,
    Revision,
    RevisionItem,
    TransmissionAnswer,
    UpperRequirement,
)
from plans.register.queries.plans import visible_plans
from plans.register.queries.revisions import latest_revision, titles_of, whole_revisions
from plans.register.reading import read
from stakeholders.access.queries import grants_on
from stakeholders.templatetags.in_language import in_language
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import NotVisible


@dataclass(frozen=True, kw_only=True)
class Required:
    """One binding content of the upper plan, on this site (`entry`) or listed by hand."""

    number: str
    title_zh: str
    title_en: str
    text_zh: str
    text_en: str
    source: str
    wording: str
    entry: RevisionItem | None = None
    listed: UpperRequirement | None = None

    @property
    def ref(self) -> str:
        """The sign that tells it apart within one table."""
        if self.entry is not None:
            return f"item-{self.entry.item.key}"
        return f"listed-{self.listed.number}" if self.listed is not None else ""


@dataclass(frozen=True, kw_only=True)
class Transmitted:
    """A row of the table: what is required, the answer that counts, whether it must come again."""

    required: Required
    answer: TransmissionAnswer | None = None

    @property
    def is_former(self) -> bool:
        """Whether the answer was given on a wording that no longer stands."""
        return self.answer is not None and self.answer.wording != self.required.wording

    @property
    def state(self) -> str:
        """unanswered, former, or the value of the answer that counts."""
        if self.answer is None:
            return "unanswered"
        return "former" if self.is_former else self.answer.value


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How many binding contents stand in which state."""

    total: int = 0
    adopted: int = 0
    adapted: int = 0
    conflict: int = 0
    former: int = 0
    unanswered: int = 0


def count(rows: Iterable[Transmitted]) -> Counts:
    states = [row.state for row in rows]
    held = {state: states.count(state) for state in set(states)}
    return Counts(
        total=len(states),
        adopted=held.get(TransmissionValue.ADOPTED.value, 0),
        adapted=held.get(TransmissionValue.ADAPTED.value, 0),
        conflict=held.get(TransmissionValue.CONFLICT.value, 0),
        former=held.get("former", 0),
        unanswered=held.get("unanswered", 0),
    )


def standing_revision(plan: Plan) -> Revision | None:
    """The text a lower plan answers: the one in force, else the latest revision."""
    if plan.in_force is not None:
        return plan.in_force
    return whole_revisions(plan.revisions.defer("manifest")).order_by("-number").first()


def transmission_of(*, actor: Actor, plan: Plan) -> list[Transmitted]:
    """The rows of a plan that `actor` has loaded. Eight queries at the most.

    Who makes the plan owes the answers and so reads what the upper text binds it to, also without
    a part in the upper plan; for others the rows of an upper plan they may not see are left out.
    """
    upper = None
    if plan.parent_id is not None:
        is_maker = bool(grants_on(group_id=actor.group_id, target=plan) & READS_DRAFT)
        plans = Plan.objects.all() if is_maker else visible_plans(actor=actor)
        upper = plans.select_related("in_force").filter(pk=plan.parent_id).first()
    return _rows(plan, upper)


def whole_transmission(plan: Plan) -> list[Transmitted]:
    """Unscoped, for audits: all rows of a plan."""
    return _rows(plan, plan.parent)


def get_required(*, actor: Actor, plan: Plan, item: str = "", listed: int = 0) -> Transmitted:
    """One row by the upper item's key or the number of a listed one. NotVisible."""
    ref = f"item-{item}" if item else f"listed-{listed}"
    for row in transmission_of(actor=actor, plan=plan):
        if row.required.ref == ref:
            return row
    raise NotVisible


def get_requirement(plan: Plan, *, number: int) -> UpperRequirement:
    """A listed requirement of a plan the caller has loaded by `get_plan`. NotVisible."""
    found = plan.upper_requirements.filter(number=number, is_removed=False).first()
    if found is None:
        raise NotVisible
    return found


def answers_to(plan: Plan, *, required: Required) -> list[TransmissionAnswer]:
    """All answers of the plan to one content, the newest first. One query."""
    rows = TransmissionAnswer.objects.filter(plan=plan).select_related(
        "mandate__user", "mandate__jurisdiction", "mandate__organization"
    )
    if required.entry is not None:
        rows = rows.filter(item=required.entry.item)
    else:
        rows = rows.filter(requirement=required.listed)
    return list(rows.order_by("-pk"))


def counts_of(*, upper: Plan, lower: Sequence[Plan]) -> dict[int, Counts]:
    """Lower plan id -> how it answers the binding items of `upper`. Three queries."""
    if not lower:
        return {}
    required = _items_of(upper)
    answers = _newest(TransmissionAnswer.objects.filter(plan__in=lower, item__plan=upper))
    held = {(one.plan_id, one.item_id): one for one in answers}
    return {
        plan.pk: count(
            Transmitted(required=one, answer=held.get((plan.pk, one.entry.item_id)))
            for one in required
            if one.entry is not None
        )
        for plan in lower
    }


def carrying_choices(plan: Plan) -> list[tuple[str, str]]:
    """Key and title of each item of the plan's working draft, those published in their order.

    For people who draft; three queries.
    """
    titles = titles_of(latest_revision(plan))
    drafts = ItemDraft.objects.filter(item__plan=plan, is_removed=False).select_related("item")
    found = {}
    for draft in drafts.order_by("item__key"):
        reading = read({"content": draft.content})
        found[draft.item.key] = in_language(reading, "title") or draft.item.key
    first = [(key, title) for key, title in titles.items() if key in found]
    return first + [(key, title) for key, title in found.items() if key not in titles]


def _items_of(upper: Plan) -> list[Required]:
    revision = standing_revision(upper)
    if revision is None:
        return []
    binding = revision.entries.filter(version__strength=Strength.BINDING)
    entries = binding.select_related("item__plan", "version").order_by("position")
    return [_required(entry, upper, revision) for entry in entries]


def _required(entry: RevisionItem, upper: Plan, revision: Revision) -> Required:
    reading = read(json.loads(entry.version.content), number=entry.number)
    return Required(
        number=str(reading.number_label),
        title_zh=reading.title_zh,
        title_en=reading.title_en,
        text_zh=reading.text_zh,
        text_en=reading.text_en,
        source=f"{upper} R{revision.number}",
        wording=entry.version.hash,
        entry=entry,
    )


def _listed(one: UpperRequirement) -> Required:
    return Required(
        number=f"U{one.number}",
        title_zh=one.title_zh,
        title_en=one.title_en,
        text_zh=one.value,
        text_en=one.value,
        source=one.source,
        wording=one.wording,
        listed=one,
    )


def _rows(plan: Plan, upper: Plan | None) -> list[Transmitted]:
    required = _items_of(upper) if upper is not None else []
    listed = plan.upper_requirements.filter(is_removed=False).order_by("number")
    required += [_listed(one) for one in listed]
    answers = _newest(TransmissionAnswer.objects.filter(plan=plan))
    by_item = {one.item_id: one for one in answers if one.item_id}
    by_listed = {one.requirement_id: one for one in answers if one.requirement_id}

    def answered(one: Required) -> TransmissionAnswer | None:
        if one.entry is not None:
            return by_item.get(one.entry.item_id)
        return by_listed.get(one.listed.pk) if one.listed is not None else None

    return [Transmitted(required=one, answer=answered(one)) for one in required]


def _newest(answers: QuerySet[TransmissionAnswer]) -> list[TransmissionAnswer]:
    newest = answers.order_by().values("plan", "item", "requirement").annotate(last=Max("pk"))
    return list(
        TransmissionAnswer.objects.filter(pk__in=newest.values("last")).select_related(
            "mandate__user", "mandate__jurisdiction", "mandate__organization"
        )
    )
