"""One sentence per requirement, in Chinese and English: what it asks, where it stands."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from consult.consensus.case import Case, Count, NoBlock, NoVeto, Share, Text
from consult.consensus.linear import Branch, Held, Leaf, Node
from consult.consensus.words import Names, both, number

STATES: Mapping[str, Text] = {
    "met": both("已满足", "met"),
    "unmet": both("未满足", "not met"),
    "met_early": both("无论其余各方如何表态均已满足", "met whatever the rest do"),
    "reachable": both("尚未确定，可以满足", "not yet certain, can be met"),
    "unreachable": both(
        "须有已表态的一方改变意见方可满足", "someone would have to change to meet it"
    ),
    "impossible": both(
        "在此范围内无论如何表态均不能满足", "no positions in this electorate can meet it"
    ),
}


def have_and_need(node: Node, held: Sequence[Held]) -> tuple[str, str]:
    """Return the two figures of a requirement: what stands and what is asked; "0/0" is a share over nothing."""
    if isinstance(node, Branch):
        met = sum(part.is_met(held) for part in node.parts)
        return str(met), "1" if node.requirement.kind == "any" else str(len(node.parts))
    match node.requirement:
        case Share(written=written):
            whole = node.whole(held)
            return (str(Fraction(node.part(held), whole)) if whole else "0/0"), written
        case Count(bound=bound):
            return str(node.part(held)), str(bound)
    return str(node.part(held)), "0"


def explain(node: Node, case: Case, *, held: Sequence[Held], state: str, names: Names) -> Text:
    """Return the sentence about one requirement; `state` is a key of STATES."""
    asked = _asked(node, case, held, names)
    tail = STATES[state]
    return both(f"{asked['zh']}：{tail['zh']}。", f"{asked['en']}: {tail['en']}.")


def _asked(node: Node, case: Case, held: Sequence[Held], names: Names) -> Text:
    if isinstance(node, Branch):
        return _asked_group(node, case, held, names)
    match node.requirement:
        case Share() as share:
            return _asked_share(node, share, held, names)
        case Count() as count:
            return _asked_count(node, count, held, names)
        case NoBlock():
            return _asked_block(node, case, held, names)
        case NoVeto() as veto:
            return _asked_veto(node, veto, case, held, names)


def _asked_group(node: Branch, case: Case, held: Sequence[Held], names: Names) -> Text:
    parts = [_asked(part, case, held, names) for part in node.parts]
    marks = [STATES["met" if part.is_met(held) else "unmet"] for part in node.parts]
    is_any = node.requirement.kind == "any"
    zh = "；".join(
        f"{part['zh']}（现{mark['zh']}）" for part, mark in zip(parts, marks, strict=True)
    )
    en = "; ".join(
        f"{part['en']} (now {mark['en']})" for part, mark in zip(parts, marks, strict=True)
    )
    return both(
        f"{'下列至少满足一项' if is_any else '下列均须满足'}【{zh}】",
        f"{'one of' if is_any else 'all of'} [{en}]",
    )


def _edge(*, is_upper: bool, is_strict: bool) -> Text:
    if is_upper:
        return both("须少于", "less than") if is_strict else both("不得超过", "at most")
    return both("须超过", "more than") if is_strict else both("不得少于", "at least")


def _asked_share(node: Leaf, share: Share, held: Sequence[Held], names: Names) -> Text:
    is_upper = share.kind == "max_share"
    edge = _edge(is_upper=is_upper, is_strict=share.is_strict)
    bound = both(edge["zh"] + share.written, f"{edge['en']} {share.written}")
    if share.bound == 1 and not is_upper and not share.is_strict:
        bound = both("须为1（全部）", "all")
    of = names.one_of(share.of)
    over = both("范围内各方", "the electorate") if share.over is None else names.one_of(share.over)
    by = both("", "")
    if share.weight:
        weight = names.weight(share.weight)
        by = both(f"（按{weight['zh']}计）", f" by {weight['en']}")
    part, whole = (
        number(Fraction(value, node.scale)) for value in (node.part(held), node.whole(held))
    )
    now = both(f"现为{part}/{whole}", f"now {part} of {whole}")
    if not node.whole(held):
        now = both("尚无可计者", "nothing to count yet")
    label = both("参与表态", "quorum: ") if share.kind == "quorum" else both("", "")
    return both(
        f"{label['zh']}{of['zh']}占{over['zh']}的比例{by['zh']}{bound['zh']}，{now['zh']}",
        f"{label['en']}{bound['en']} of {over['en']}{by['en']} must say {of['en']}, {now['en']}",
    )


def _asked_count(node: Leaf, count: Count, held: Sequence[Held], names: Names) -> Text:
    edge = _edge(is_upper=count.kind == "max_count", is_strict=count.is_strict)
    of, part = names.one_of(count.of), node.part(held)
    return both(
        f"{of['zh']}{edge['zh']}{count.bound}方，现为{part}方",
        f"{edge['en']} {count.bound} {'party' if count.bound == 1 else 'parties'} must say {of['en']}, now {part}",
    )


def _holders(node: Leaf, case: Case, held: Sequence[Held]) -> list[str]:
    wanted = node.wanted()
    rows = zip(case.seats, held, node.weights, strict=True)
    return [seat.party.id for seat, value, weight in rows if value in wanted and weight]


def _asked_block(node: Leaf, case: Case, held: Sequence[Held], names: Names) -> Text:
    blocking = names.all_of(_holders(node, case, held))
    now = (
        both(f"现有{blocking['zh']}", f"now {blocking['en']}")
        if blocking["en"]
        else both("现无", "now nobody")
    )
    return both(f"不得有阻断性异议，{now['zh']}", f"nobody may block, {now['en']}")


def _asked_veto(node: Leaf, veto: NoVeto, case: Case, held: Sequence[Held], names: Names) -> Text:
    by, of, now = (
        names.all_of(veto.by),
        names.one_of(veto.of),
        names.all_of(_holders(node, case, held)),
    )
    state = (
        both(f"现有{now['zh']}", f"now {now['en']}") if now["en"] else both("现无", "now nobody")
    )
    return both(
        f"{by['zh']}均不得表态{of['zh']}，{state['zh']}",
        f"none of {by['en']} may say {of['en']}, {state['en']}",
    )
