"""What of the desk a reader asked for, and how many lines each other choice would show. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol, TypeVar

from consult.desk.enums import When
from consult.desk.kinds import DutyGroup
from plans.register.models import Plan
from stakeholders.templatetags.in_language import in_language
from stakeholders.terms.duty import Text


class Sifted(Protocol):
    """A line of the desk, of whichever list."""

    @property
    def plan(self) -> Plan: ...
    @property
    def group(self) -> DutyGroup: ...
    @property
    def when(self) -> When: ...


L = TypeVar("L", bound=Sifted)


@dataclass(frozen=True, kw_only=True)
class Sieve:
    """The filters of an address; an empty one lets everything through, an unknown one nothing."""

    plan: str = ""
    group: str = ""
    when: str = ""

    @property
    def is_set(self) -> bool:
        return bool(self.plan or self.group or self.when)

    def takes(self, line: Sifted) -> bool:
        return (
            self.plan in ("", line.plan.key)
            and self.group in ("", line.group.value)
            and self.when in ("", line.when.value)
        )

    def of(self, lines: Iterable[L]) -> list[L]:
        return [line for line in lines if self.takes(line)] if self.is_set else list(lines)


def sieve_of(given: Mapping[str, str]) -> Sieve:
    """The filters of a query string, or of what a program asks."""
    return Sieve(**{name: given.get(name, "").strip() for name in ("plan", "group", "when")})


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One value of a filter: its words, and how many lines there are under the other filters."""

    value: str
    label: Text
    count: int
    is_chosen: bool


@dataclass(frozen=True, kw_only=True)
class Choices:
    """The filters as the page offers them; empty lists where there is nothing to choose."""

    when: list[Choice] = field(default_factory=list)
    plan: list[Choice] = field(default_factory=list)
    group: list[Choice] = field(default_factory=list)


def choices_of(lines: Iterable[Sifted], sieve: Sieve) -> Choices:
    """What can be chosen among `lines`, each counted under the other filters of `sieve`."""
    rows = list(lines)
    by_when = Counter(line.when for line in replace(sieve, when="").of(rows))
    by_plan = Counter(line.plan.key for line in replace(sieve, plan="").of(rows))
    by_group = Counter(line.group for line in replace(sieve, group="").of(rows))
    plans = {line.plan.key: line.plan for line in rows}
    groups = {line.group for line in rows}
    whens = {line.when for line in rows}
    return Choices(
        when=[
            Choice(value=o.value, label=o.label, count=by_when[o], is_chosen=sieve.when == o.value)
            for o in When
            if o in whens
        ],
        plan=[
            Choice(
                value=key,
                label=in_language(plan, "short"),
                count=by_plan[key],
                is_chosen=sieve.plan == key,
            )
            for key, plan in sorted(plans.items())
        ],
        group=[
            Choice(
                value=o.value, label=o.label, count=by_group[o], is_chosen=sieve.group == o.value
            )
            for o in DutyGroup
            if o in groups
        ],
    )
