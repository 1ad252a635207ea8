"""Which item of the submitted revision a condition names, by what was typed. Pure."""

from collections.abc import Iterable, Mapping, Sequence

from plans.register.models import RevisionItem
from plans.register.queries import reading_of
from plans.register.reading import Reading


def signs(reading: Reading) -> frozenset[str]:
    """Everything by which an item may be called: key, number, title in both languages, and the
    number with the title as the list offers it."""
    names = {reading.key, reading.number, f"第{reading.number}条", f"article {reading.number}"}
    titles = {reading.title_zh, reading.title_en} - {""}
    numbered = {f"{reading.number} {title}" for title in titles}
    return frozenset(_plain(one) for one in (*names, *titles, *numbered) if one)


def by_name(entries: Iterable[RevisionItem]) -> dict[str, list[RevisionItem]]:
    """Every name of the entries -> those called so."""
    found: dict[str, list[RevisionItem]] = {}
    for entry in entries:
        for name in signs(reading_of(entry)):
            found.setdefault(name, []).append(entry)
    return found


def find_entry(names: Mapping[str, Sequence[RevisionItem]], typed: str) -> RevisionItem | None:
    """The one entry called so; None where there is none, or more than one."""
    found = names.get(_plain(typed), ())
    return found[0] if len(found) == 1 else None


def offered(readings: Sequence[Reading], *, language: str) -> list[str]:
    """What the list of items offers to choose from: number and title."""
    found = []
    for one in readings:
        title = (one.title_en if language.startswith("en") else "") or one.title_zh
        found.append(f"{one.number} {title}".strip())
    return found


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
