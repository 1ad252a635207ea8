"""What follows from readings just entered: their warnings, and who is told of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.phase4_implementation import steps
from consult.phase4_implementation.enums import WarningLevel
from consult.phase4_implementation.models import Case, Reading, ThresholdWarning
from consult.phase4_implementation.series import Indicator
from plans.register.models import Plan
from stakeholders.notices.steps import notify
from stakeholders.people.queries import people_of
from stakeholders.templatetags.in_language import in_language
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from stakeholders.terms.errors import Conflict

name_of = lazy(in_language, str)


def overtaken(former: Reading) -> Conflict:
    """What is told to who typed a value while another was entered for the same unit and period."""
    text = _(
        "Meanwhile %(value)s was entered for this unit and period (evidence: %(evidence)s). "
        "Nothing you typed is lost: to correct it, say why and send again."
    )
    said = {"value": former.plain_value, "evidence": former.evidence}
    return Conflict(text % said, theirs=former)


@dataclass(frozen=True, kw_only=True)
class Raised:
    """A warning with the case it opened, or joined."""

    warning: ThresholdWarning
    case: Case


def warn(
    *, plan: Plan, readings: Sequence[Reading], indicators: Sequence[Indicator]
) -> list[Raised]:
    """The warnings that readings just entered raise, each with its case; the parties concerned and
    those of the case are told of each."""
    held = {one.item_id: one for one in indicators}
    raised = []
    for warning in steps.raise_warnings(readings=readings, indicators=indicators):
        indicator = held[warning.reading.item_id]
        case = steps.open_case(warning=warning, indicator=indicator, plan=plan)
        _tell_concerned(plan, indicator, warning)
        steps.tell_opened(plan=plan, case=case, warning=warning)
        raised.append(Raised(warning=warning, case=case))
    return raised


def effect(raised: Raised) -> dict[str, object]:
    warning = raised.warning
    return {
        "case": steps.effect_of_case(raised.case, warning),
        "id": warning.pk,
        "reading": warning.reading_id,
        "level": str(warning.level),
        "threshold": warning.threshold,
    }


def _tell_concerned(plan: Plan, indicator: Indicator, warning: ThresholdWarning) -> None:
    people = people_of(
        codes=indicator.concerned,
        roles=[Role.CONTACT_POINT, Role.SIGNATORY],
        at=clock.now(),
        plan_key=plan.key,
    )
    notify(
        people=[user for users in people.values() for user in users],
        kind="warning.raise",
        title=format_lazy(
            _("Warning on indicator {number} {name}: {level}"),
            number=indicator.number,
            name=name_of(indicator, "name"),
            level=WarningLevel(warning.level).label,
        ),
        url=warning.get_absolute_url(),
        key=f"warning.raise:{warning.pk}",
        plan_key=plan.key,
    )
