"""What decisions are made on, by kind: each slice says how its subjects are called and stand now.

A kind that nobody registered has no page, never changes and never ends.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from plans.register.models import Plan
from stakeholders.terms.duty import Text


def _no_text(_plan: Plan, _pk: str) -> str:
    return ""


def _unchanged(_plan: Plan, _pk: str) -> None:
    return None


def _never(_ids: Collection[str]) -> frozenset[str]:
    return frozenset()


@dataclass(frozen=True, kw_only=True)
class Source:
    """How one kind of subject is read. All are given a loaded plan and the subject's id.

    `title` and `url` name it and its page; `hash_now` is its hash as it stands (None: it cannot
    change); `ended` says which of several subjects are over.
    """

    title: Callable[[Plan, str], Text] = _no_text
    url: Callable[[Plan, str], str] = _no_text
    hash_now: Callable[[Plan, str], str | None] = _unchanged
    ended: Callable[[Collection[str]], Collection[str]] = field(default=_never)


UNKNOWN = Source()
_sources: dict[str, Source] = {}
CHANGED: Text = _("The subject was changed after the ballot was opened: it takes no positions.")


def know(kind: str, source: Source) -> None:
    """Register the subjects of a kind; once, when the site starts."""
    _sources[kind] = source


def source_of(kind: str) -> Source:
    return _sources.get(kind, UNKNOWN)


def ended_among(subjects: Collection[str]) -> frozenset[str]:
    """Those of `subjects` (each `kind:id`) that are over. One query per kind."""
    by_kind: dict[str, list[str]] = {}
    for subject in subjects:
        kind, _colon, pk = subject.partition(":")
        by_kind.setdefault(kind, []).append(pk)
    return frozenset(
        f"{kind}:{pk}" for kind, ids in by_kind.items() for pk in source_of(kind).ended(ids)
    )
