"""What the indicators in force allot, what was transferred, and what is left of it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from consult.balance.quotas import NOTHING, Move, Quota, in_force, net_of, read_quota
from consult.phase4_implementation.queries import newest_readings
from plans.indicators.enums import Direction
from plans.register.enums import ItemKind
from plans.register.models import ItemVersion, Plan, Revision, RevisionItem
from plans.register.queries import whole_revisions


@dataclass(frozen=True, kw_only=True)
class Quoted:
    """An indicator of the text in force with what it allots."""

    item_id: int
    key: str
    number: str
    name_zh: str
    name_en: str
    unit_zh: str
    unit_en: str
    is_down: bool
    version_hash: str
    quota: Quota


@dataclass(frozen=True, kw_only=True)
class QuotaLine:
    """One party's part of one indicator. `read`: its newest reading, with its period."""

    item: Quoted
    code: str
    allotted: Decimal
    transferred: Decimal
    in_force: Decimal
    read: Decimal | None = None
    period: str = ""

    @property
    def left(self) -> Decimal | None:
        """How far the newest reading is from the quota: below zero, it is missed."""
        if self.read is None:
            return None
        return self.in_force - self.read if self.item.is_down else self.read - self.in_force

    @property
    def is_missed(self) -> bool:
        return self.left is not None and self.left < NOTHING


def quoted_in(plan: Plan) -> list[Quoted]:
    """The indicators of the text in force, else of the last revision, that allot something to the
    parties, in order. Two queries."""
    return quoted_of([plan])


def quoted_of(plans: Sequence[Plan]) -> list[Quoted]:
    """As `quoted_in`, of many plans. Two queries at most."""
    revisions = {one.in_force_id for one in plans if one.in_force_id}
    without = [one.pk for one in plans if not one.in_force_id]
    if without:
        last = whole_revisions(Revision.objects.filter(plan__in=without))
        rows = last.order_by("plan_id", "-number").distinct("plan_id")
        revisions |= set(rows.values_list("pk", flat=True))
    entries = (
        RevisionItem.objects.filter(revision__in=revisions, item__kind=ItemKind.INDICATOR)
        .select_related("item", "version")
        .order_by("revision_id", "position")
    )
    return [one for one in (_quoted(row) for row in entries) if one.quota.allotted]


def _quoted(row: RevisionItem) -> Quoted:
    content = _content(row.version)
    name, unit = _texts(content.get("name")), _texts(content.get("unit"))
    return Quoted(
        item_id=row.item_id,
        key=row.item.key,
        number=row.number,
        name_zh=name["zh"] or row.item.key,
        name_en=name["en"],
        unit_zh=unit["zh"],
        unit_en=unit["en"],
        is_down=content.get("direction") == Direction.DOWN.value,
        version_hash=row.version.hash,
        quota=read_quota(content),
    )


def _content(version: ItemVersion) -> Mapping[str, object]:
    found: Mapping[str, object] = json.loads(version.content)["content"]
    return found


def _texts(value: object) -> dict[str, str]:
    if isinstance(value, Mapping):
        return {code: str(value.get(code) or "") for code in ("zh", "en")}
    return {"zh": str(value or ""), "en": ""}


def quotas_of(pairs: set[tuple[int, str]]) -> dict[tuple[int, str], Quota]:
    """What former wordings (item, hash) allotted. One query, none without pairs."""
    if not pairs:
        return {}
    rows = ItemVersion.objects.filter(
        item__in={item for item, _hash in pairs}, hash__in={one for _item, one in pairs}
    )
    return {(row.item_id, row.hash): read_quota(_content(row)) for row in rows}


def lines_of(
    plan: Plan, *, items: Sequence[Quoted], moves: Mapping[int, Sequence[Move]]
) -> list[QuotaLine]:
    """Every party's part of every indicator. `moves`: item -> confirmed transfers. One query."""
    newest: dict[tuple[int, str], tuple[Decimal, str]] = {}
    for one in newest_readings(plan) if items else ():
        newest[one.item_id, str(one.jurisdiction_id)] = (one.value, one.period)
    found = []
    for item in items:
        mine = moves.get(item.item_id, ())
        after = in_force(item.quota.allotted, mine)
        for code, allotted in item.quota.allotted.items():
            read, period = newest.get((item.item_id, code), (None, ""))
            found.append(
                QuotaLine(
                    item=item,
                    code=code,
                    allotted=allotted,
                    transferred=net_of(code, mine),
                    in_force=after[code],
                    read=read,
                    period=period,
                )
            )
    return found
