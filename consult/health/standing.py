"""Where a check stands, and what two readings of a border item say of each other. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from consult.health.enums import CheckStage, Comparison


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What a check's stage is computed from.

    `missing`: party -> how many of its parts are not in. `edition`: the digest of the parts the
    newest edition holds, None without one; `parts`: that of the parts as they stand. `outcome`:
    how the newest edition's ballot ended, "" while it is open, None without a ballot.
    """

    missing: Mapping[str, int] = field(default_factory=dict)
    parts: str = ""
    edition: str | None = None
    outcome: str | None = None
    is_published: bool = False


def stage_of(facts: Facts) -> CheckStage:
    """The one stage the facts give. A passed edition is final: nothing outdates it."""
    if facts.is_published:
        return CheckStage.PUBLISHED
    if facts.outcome == "passed":
        return CheckStage.SIGNED
    if facts.edition is not None and facts.edition != facts.parts:
        return CheckStage.OUTDATED
    if facts.outcome == "":
        return CheckStage.PUT_FORWARD
    if facts.outcome == "failed":
        return CheckStage.NOT_PASSED
    return CheckStage.FILLING if any(facts.missing.values()) else CheckStage.READY


def is_over(stage: CheckStage) -> bool:
    """Whether nothing can be changed in the check any more."""
    return stage in (CheckStage.SIGNED, CheckStage.PUBLISHED)


def compare(
    owner: Decimal | None, reader: Decimal | None, *, tolerance: Decimal = Decimal(0)
) -> Comparison:
    """Whether the neighbour's reading agrees: no further from the owner's than `tolerance`.

    Exact on decimals. Open until both have stated a figure.
    """
    if owner is None or reader is None:
        return Comparison.OPEN
    return Comparison.AGREES if abs(owner - reader) <= tolerance else Comparison.DIFFERS


def is_open_to(jurisdiction: str, *, inside: str | None, stated: Collection[str]) -> bool:
    """Whether who speaks for `inside` may see the figure of `jurisdiction`: its own at any time,
    the other's when both have stated theirs."""
    return jurisdiction == inside or len(set(stated)) > 1
