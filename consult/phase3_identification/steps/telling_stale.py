"""Telling the parties what a new revision asks of them, in the transaction that carries it over."""

import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext

from consult.consensus.changes import Family
from consult.phase3_identification.models import SignOff
from consult.phase3_identification.queries.prospects import Prospect
from consult.phase3_identification.telling import short_title
from plans.register.enums import ChangeKind
from plans.register.models import Plan, Revision, RevisionItem
from stakeholders.notices.steps import notify
from stakeholders.people.queries import people_of
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from stakeholders.terms.duty import Text

NAMED = 6  # items a notice names; it says how many more there are
WORDS = re.compile(r"\w")
STALE = ngettext_lazy(
    "Your consent on {count} item is to be renewed: {items} · {plan}",
    "Your consent on {count} items is to be renewed: {items} · {plan}",
    "count",
)
CHANGED = ngettext_lazy(
    "{count} item changed in the sealed sign-off: {items} · {plan}",
    "{count} items changed in the sealed sign-off: {items} · {plan}",
    "count",
)


def tell_carried(
    *,
    sign_off: SignOff,
    revision: Revision,
    found: Prospect,
    entries: Sequence[RevisionItem],
    asked: Mapping[str, Collection[str]],
) -> None:
    """Tell whoever is asked again: which items, how they changed, and where to renew.

    In a sealed sign-off only that items changed, to all who are asked about them (`asked`). Who had
    objected and finds the wording it proposed in the new text is asked whether that will do.
    """
    owed: dict[str, list[str]] = {}
    if sign_off.is_sealed:
        for key in sorted(found.changed):
            for code in asked.get(key, ()):
                owed.setdefault(code, []).append(key)
    else:
        for fate in found.fallen:
            if not fate.is_removed:
                owed.setdefault(fate.party, []).append(fate.item)
    people = _people(sign_off.plan, {*owed, *(party for _item, party in found.after.fates)})
    for number, (items, codes) in enumerate(_alike(owed), 1):
        _tell(
            sign_off,
            revision,
            kind="position.stale",
            title=_listed(CHANGED if sign_off.is_sealed else STALE, items, found, entries),
            people=[pk for code in codes for pk in people.get(code, ())],
            part=str(number),
        )
    for item, party in taken_up(found, entries):
        said = _(
            "Article {number} was changed: as you asked? Your objection stands until you lift it."
        )
        title = format_lazy(said, number=_numbers(entries).get(item, item))
        _tell(
            sign_off,
            revision,
            kind="position.asked",
            title=title,
            people=people.get(party, ()),
            part=f"{item}:{party}",
        )


def taken_up(found: Prospect, entries: Sequence[RevisionItem]) -> list[tuple[str, str]]:
    """(item key, code) of every objection whose proposed wording stands in the changed text."""
    texts = {
        entry.item.key: json.loads(entry.version.content)
        for entry in entries
        if entry.item.key in found.stage.kinds
    }
    items = {row.key: row.item for row in found.standing.rows}
    taken = []
    for fate in found.after.last:
        said = found.standing.positions.get(
            (items.get(fate.passed_from or fate.item, 0), fate.party)
        )
        family = found.standing.options.families[fate.value]
        if family is not Family.OBJECTED or said is None or fate.item not in texts:
            continue
        if holds_wording(texts[fate.item].get("content"), said.wording):
            taken.append((fate.item, fate.party))
    return taken


def holds_wording(content: object, wording: str) -> bool:
    """Whether a text in `content` holds the wording, marks and spaces apart. Pure."""
    wanted = _letters(wording)
    return bool(wanted) and any(wanted in _letters(text) for text in _texts(content))


def _letters(text: str) -> str:
    return "".join(WORDS.findall(text)).lower()


def _texts(content: object) -> Iterable[str]:
    if isinstance(content, str):
        yield content
    elif isinstance(content, Mapping):
        for value in content.values():
            yield from _texts(value)


def _alike(owed: Mapping[str, Sequence[str]]) -> list[tuple[tuple[str, ...], list[str]]]:
    """The parties that are asked about the same items, together: one notice each."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for code, items in sorted(owed.items()):
        groups.setdefault(tuple(dict.fromkeys(items)), []).append(code)
    return list(groups.items())


def _listed(
    words: Any, items: Sequence[str], found: Prospect, entries: Sequence[RevisionItem]
) -> Text:
    numbers = _numbers(entries)
    named = [
        (numbers.get(key, key), min((k.value for k in found.stage.kinds.get(key, ())), default=""))
        for key in items[:NAMED]
    ]

    def said() -> str:
        shown = [f"{number} ({ChangeKind(k).label})" if k else number for number, k in named]
        more = "…" if len(items) > NAMED else ""
        return pgettext("between names", ", ").join(shown) + more

    plan = entries[0].revision.plan
    return lazy(
        lambda: str(words % {"count": len(items)}).format(
            count=len(items), items=said(), plan=short_title(plan)
        ),
        str,
    )()


def _numbers(entries: Sequence[RevisionItem]) -> dict[str, str]:
    return {entry.item.key: entry.number for entry in entries}


def _people(plan: Plan, codes: Iterable[str]) -> dict[str, list[int]]:
    found = people_of(
        codes=list(codes),
        roles=[Role.SIGNATORY, Role.CONTACT_POINT],
        at=clock.now(),
        plan_key=plan.key,
    )
    return {code: list(people) for code, people in found.items()}


def _tell(
    sign_off: SignOff,
    revision: Revision,
    *,
    kind: str,
    title: Text,
    people: Iterable[int],
    part: str,
) -> None:
    notify(
        people=list(people),
        kind=kind,
        title=title,
        url=reverse("identification:renew", args=[sign_off.plan.key]),
        key=f"{kind}:{sign_off.pk}:{revision.number}:{part}",
        plan_key=sign_off.plan.key,
    )
