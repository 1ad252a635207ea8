"""Opening a check and saying what is read on the borders."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from consult.health import steps
from consult.health.checks import fault_in, locked, require_for, require_open
from consult.health.enums import CheckKind, CheckStage
from consult.health.models import BorderItem, HealthCheck
from consult.health.queries import checks_of
from consult.health.sections import SECTIONS, Section
from consult.health.steps import Border
from consult.health.telling import put_on_record, tell
from consult.matters.ladder import end_of_day
from consult.phase1_organization.queries import co_makers_of
from plans.register.models import Plan
from plans.register.steps import lock_plan
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict, Invalid, Text

EARLIEST = 1900


@transaction.atomic
def open_check(
    *,
    actor: Actor,
    plan: Plan,
    kind: str,
    year: int,
    due_on: date,
    sections: Mapping[str, Sequence[str]],
    takes_last: bool = False,
) -> HealthCheck:
    """Ask the parties for their parts until 17:00 of `due_on`.

    `sections`: key of a section of the kind -> the parties that fill it; one without a party is
    left out. `takes_last`: the border items of the newest check are read again. Raises NotVisible,
    Refused, Invalid.
    """
    require_for("check.open", actor=actor, plan=plan)
    plan = lock_plan(plan)
    due_at = end_of_day(due_on)
    makers = {str(party.jurisdiction_id) for party in co_makers_of(plan)}
    faults = _faults(plan, kind=kind, year=year, due_at=due_at)
    asked = _asked(kind, sections, makers)
    if not faults and not asked:
        faults["sections"] = _("At least one section is filled in by a party of the plan.")
    if faults:
        raise Invalid(faults)
    last = checks_of(plan).order_by("-at").first() if takes_last else None
    check = steps.open_check(
        actor=actor, plan=plan, kind=kind, year=year, due_at=due_at, sections=asked
    )
    former = steps.borders_of(last) if last else []
    kept = [one for one in former if makers >= {one.owner, one.reader}]
    items = steps.add_items(check=check, borders=kept)
    codes = {code for _section, codes in asked for code in codes}
    codes |= {code for one in kept for code in (one.owner, one.reader)}
    title = _("{check} was opened: fill in your parts")
    tell(check, codes=codes, kind="check.open", title=title, occasion=str(check.pk))
    put_on_record(
        actor=actor,
        check=check,
        act="check.open",
        effects={
            "kind": kind,
            "year": year,
            "due_at": due_at,
            "sections": [[one.key, sorted(codes)] for one, codes in asked],
            "items": [[item.pk, item.owner_id, item.reader_id] for item in items],
        },
    )
    return check


def _asked(
    kind: str, sections: Mapping[str, Sequence[str]], makers: set[str]
) -> list[tuple[Section, list[str]]]:
    found = []
    for one in SECTIONS.get(kind, ()):
        codes = sorted(makers.intersection(sections.get(one.key, ())))
        if codes:
            found.append((one, codes))
    return found


def _faults(plan: Plan, *, kind: str, year: int, due_at: datetime) -> dict[str, Text]:
    faults: dict[str, Text] = {}
    if kind not in CheckKind.values:
        faults["kind"] = _("Choose one of the values.")
    if not EARLIEST <= year <= localtime(clock.now()).year:
        faults["year"] = _("A check looks back: give a year that has begun.")
    elif checks_of(plan).filter(kind=kind, year=year).exists():
        faults["year"] = _("There is such a check for this year already.")
    if due_at <= clock.now():
        faults["due_on"] = _("This day is past.")
    return faults


@transaction.atomic
def add_border_item(*, actor: Actor, plan: Plan, check: HealthCheck, border: Border) -> BorderItem:
    """Have a figure on a common border stated by one side and read again by the other.

    The reader is a neighbour of the owner, or another party of the plan. Raises NotVisible, Refused,
    Invalid, Conflict (agreed already).
    """
    require_for("border.add", actor=actor, plan=plan)
    whole = locked(plan, check)
    require_open(whole)
    if whole.stage is CheckStage.PUT_FORWARD:
        text = _("An edition is put to the parties: close its ballot first.")
        raise Conflict(text)
    makers = {str(party.jurisdiction_id) for party in co_makers_of(plan)}
    faults = _border_faults(border, makers)
    if faults:
        raise Invalid(faults)
    (item,) = steps.add_items(check=check, borders=[border])
    tell(
        check,
        codes=[border.owner, border.reader],
        kind="border.add",
        title=_("{check}: a border item asks for your figure"),
        occasion=str(item.pk),
    )
    put_on_record(
        actor=actor,
        check=check,
        act="border.add",
        effects={
            "item": item.pk,
            "owner": border.owner,
            "reader": border.reader,
            "tolerance": border.tolerance,
            "title": canonical.digest_of([item.title_zh, item.title_en]),
            "unit": canonical.digest_of([item.unit_zh, item.unit_en]),
        },
    )
    return item


def _border_faults(border: Border, makers: set[str]) -> dict[str, Text]:
    faults: dict[str, Text] = {}
    if not (border.title_zh.strip() or border.title_en.strip()):
        faults["title_zh"] = _("Say what is read.")
    if border.owner not in makers:
        faults["owner"] = _("The owner of the figure is a co-making party of the plan.")
    elif border.reader == border.owner:
        faults["reader"] = _("Somebody else reads the figure again.")
    elif border.reader not in makers:
        # Whoever is no party cannot speak here, neighbour or not.
        faults["reader"] = _("The reader is a neighbour or another party that makes the plan.")
    fault = fault_in(border.tolerance)
    if fault is not None or border.tolerance < 0:
        faults["tolerance"] = fault or _("A tolerance is not below zero.")
    return faults
