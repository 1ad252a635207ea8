"""Reading the changes of a text in force, and what the draft would change of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Prefetch, QuerySet

from consult.workflow.changing import State, state_of
from consult.workflow.enums import ChangeStep, ChangeWay
from consult.workflow.models import TextChange, TextChangeStep
from consult.workflow.queries.publishing import Change, Pending, pending
from plans.register.models import ItemDraft, Party, Plan, RevisionItem
from plans.register.queries import titles_of
from stakeholders.terms import canonical
from stakeholders.terms.errors import NotVisible


@dataclass(frozen=True, kw_only=True)
class Changing:
    """A change with its steps, oldest first, and where it stands."""

    row: TextChange
    steps: Sequence[TextChangeStep]
    state: State

    @property
    def way(self) -> ChangeWay:
        return ChangeWay(self.row.way)

    @property
    def put_forward(self) -> TextChangeStep | None:
        """The newest step that put a wording to the parties."""
        found = [one for one in self.steps if one.step == ChangeStep.PUT_FORWARD]
        return found[-1] if found else None


def changing_in(plans: Sequence[int]) -> list[Changing]:
    """Every change of these plans, newest first. Two queries, unscoped: for duties and gates."""
    return [_changing(row) for row in _rows().filter(plan__in=plans)]


def changes_of(plan: Plan) -> list[Changing]:
    """The changes of a plan the caller has loaded by `get_plan`, newest first. Two queries."""
    return [_changing(row) for row in _rows().filter(plan=plan)]


def get_change(plan: Plan, *, number: int) -> Changing:
    """One of them. NotVisible when there is none of that number."""
    row = _rows().filter(plan=plan, number=number).first()
    if row is None:
        raise NotVisible
    return _changing(row)


def open_change(plan: Plan) -> Changing | None:
    """The one change that is under way, if any: there is never a second."""
    return next((one for one in changes_of(plan) if one.state.is_open), None)


def _rows() -> QuerySet[TextChange]:
    steps = TextChangeStep.objects.select_related("jurisdiction", "mandate__user", "revision")
    return (
        TextChange.objects.select_related("plan", "jurisdiction", "mandate__user", "file")
        .defer("jurisdiction__boundary")
        .prefetch_related(Prefetch("steps", steps.defer("jurisdiction__boundary").order_by("pk")))
        .order_by("-number")
    )


def _changing(row: TextChange) -> Changing:
    steps = list(row.steps.all())
    return Changing(row=row, steps=steps, state=state_of(row.way, steps))


def choices_in_force(plan: Plan) -> list[tuple[str, str]]:
    """Key and words of every item of the text in force, in its order; empty where there is none."""
    return list(titles_of(plan.in_force).items()) if plan.in_force else []


def since_in_force(plan: Plan, *, with_places: bool = False) -> list[str]:
    """Keys of the items whose wording in the draft is not the one in force, added and removed ones
    too; `with_places`: also of those that stand elsewhere. One query besides the draft's."""
    rows = RevisionItem.objects.filter(revision=plan.in_force_id)
    held = {
        key: (digest, number, heading)
        for key, digest, number, heading in rows.values_list(
            "item__key", "version__hash", "number", "heading"
        )
    }
    draft = pending(plan)
    now = {
        one.item.key: (draft.sealed[one.item.pk].hash, one.number, one.heading)
        for one in draft.places
    }
    parts = 3 if with_places else 1
    nothing = ("", "", "")
    return sorted(
        key
        for key in held.keys() | now.keys()
        if held.get(key, nothing)[:parts] != now.get(key, nothing)[:parts]
    )


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Who answers a change: the co-makers that its items concern, in force or in the draft;
    `edited_at`: when one of them was last edited."""

    codes: tuple[str, ...]
    edited_at: datetime


def asked_by(changes: Sequence[Changing]) -> dict[int, Asked]:
    """Change id -> who answers it. Three queries for any number of changes."""
    plans = {one.row.plan_id for one in changes}
    keys = {key for one in changes for key in one.row.items}
    drafts = ItemDraft.objects.filter(item__plan__in=plans, item__key__in=keys)
    concerned: dict[tuple[int, str], set[str]] = {}
    edited: dict[tuple[int, str], datetime] = {}
    for plan_id, key, codes, at in drafts.values_list(
        "item__plan", "item__key", "concerned", "edited_at"
    ):
        concerned[plan_id, key], edited[plan_id, key] = set(codes), at
    held = RevisionItem.objects.filter(revision=F("revision__plan__in_force"))
    for plan_id, key, codes in held.filter(
        revision__plan__in=plans, item__key__in=keys
    ).values_list("revision__plan", "item__key", "version__concerned"):
        concerned.setdefault((plan_id, key), set()).update(codes)
    makers: dict[int, list[str]] = {}
    parties = Party.objects.co_makers().filter(plan__in=plans).order_by("jurisdiction_id")
    for plan_id, code in parties.values_list("plan_id", "jurisdiction_id"):
        makers.setdefault(plan_id, []).append(code)
    found = {}
    for one in changes:
        places = [(one.row.plan_id, key) for key in one.row.items]
        touched = {code for place in places for code in concerned.get(place, ())}
        found[one.row.pk] = Asked(
            codes=tuple(c for c in makers.get(one.row.plan_id, []) if c in touched),
            edited_at=max((edited[p] for p in places if p in edited), default=one.row.at),
        )
    return found


@dataclass(frozen=True, kw_only=True)
class Worded:
    """What the working draft changes of the text in force, and who answers that."""

    pending: Pending
    changes: Sequence[Change]
    asked: tuple[str, ...]
    hash: str


def worded(plan: Plan, change: Changing) -> Worded:
    """The draft against the text in force."""
    found = pending(plan)
    sealed = {place.item.key: found.sealed[place.item.pk].hash for place in found.places}
    wording = {one.reading.key: sealed.get(one.reading.key, "") for one in found.changes}
    return Worded(
        pending=found,
        changes=found.changes,
        asked=asked_by([change])[change.row.pk].codes,
        hash=canonical.digest_of(wording) if wording else "",
    )
