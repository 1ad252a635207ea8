"""How a case ends: struck off, handed over as a matter about its threshold, or as a false alarm."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import translation
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.matters import steps as matters
from consult.matters.models import Matter
from consult.matters.steps import Wording
from consult.phase4_implementation import steps
from consult.phase4_implementation.enums import CaseOutcome
from consult.phase4_implementation.models import CaseEnd, Reading
from consult.phase4_implementation.queries import CaseRow, back_within, corrected
from consult.phase4_implementation.rules import ACTS, require
from consult.tasks.enums import Origin
from consult.tasks.steps import create_task
from plans.register.models import Plan
from plans.register.steps import lock_plan
from stakeholders.files.models import StoredFile
from stakeholders.terms import canonical
from stakeholders.terms.actor import Actor
from stakeholders.terms.duty import Text
from stakeholders.terms.errors import Conflict, Invalid, Refused
from stakeholders.terms.rights import Reason, Verdict

TITLE = 120
NO_CORRECTION = _(
    "No correction brings the reading back within. Correct it first, or enclose the paper that shows"
    " the mistake."
)
NOT_BACK = _(
    "No later reading lies within again. Report it first, or enclose the paper that shows that the"
    " measure took effect."
)


@dataclass(frozen=True, kw_only=True)
class Ending:
    """How a case is closed: the outcome, the reason, and what shows it."""

    outcome: str
    reason: Wording
    file: StoredFile | None = None


@transaction.atomic
def close_case(*, actor: Actor, plan: Plan, case: CaseRow, ending: Ending) -> CaseEnd:
    """The joint office closes a case.

    Struck off, when all have answered and a later reading lies within again, or with a paper and
    the reason; never by who entered an answer while no neighbour accepts it. Handed over, when all
    have answered: a matter on the threshold is opened between its jurisdictions. As a false alarm,
    with the reason, where a correction lies within or with a paper. What was promised for a later
    day becomes a task of who promised it. Refused, Invalid, Conflict.
    """
    plan = lock_plan(plan)
    require("case.close", actor=actor, plan=plan, code=None, parties=frozenset())
    row = steps.open_again(case, plan=plan)
    if ending.outcome not in CaseOutcome.values:
        raise Invalid({"outcome": _("Choose one of the values.")})
    outcome = CaseOutcome(ending.outcome)
    ground = _ground(actor, plan, row, outcome, ending)
    matter = _matter(actor, plan, row, ending) if outcome is CaseOutcome.RENEGOTIATED else None
    end = steps.add_end(
        actor=actor,
        case=row.case,
        outcome=outcome.value,
        reason=ending.reason,
        matter=matter,
        file=ending.file,
    )
    tasks = [] if outcome is CaseOutcome.FALSE_ALARM else _tasks(actor, plan, row)
    steps.tell_of_case(
        plan=plan,
        case=row.case,
        kind="case",
        levels=[row.standing.level],
        title=_("Case {case} was closed"),
        occasion="close",
    )
    steps.put_on_record(
        actor=actor,
        plan=plan,
        act="case.close",
        case=row.case,
        effects={
            "outcome": outcome.value,
            "reason": canonical.digest_of([ending.reason.zh, ending.reason.en]),
            "file": ending.file.sha256 if ending.file else None,
            "reading": ground.pk if ground else None,
            "matter": matter.key if matter else None,
            "tasks": tasks,
        },
    )
    return end


def _ground(
    actor: Actor, plan: Plan, row: CaseRow, outcome: CaseOutcome, ending: Ending
) -> Reading | None:
    """The reading that the outcome stands on, or None where a paper or the reason does."""
    if outcome is CaseOutcome.FALSE_ALARM:
        if not ending.reason:
            raise Invalid({"reason_zh": _("Give the reason.")})
        return _or_paper(corrected(row, plan=plan), ending, NO_CORRECTION)
    if row.standing.missing:
        raise Conflict(_("Not every party has answered this case yet."))
    if outcome is CaseOutcome.RENEGOTIATED:
        if not ending.reason:
            raise Invalid({"reason_zh": _("Give the reason.")})
        return None
    _require_another(actor, row)
    back = back_within(row, plan=plan)
    if back is None and row.standing.pressed:
        raise Conflict(_("A neighbour has asked for more and waits for the answer."))
    if back is None and ending.file is not None and not ending.reason:
        raise Invalid({"reason_zh": _("Give the reason.")})
    return _or_paper(back, ending, NOT_BACK)


def _or_paper(reading: Reading | None, ending: Ending, text: Text) -> Reading | None:
    if reading is None and ending.file is None:
        raise Invalid({"file": text})
    return reading


def _require_another(actor: Actor, row: CaseRow) -> None:
    """Who entered an answer does not strike it off itself, unless a neighbour accepts it."""
    entered = {one.mandate.user_id for one in row.newest_answers}
    accepted = any(one.accepts and one.at >= row.standing.asked_at for one in row.newest_views)
    if actor.user_id in entered and not accepted:
        holders = ACTS["case.close"].roles
        verdict = Verdict(allowed=False, reason=Reason.NOT_YOURS, act="case.close", holders=holders)
        text = _(
            "You entered an answer of this case: another person strikes it off, or a neighbour"
            " accepts the measure first."
        )
        raise Refused(verdict, text=text)


def _matter(actor: Actor, plan: Plan, row: CaseRow, ending: Ending) -> Matter:
    """The matter on the threshold, between all jurisdictions of the case, at the working level."""
    codes = set(row.codes) | set(row.indicator.concerned if row.indicator else ())
    if len(codes) < 2:
        raise Invalid({"outcome": _("A threshold is negotiated between two or more parties.")})
    number = row.indicator.number if row.indicator else row.reading.item.key
    matter = matters.open_matter(
        plan=plan,
        actor=actor,
        title=_both(_("Threshold of indicator {number} (case {case})"), number, row),
        description=ending.reason,
        codes=codes,
        note=str(row.case),
    )
    matter.items.add(row.reading.item)
    matters.tell(
        plan=plan, matter=matter, title=_("A matter was opened: {key} {title}"), occasion="open"
    )
    return matter


def _both(text: Text, number: str, row: CaseRow) -> Wording:
    """A title in both languages, as the data holds them."""
    said = {}
    for code in ("zh-hans", "en"):
        with translation.override(code):
            said[code] = str(format_lazy(text, number=number, case=str(row.case)))
    return Wording(zh=said["zh-hans"], en=said["en"])


def _tasks(actor: Actor, plan: Plan, row: CaseRow) -> list[int]:
    """A task for every measure whose day is still to come; their numbers."""
    found = []
    for answer in row.newest_answers:
        if answer.done_on is None or answer.done_on <= steps.today():
            continue
        zh, en = answer.measure_zh or answer.measure_en, answer.measure_en
        task = create_task(
            plan=plan,
            actor=actor,
            origin=Origin.CASE.value,
            origin_id=str(row.case.number),
            title_zh=f"{row.case} {zh}"[:TITLE],
            title_en=f"{row.case} {en}"[:TITLE] if en else "",
            owner=str(answer.jurisdiction_id),
            due_on=answer.done_on,
            partners=[unit.pk for unit in row.neighbours],
            item_id=row.reading.item_id,
        )
        found.append(task.number)
    return found
