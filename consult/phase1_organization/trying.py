"""A rule of a charter tried on a case before it is adopted: what each party does, what comes of it.

Pure: no database. The case is read exactly as the sign-off would read it: a position without the
text it needs counts nothing, an agreement in principle counts once its conditions are met, and
neither is ever replaced by silence.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from consult.ballots.enums import FLAGS
from consult.consensus.case import Case, Party, Seat
from consult.consensus.evaluate import judge
from consult.consensus.parse import parse_parties, parse_values
from consult.consensus.requirements import parse_rule
from consult.consensus.words import Names
from consult.phase1_organization.content import PLAIN_WEIGHT, CharterContent
from consult.phase1_organization.enums import ItemClass, Stance
from consult.phase1_organization.sentences import VALUES, PartyNames

VALUE_NAMES = {key: {"zh": zh, "en": en} for key, (zh, en) in VALUES.items()}
# What a stance counts as at once; the others count nothing (yet).
COUNTED = {
    Stance.AGREE.value: "agree",
    Stance.IN_PRINCIPLE_MET.value: "agree",
    Stance.RESERVED.value: "agree_reserved",
    Stance.ABSTAIN.value: "abstain",
    Stance.OBJECT.value: "object",
    Stance.RECUSED.value: "recused",
}


@dataclass(frozen=True, kw_only=True)
class Trial:
    """One class of items, and what each co-maker does; who is not named is silent."""

    item_class: str
    stances: Mapping[str, str]
    is_closed: bool = True

    def stance(self, code: str) -> str:
        return self.stances.get(code, Stance.SILENT.value)


def rule_of_class(content: CharterContent, item_class: str) -> Mapping[str, object]:
    """The rule of a class; map features follow the binding rule where they have none of their own."""
    return content.rules.get(item_class) or content.rules[ItemClass.BINDING.value]


def try_rule(
    content: CharterContent,
    trial: Trial,
    *,
    parties: Mapping[str, str],
    names: PartyNames,
) -> dict[str, Any]:
    """The answer of the consensus rules to `trial`. `parties`: code -> weight in the plan.

    Raises CaseError for a rule that cannot be read, and where nobody is concerned.
    """
    concerned = [code for code in parties if trial.stance(code) != Stance.NOT_CONCERNED]
    seated = parse_parties(
        [
            {"id": code, "weights": {PLAIN_WEIGHT: parties[code], **content.weights_of(code)}}
            for code in concerned
        ],
        at="parties",
    )
    values = parse_values(FLAGS, at="values")
    rule = parse_rule(
        rule_of_class(content, trial.item_class), values=values, parties=seated, at="rule"
    )
    seats = tuple(_seat(party, trial.stance(party.id), rule.silence) for party in seated)
    warnings = tuple(
        _bare(names.get(party.id, {}), party.id)
        for party in seated
        if trial.stance(party.id) == Stance.OBJECT_BARE
    )
    case = Case(rule, values, seats, trial.is_closed, warnings)
    return judge(case, names=Names(names, VALUE_NAMES)).as_dict()


def _bare(name: Mapping[str, str], code: str) -> str:
    """The warning about an objection without its text, both languages, as the rules write theirs."""
    zh = f"{name.get('zh') or code}不同意但未附理由，不构成阻断，也不计入"
    en = f"{name.get('en') or code} objects without a reason: it neither blocks nor counts"
    return f"{zh} / {en}"


def _seat(party: Party, stance: str, silence: str | None) -> Seat:
    if stance in COUNTED:
        return Seat(party, value=COUNTED[stance], is_free=False)
    if stance == Stance.OBJECT_BARE:
        return Seat(party, is_free=False)
    return Seat(party, at_close=silence if stance == Stance.SILENT else None)


@dataclass(frozen=True, kw_only=True)
class Question:
    """A quick question: what it is about (`kind`), whom it names, and the trial it stands for."""

    kind: str
    who: str
    others: int
    trial: Trial


def questions(codes: Sequence[str], *, item_class: str, who: str = "") -> list[Question]:
    """The questions one asks first. `who` is the party they single out (default: the last)."""
    if not codes:
        return []
    one = who if who in codes else codes[-1]
    rest = [code for code in codes if code != one]
    two = rest[-2:]
    agree, silent = Stance.AGREE.value, Stance.SILENT.value
    everybody = dict.fromkeys(codes, agree)
    asked: list[tuple[str, int, dict[str, str]]] = [
        ("all_agree", 0, everybody),
        ("nobody", 0, dict.fromkeys(codes, silent)),
        ("one_silent", 0, {**everybody, one: silent}),
        ("one_objects", 0, {**everybody, one: Stance.OBJECT.value}),
        ("one_objects_bare", 0, {**everybody, one: Stance.OBJECT_BARE.value}),
        ("one_reserved", 0, {**everybody, one: Stance.RESERVED.value}),
        ("one_abstains", 0, {**everybody, one: Stance.ABSTAIN.value}),
    ]
    if two:
        stances = {**everybody, **dict.fromkeys(two, silent), one: Stance.OBJECT.value}
        asked.insert(4, ("one_objects_some_silent", len(two), stances))
    return [
        Question(
            kind=kind,
            who=one,
            others=others,
            trial=Trial(item_class=item_class, stances=stances),
        )
        for kind, others, stances in asked
    ]
