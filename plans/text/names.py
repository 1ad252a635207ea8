"""The names no editorial change may touch: jurisdictions, regions, defined terms, and what slices
above bring in (`register_names`; projects do)."""

from collections.abc import Callable, Iterable

from plans.register.models import Plan
from plans.text.queries import terms_of
from stakeholders.jurisdictions.models import Jurisdiction, Region

NameSource = Callable[[Plan], Iterable[str]]
_SOURCES: list[NameSource] = []


def register_names(source: NameSource) -> None:
    """Have `source(plan)` asked for names too. Called once, when the site starts."""
    if source not in _SOURCES:
        _SOURCES.append(source)


def protected_names(plan: Plan) -> frozenset[str]:
    """Full and short names in both languages of all units, not only of the parties. A fixed
    number of queries."""
    units = Jurisdiction.objects.values_list(
        "name_zh", "short_zh", "name_en", "name_en_unique", "short_en"
    )
    rows: list[Iterable[str]] = [
        *units,
        *Region.objects.values_list("name_zh", "name_en"),
        *terms_of(plan).values_list("term_zh", "term_en"),
        *(source(plan) for source in _SOURCES),
    ]
    return frozenset(name for row in rows for name in row if name)
