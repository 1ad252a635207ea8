"""Renaming a unit, and letting units follow others."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stakeholders.jurisdictions import queries, steps
from stakeholders.jurisdictions.enums import CONTINUING, SuccessionKind
from stakeholders.jurisdictions.models import FormerName, Jurisdiction, Succession
from stakeholders.jurisdictions.rules import require
from stakeholders.record.steps import SITE, append
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Invalid, Text


def rename(
    *, actor: Actor, code: str, names: Mapping[str, str], day: date, document: str
) -> FormerName:
    """Give the unit `code` new `names` from `day` on; what it was called stays readable, dated.

    `names` are fields of `steps.NAMES`; empty ones stay as they are. Refused; Invalid for an
    unknown or ended unit, names that change nothing, a day in the future or not after the last
    change of name.
    """
    require(actor, "jurisdiction.rename")
    with transaction.atomic():
        unit = steps.lock_units([code]).get(code)
        if unit is None:
            raise Invalid({"code": _no_unit([code])})
        former = list(queries.former_names_of(code))
        since = former[-1].valid_until if former else unit.valid_from
        new = {n: v.strip() for n, v in names.items() if n in steps.NAMES and v.strip()}
        new = {name: value for name, value in new.items() if value != getattr(unit, name)}
        _refuse(_rename_faults(unit, new=new, day=day, since=since, document=document))
        row = steps.give_name(unit=unit, names=new, day=day, since=since, document=document)
        append(
            chain=SITE,
            actor=actor,
            act="jurisdiction.rename",
            subject=f"jurisdiction:{code}",
            effects={"former_name": row.pk, "day": day.isoformat(), "fields": sorted(new)},
        )
    return row


def succeed(
    *,
    actor: Actor,
    kind: str,
    predecessors: Iterable[str],
    successors: Iterable[str],
    day: date,
    document: str,
) -> list[Succession]:
    """Let `successors` follow `predecessors` on `day`; the predecessors end, except where only
    part of their area passes over.

    One predecessor to several successors is a split, several to one a merger. Refused; Invalid
    for an unknown code, a unit that would follow itself or one of its own predecessors, days in
    the wrong order, a unit with parts below it that still exist.
    """
    require(actor, "jurisdiction.succeed")
    before, after = list(dict.fromkeys(predecessors)), list(dict.fromkeys(successors))
    kind = SuccessionKind(kind)
    _refuse(_shape_faults(kind, before=before, after=after, document=document))
    with transaction.atomic():
        steps.lock_import()  # one change of the map at a time: a ring must not slip through
        units = steps.lock_units([*before, *after])
        if missing := [code for code in [*before, *after] if code not in units]:
            raise Invalid({"": _no_unit(missing)})
        olds, news = [units[code] for code in before], [units[code] for code in after]
        ends = kind not in CONTINUING
        _refuse(_day_faults(olds=olds, news=news, day=day))
        if ends:
            _refuse(_ring_faults(olds=olds, news=news) or _part_faults(olds=olds, day=day))
        rows = [
            row
            for unit in olds
            for row in steps.close_unit(
                unit=unit, successors=news, kind=kind, day=day, document=document, ends=ends
            )
        ]
        append(
            chain=SITE,
            actor=actor,
            act="jurisdiction.succeed",
            subject=f"jurisdiction:{before[0]}",
            effects={
                "kind": kind.value,
                "predecessors": before,
                "successors": after,
                "day": day.isoformat(),
                "rows": [row.pk for row in rows],
            },
        )
    return rows


def _refuse(errors: Mapping[str, Text]) -> None:
    if errors:
        raise Invalid(errors)


def _no_unit(codes: Iterable[str]) -> str:
    text = _("There is no jurisdiction with the code %(codes)s.")
    return str(text) % {"codes": ", ".join(codes)}


def _document_fault(document: str) -> dict[str, Text]:
    return {} if document.strip() else {"document": _("Name the document that says so.")}


def _future(day: date) -> bool:
    return day > timezone.localtime(clock.now()).date()


def _rename_faults(
    unit: Jurisdiction, *, new: Mapping[str, str], day: date, since: date | None, document: str
) -> dict[str, Text]:
    errors = _document_fault(document)
    if unit.valid_until is not None:
        errors["code"] = _("This unit has ended: it takes no new name.")
    if not new:
        errors["name_zh"] = _("The new name is the present one.")
    if _future(day):
        errors["day"] = _("A change is entered once it has taken effect.")
    elif since is not None and day <= since:
        text = _("The unit bears its present name since %(since)s: the day must lie after it.")
        errors["day"] = str(text) % {"since": since.isoformat()}
    return errors


def _shape_faults(
    kind: SuccessionKind, *, before: Sequence[str], after: Sequence[str], document: str
) -> dict[str, Text]:
    errors = _document_fault(document)
    if not before or not after:
        errors[""] = _("Name at least one predecessor and one successor.")
    elif shared := sorted(set(before) & set(after)):
        text = _("A unit cannot follow itself: %(codes)s.")
        errors[""] = str(text) % {"codes": ", ".join(shared)}
    elif kind is SuccessionKind.MERGED and len(after) > 1:
        errors["successors"] = _("Units merge into one successor.")
    elif kind is SuccessionKind.SPLIT and (len(before) > 1 or len(after) < 2):
        errors["successors"] = _("A split has one predecessor and at least two successors.")
    elif kind in {SuccessionKind.RENAMED, SuccessionKind.UPGRADED} and len(before) + len(after) > 2:
        errors["successors"] = _("One unit follows one other here.")
    return errors


def _day_faults(
    *, olds: Sequence[Jurisdiction], news: Sequence[Jurisdiction], day: date
) -> dict[str, Text]:
    if _future(day):
        return {"day": _("A change is entered once it has taken effect.")}
    for unit in olds:
        if unit.valid_until is not None:
            return {"predecessors": _told(_("%(unit)s has already ended on %(day)s."), unit)}
        if unit.valid_from is not None and unit.valid_from >= day:
            text = _("%(unit)s exists only from %(day)s: it cannot end before it begins.")
            return {"day": _told(text, unit)}
    for unit in news:
        if unit.valid_until is not None and unit.valid_until <= day:
            text = _("%(unit)s ended on %(day)s: it cannot take over after its end.")
            return {"successors": _told(text, unit)}
        if unit.valid_from is not None and unit.valid_from > day:
            text = _("%(unit)s exists only from %(day)s: it cannot take over before it begins.")
            return {"successors": _told(text, unit)}
    return {}


def _told(text: Text, unit: Jurisdiction) -> str:
    end = unit.valid_until or unit.valid_from
    return str(text) % {"unit": f"{unit.code} {unit}", "day": end.isoformat() if end else "–"}


def _ring_faults(*, olds: Sequence[Jurisdiction], news: Sequence[Jurisdiction]) -> dict[str, Text]:
    """Whether a successor would, by way of its own successors, lead back to a predecessor."""
    names = queries.names_known([])
    closing = {unit.code for unit in olds}
    for unit in news:
        ahead, seen = [unit], set()
        while ahead:
            one = ahead.pop()
            if one.code in closing:
                text = _(
                    "%(unit)s leads back to %(old)s: units cannot follow each other in a ring."
                )
                return {"successors": str(text) % {"unit": unit.code, "old": one.code}}
            if one.code not in seen:
                seen.add(one.code)
                ahead.extend(names.followed.get(one.code, []))
    return {}


def _part_faults(*, olds: Sequence[Jurisdiction], day: date) -> dict[str, Text]:
    below = queries.existing_parts(codes=[unit.code for unit in olds], day=day)
    if not below:
        return {}
    text = _("Units below still exist: enter first what became of %(codes)s.")
    return {"predecessors": str(text) % {"codes": ", ".join(below)}}
