"""What an arrangement of the dossier may say. Pure.

A line never vanishes: what is not handed up is left out with a reason and stays listed.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.approval.dossier_lines import ITEMS
from consult.approval.queries.arrangements import Arranged
from consult.approval.queries.dossier import ALONE
from stakeholders.terms.errors import Invalid, Text

MOST_LINES = 60
LONGEST_NAME = 120
LONGEST_REASON = 300
OWN = "own-"


def checked(former: Sequence[Arranged], wanted: Sequence[Arranged]) -> list[Arranged]:
    """The lines as they will be kept: a further line without key gets one, names of the table stay.

    Invalid, by the key of the line, for a line that is gone, named twice, unknown or without a
    name, and for leaving out what nothing can be handed up without.
    """
    known = {one.key: one for one in former}
    lines = _with_keys(known, wanted)
    errors: dict[str, Text] = {}
    keys = [one.key for one in lines]
    for key, one in known.items():
        if key not in keys:
            errors["lines"] = format_lazy(
                _("The line “{name}” is gone: leave it out with a reason instead."),
                name=one.name_zh,
            )
    unknown = {one.key for one in wanted if one.key and one.key not in known}
    for one in lines:
        if fault := _fault(one, unknown, keys):
            errors.setdefault(one.key, fault)
    if len(lines) > MOST_LINES:
        errors["lines"] = _("A dossier has at most 60 lines.")
    if errors:
        raise Invalid(errors)
    if lines == list(former):
        raise Invalid({"": _("Nothing was changed.")})
    return lines


def _with_keys(known: Mapping[str, Arranged], wanted: Sequence[Arranged]) -> list[Arranged]:
    taken = [int(key[len(OWN) :]) for key in known if key.startswith(OWN)]
    number = max(taken, default=0)
    lines = []
    for one in wanted:
        named = known.get(one.key)
        key = one.key
        if not key:
            number += 1
            key = f"{OWN}{number}"
        item = ITEMS.get(key)
        lines.append(
            replace(
                one,
                key=key,
                item=item,
                name_zh=item.name_zh if item else one.name_zh.strip(),
                name_en=item.name_en if item else one.name_en.strip(),
                is_required=one.is_required or bool(named and item and named.is_required),
                left_out=one.left_out.strip(),
            )
        )
    return lines


def _fault(one: Arranged, unknown: Collection[str], keys: Sequence[str]) -> Text:
    if keys.count(one.key) > 1:
        return _("This line is named twice.")
    if one.key in unknown:  # the key of a line of the authority's own is given here
        return _("There is no such line.")
    if not one.name_zh:
        return _("Give the Chinese name of the line.")
    if max(len(one.name_zh), len(one.name_en)) > LONGEST_NAME:
        return _("A name has at most 120 characters.")
    if len(one.left_out) > LONGEST_REASON:
        return _("A reason has at most 300 characters.")
    if one.left_out and one.item is not None and one.item.by in ALONE:
        return _("Nothing can be handed up without it.")
    return ""
