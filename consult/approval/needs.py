"""What each kind of plan needs after its sign-off, by which rule and in how many days. Pure.

A period that no law gives is the plan's own procedure and says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from consult.approval.enums import LetterKind
from plans.register.enums import PlanKind
from stakeholders.terms.duty import Text
from stakeholders.terms.workdays import add_workdays, next_workday


class StepKind(StrEnum):
    """The letters, the statement that comes before them, and the text a reply changes."""

    STATEMENT = "statement"
    SUBMISSION = LetterKind.SUBMISSION.value
    FORWARDING = LetterKind.FORWARDING.value
    COMPLETION = LetterKind.COMPLETION.value
    REPLY = LetterKind.REPLY.value
    APPROVED_TEXT = "approved_text"
    PUBLICATION = LetterKind.PUBLICATION.value
    FILING = LetterKind.FILING.value


class Approver(StrEnum):
    """Who approves a plan of a kind, as far as it can be told from the parties."""

    SUPERIOR = "superior"  # the unit above all of them, or each one's province
    OWN = "own"  # the government of the same level


class Count(StrEnum):
    WORKDAYS = "workdays"
    DAYS = "days"


@dataclass(frozen=True, kw_only=True)
class Period:
    """A number of days, and whether a law or document gives it."""

    days: int
    is_statutory: bool = False
    count: Count = Count.WORKDAYS

    def end(self, day: date, overrides: Mapping[date, bool]) -> date:
        if self.count is Count.WORKDAYS:
            return add_workdays(day, self.days, overrides)
        return next_workday(day + timedelta(days=self.days), overrides)


@dataclass(frozen=True, kw_only=True)
class Rule:
    """`source` is the rule; `period` None where nothing is laid down; `is_needed` by the kind."""

    source: Text
    period: Period | None = None
    is_needed: bool = True


@dataclass(frozen=True, kw_only=True)
class Procedure:
    approver: Approver
    rules: Mapping[StepKind, Rule]


_OFFICIAL_14 = _(
    "Regulations on Official Documents of Party and Government Organs (2012), art. 14: no level is "
    "skipped"
)
_OFFICIAL_17 = _(
    "Regulations on Official Documents of Party and Government Organs (2012), art. 17: organs of "
    "one level may write jointly"
)
_DISCLOSURE_26 = _(
    "Regulations on Open Government Information, art. 26: within 20 working days; Urban and Rural "
    "Planning Law, art. 8"
)
_CPC_18_SPECIAL = _(
    "CPC Central Committee and State Council, Document 18 of 2019: a plan across administrative "
    "boundaries is approved by the government of the level that leads it"
)
_CPC_18_FILING = _(
    "CPC Central Committee and State Council, Document 18 of 2019: who approves supervises; plans "
    "are examined and filed level by level"
)
_CPC_18_PLATFORM = _(
    "CPC Central Committee and State Council, Document 18 of 2019: a special-topic plan is entered "
    "into the platform of its level after the reply; no filing is laid down"
)
_MNR_87 = _(
    "Ministry of Natural Resources, Document 87 of 2019: examined within 90 days as a rule; Urban "
    "and Rural Planning Law, arts. 12-16"
)
_PLANNING_LAW_19 = _(
    "Urban and Rural Planning Law, arts. 19-20: approved by the government of the same level"
)
_PLANNING_LAW_19_FILING = _(
    "Urban and Rural Planning Law, arts. 19-20: filed with the standing committee of the people's "
    "congress and the government of the next level up"
)
_OWN = _("The plan's own procedure")
TO_SUBMIT = Period(days=10)
TO_FORWARD = Period(days=10)
TO_PUBLISH = Period(days=20, is_statutory=True)
TO_FILE = Period(days=30)
TO_EXAMINE = Period(days=90, is_statutory=True, count=Count.DAYS)

_COMMON: Mapping[StepKind, Rule] = {
    StepKind.STATEMENT: Rule(source=_OWN),
    StepKind.SUBMISSION: Rule(source=_OFFICIAL_17, period=TO_SUBMIT),
    StepKind.FORWARDING: Rule(source=_OFFICIAL_14, period=TO_FORWARD),
    StepKind.COMPLETION: Rule(source=_OWN),
    StepKind.APPROVED_TEXT: Rule(source=_OWN),
    StepKind.PUBLICATION: Rule(source=_DISCLOSURE_26, period=TO_PUBLISH),
}
PROCEDURES: Mapping[str, Procedure] = {
    PlanKind.OVERALL.value: Procedure(
        approver=Approver.SUPERIOR,
        rules={
            **_COMMON,
            StepKind.REPLY: Rule(source=_MNR_87, period=TO_EXAMINE),
            StepKind.FILING: Rule(source=_CPC_18_FILING, period=TO_FILE),
        },
    ),
    PlanKind.SPECIAL_TOPIC.value: Procedure(
        approver=Approver.SUPERIOR,
        rules={
            **_COMMON,
            StepKind.REPLY: Rule(source=_CPC_18_SPECIAL),
            StepKind.FILING: Rule(source=_CPC_18_PLATFORM, is_needed=False),
        },
    ),
    PlanKind.DETAILED.value: Procedure(
        approver=Approver.OWN,
        rules={
            **_COMMON,
            StepKind.REPLY: Rule(source=_PLANNING_LAW_19),
            StepKind.FILING: Rule(source=_PLANNING_LAW_19_FILING, period=TO_FILE),
        },
    ),
}
