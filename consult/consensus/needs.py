"""What is still needed, and from whom: counted as if the case closed now."""

from collections.abc import Sequence
from dataclasses import dataclass

from consult.consensus.case import Case, Owing, Text
from consult.consensus.linear import Branch, Held, Leaf, Node
from consult.consensus.words import Names, both, listed

SERVED = both("无需再表态。", "Nothing more is needed.")
AS_IT_STANDS = both(
    "若此刻截止，各项要求均已满足。", "If it closed now, every requirement would be met."
)
LIMITS = frozenset({"no_block", "no_veto", "max_share", "max_count"})


@dataclass(frozen=True, slots=True)
class _Mover:
    """A seat that could help: by how much, and with which values."""

    party: str
    value: Held
    gain: int
    spoke: bool
    owes: Owing


def still_needed(nodes: Sequence[Node], case: Case, *, names: Names) -> Text:
    """Return one sentence that names the acts that would meet every unmet requirement, each by the fewest parties."""
    held = case.closing()
    unmet = [node for node in nodes if not node.is_met(held)]
    if not unmet:
        return SERVED if case.is_closed else AS_IT_STANDS
    found = _once([act for node in unmet for act in _acts(node, case, held, names)])
    return both(
        f"尚需：{'；'.join(clause['zh'] for clause in found)}。",
        f"Still needed: {'; '.join(clause['en'] for clause in found)}.",
    )


def _acts(node: Node, case: Case, held: Sequence[Held], names: Names) -> list[Text]:
    if isinstance(node, Leaf):
        return _leaf_acts(node, case, held, names)
    return _branch_acts(node, case, held, names)


def _branch_acts(node: Branch, case: Case, held: Sequence[Held], names: Names) -> list[Text]:
    """Return the acts of all unmet parts for `all`; for `any` one clause that offers the parts."""
    unmet = [_once(_acts(part, case, held, names)) for part in node.parts if not part.is_met(held)]
    if node.requirement.kind == "all":
        return [act for acts in unmet for act in acts]
    offers = _once([_bracketed(acts, zh="，并且", en=", and ") for acts in unmet])
    return [_bracketed(offers, zh="，或者", en=", or ")]


def _once(texts: Sequence[Text]) -> list[Text]:
    return list({text["en"]: text for text in texts}.values())


def _bracketed(texts: Sequence[Text], *, zh: str, en: str) -> Text:
    """Join several texts inside brackets; a single one stays as it is."""
    joined = listed(texts, zh=zh, en=en)
    return joined if len(texts) == 1 else both(f"（{joined['zh']}）", f"({joined['en']})")


def _leaf_acts(leaf: Leaf, case: Case, held: Sequence[Held], names: Names) -> list[Text]:
    """Ask those who have not spoken first; only for the gap they leave someone has to change."""
    is_empty = leaf.whole(held) == 0
    targets = _targets(leaf, case, is_empty=is_empty)
    movers = _movers(leaf, case, held, targets, is_empty=is_empty)
    missing = max(leaf.threshold - leaf.score(held), 0)
    silent, change = [m for m in movers if not m.spoke], [m for m in movers if m.spoke]
    few, rest = _fewest(silent, missing, is_empty=is_empty)
    more, rest = _fewest(change, rest, is_empty=is_empty and not few)
    if rest > 0 or not (few or more):
        return [
            both(
                "此项要求在此范围内无法满足",
                "no positions in this electorate can meet this requirement",
            )
        ]
    acts = _speak(silent, few, targets, names, missing=missing) if few else []
    if not more:
        return acts
    left = missing - sum(mover.gain for mover in silent)
    return [*acts, _turn(leaf, case, change, more, targets, names, missing=left)]


def _targets(leaf: Leaf, case: Case, *, is_empty: bool) -> list[str]:
    """Return the values that help most; where the base is empty, only values that fill it.

    Nobody is asked to block or to leave the electorate where another value helps as much.
    """
    values = [name for name in case.values if not is_empty or leaf.base is None or leaf.base[name]]
    best = max((leaf.gain[name] for name in values), default=0)
    found = [name for name in values if leaf.gain[name] == best]
    kind = [
        name
        for name in found
        if not (case.values[name].blocks or case.values[name].leaves_electorate)
    ]
    return kind or found


