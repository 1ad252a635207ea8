"""What acts on cases share: the case as it stands, the people told, the entry on record."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.matters import ladder
from consult.phase4_implementation.models import Case, CaseParty, ThresholdWarning
from consult.phase4_implementation.queries import CaseRow, read_again, row_with_all
from plans.register.models import Plan
from stakeholders.notices.steps import notify
from stakeholders.people.queries import coordinators_of, people_of
from stakeholders.record import steps as record
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.duty import Text
from stakeholders.terms.errors import Conflict


def open_again(case: CaseRow, *, plan: Plan) -> CaseRow:
    """The case as it stands under the plan's lock. Conflict when it was closed meanwhile."""
    row = read_again(case, plan=plan)
    if not row.standing.is_open:
        raise Conflict(_("This case is closed."))
    return row


def today() -> date:
    return timezone.localtime(clock.now()).date()


def put_on_record(
    *, actor: Actor, plan: Plan, act: str, case: Case, effects: dict[str, object]
) -> None:
    """The one entry of an act on a case; the last statement of its action."""
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act=act,
        subject=f"case:{case.number}",
        effects=effects,
    )


def tell_of_case(
    *,
    plan: Plan,
    case: Case,
    levels: Iterable[str],
    title: Text,
    occasion: str,
    kind: str,
) -> None:
    """A notice to those who sit at the steps `levels` in its jurisdictions, and to the office."""
    codes = CaseParty.objects.filter(case=case).values_list("jurisdiction", flat=True)
    roles = {role for level in levels for role in ladder.SEATED[level]}
    at = clock.now()
    people = people_of(codes=codes, roles=sorted(roles), at=at, plan_key=plan.key)
    seated = {pk for ids in people.values() for pk in ids}
    notify(
        people=seated | set(coordinators_of(plan_key=plan.key, at=at)),
        kind=kind,
        title=format_lazy(title, case=str(case)),
        url=reverse("implementation:case", args=[plan.key, case.number]),
        key=f"case:{case.pk}:{occasion}",
        plan_key=plan.key,
    )


def tell_opened(*, plan: Plan, case: Case, warning: ThresholdWarning) -> None:
    """A notice to the jurisdictions of a case that a warning opened, or joined."""
    title = _("Case {case} was opened: cause and measure are asked for")
    if case.warning_id != warning.pk:
        title = _("A later warning asks anew in case {case}")
    tell_of_case(
        plan=plan,
        case=case,
        levels=[row_with_all(case).standing.level],
        title=title,
        occasion=f"warning-{warning.pk}",
        kind="case.open",
    )


def effect_of_case(case: Case | None, warning: ThresholdWarning | None) -> dict[str, object] | None:
    """What the record keeps of the opening."""
    if case is None or warning is None:
        return None
    row = row_with_all(case)
    due = row.standing.due_at
    return {
        "number": case.number,
        "is_new": case.warning_id == warning.pk,
        "due_at": due.isoformat() if due else None,
        "answers": [unit.pk for unit in row.answering],
        "told": [unit.pk for unit in row.neighbours],
    }