def _movers(
    leaf: Leaf, case: Case, held: Sequence[Held], targets: Sequence[str], *, is_empty: bool
) -> list[_Mover]:
    if not targets:
        return []
    best = leaf.gain[targets[0]]
    movers = [
        _Mover(
            seat.party.id,
            value,
            weight * (best - leaf.gain[value]),
            spoke=not seat.is_free,
            owes=seat.owes if seat.offered in targets else Owing.TAKE_POSITION,
        )
        for seat, value, weight in zip(case.seats, held, leaf.weights, strict=True)
        if weight
    ]
    return [mover for mover in movers if mover.gain > 0 or is_empty]


def _fewest(movers: Sequence[_Mover], missing: int, *, is_empty: bool) -> tuple[int, int]:
    """Return the least number of movers that closes the gap, and the gap that all of them leave (0 or less: none)."""
    number = 0
    for mover in sorted(movers, key=lambda mover: -mover.gain):
        if missing <= 0 and not (is_empty and number == 0):
            break
        missing -= mover.gain
        number += 1
    return number, missing


def _some(movers: Sequence[_Mover], number: int, names: Names, *, missing: int) -> Text:
    """Name all of them, or the least number of them; where not any of them would do, say so."""
    who = names.all_of([mover.party for mover in movers])
    if number == len(movers):
        return who
    if sum(sorted(mover.gain for mover in movers)[:number]) < missing:
        return both(
            f"{who['zh']}中至少{number}方（权重须足够）",
            f"at least {number} of {who['en']} (of enough weight)",
        )
    return both(f"{who['zh']}中至少{number}方", f"at least {number} of {who['en']}")


def _speak(
    movers: Sequence[_Mover], number: int, targets: Sequence[str], names: Names, *, missing: int
) -> list[Text]:
    """Name what each has to do where all are asked; where some of them would do, just the value."""
    what = names.one_of(targets)
    if number < len(movers):
        who = _some(movers, number, names, missing=missing)
        return [both(f"{who['zh']}表态{what['zh']}", f"{who['en']} to say {what['en']}")]
    clauses = []
    for owes in dict.fromkeys(mover.owes for mover in movers):
        some = [mover.party for mover in movers if mover.owes is owes]
        who, their = names.all_of(some), "its" if len(some) == 1 else "their"
        clauses.append(
            {
                Owing.RENEW: both(
                    f"{who['zh']}重新确认同意", f"{who['en']} to renew {their} consent"
                ),
                Owing.CONFIRM: both(
                    f"{who['zh']}确认其待确认的表态", f"{who['en']} to confirm {their} position"
                ),
                Owing.MEET_CONDITIONS: both(
                    f"{who['zh']}原则同意所附条件得到满足并经确认",
                    f"the conditions of {who['en']} to be met and confirmed",
                ),
            }.get(owes, both(f"{who['zh']}表态{what['zh']}", f"{who['en']} to say {what['en']}"))
        )
    return clauses


def _turn(
    leaf: Leaf,
    case: Case,
    movers: Sequence[_Mover],
    number: int,
    targets: Sequence[str],
    names: Names,
    *,
    missing: int,
) -> Text:
    """Name what is given up where giving it up is what helps (or is the first step), else what is taken instead."""
    who = _some(movers, number, names, missing=missing)
    former = {mover.value for mover in movers}
    value = former.pop()
    if (
        not former
        and value is not None
        and (leaf.requirement.kind in LIMITS or case.values[value].blocks)
    ):
        what = names.value(value)
        return both(f"{who['zh']}解除{what['zh']}", f"{who['en']} to lift {what['en']}")
    what = names.one_of(targets)
    return both(f"{who['zh']}改为{what['zh']}", f"{who['en']} to change to {what['en']}")
