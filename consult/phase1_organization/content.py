"""What a charter holds: a plain frozen value, its canonical form, and the check of its shape.

`rules` are in the form of the consensus rules, by class of item, without parties or values.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from consult.ballots.enums import FLAGS
from consult.consensus.case import CaseError
from consult.consensus.evaluate import evaluate
from consult.phase1_organization.enums import (
    LATER_CLASSES,
    ItemClass,
    LadderLevel,
    Override,
    SilenceInRound,
    SilenceInSignOff,
    TwoPersonAct,
)
from stakeholders.terms.duty import Text
from stakeholders.terms.errors import Invalid

# A reservation is recorded and followed up but does not block, so it counts as agreement.
AGREEING = ("agree", "agree_reserved")
UNANIMITY = "1"
LONGEST_ROUND = 120
LONGEST_RUNG = 250
LONGEST_CONFIRMATION = 60
# What a charter written before the clause existed is read as.
DAYS_TO_CONFIRM = 10
MOST_CLAUSES = 60


@dataclass(frozen=True, kw_only=True)
class Rung:
    """One step of the escalation ladder: how long a matter may rest at `level`, who sits there."""

    level: str
    working_days: int
    seat_zh: str = ""
    seat_en: str = ""

    def as_dict(self) -> dict[str, object]:
        """The plain form; who sits there only where it is said, so that old hashes stay."""
        seats = {"seat_zh": self.seat_zh, "seat_en": self.seat_en}
        said: dict[str, object] = {name: text for name, text in seats.items() if text}
        return {"level": self.level, "working_days": self.working_days, **said}


@dataclass(frozen=True, kw_only=True)
class Clause:
    """A clause in free words."""

    key: str
    zh: str
    en: str = ""
    value: str = ""


@dataclass(frozen=True, kw_only=True)
class CharterContent:
    """The whole of a charter. `as_dict` is what is hashed; `from_dict` reads it back.

    What came later may be missing (None): `competence` (do positions below an item's competence
    count), `weights` (name -> code -> exact decimal), `ad_referendum_days` (working days to
    confirm; None: not allowed), `reopening_days` (until when a party may ask to reopen, counted
    from the opening), `renewing_headings` (headings of a revision whose change renews all
    consent), `renew_reserved` (the consent inside a reservation falls like any other),
    `withdrawal_days` (notice of a party that leaves) and `leaver_in_open_ballots`.
    """

    rules: Mapping[str, Mapping[str, object]]
    silence_in_round: str
    silence_in_sign_off: str
    round_days: int
    urgent_round_days: int
    ladder: tuple[Rung, ...]
    two_person: tuple[str, ...]
    override: str
    partial_adoption: bool
    clauses: tuple[Clause, ...]
    confirmation_days: int | None = None
    competence: str | None = None
    weights: Mapping[str, Mapping[str, str]] | None = None
    ad_referendum_days: int | None = None
    reopening_days: int | None = None
    renewing_headings: tuple[str, ...] | None = None
    renew_reserved: bool | None = None
    withdrawal_days: int | None = None
    leaver_in_open_ballots: str | None = None

    def as_dict(self) -> dict[str, object]:
        """The plain form. A charter from before a clause existed keeps the text it was hashed in."""
        later = {name: _plain(said) for name in LATER if (said := getattr(self, name)) is not None}
        return {
            "rules": {name: dict(rule) for name, rule in self.rules.items()},
            "silence_in_round": self.silence_in_round,
            "silence_in_sign_off": self.silence_in_sign_off,
            "round_days": self.round_days,
            "urgent_round_days": self.urgent_round_days,
            "ladder": [r.as_dict() for r in self.ladder],
            "two_person": list(self.two_person),
            "override": self.override,
            "partial_adoption": self.partial_adoption,
            "clauses": [
                {"key": c.key, "zh": c.zh, "en": c.en, "value": c.value} for c in self.clauses
            ],
            **later,
        }

    @property
    def days_to_confirm(self) -> int:
        """Working days in which a party confirms an act that was entered for it."""
        days = self.confirmation_days
        return DAYS_TO_CONFIRM if days is None else days

    def days_at(self, level: str) -> int | None:
        """Working days a matter may rest at `level`; None where the ladder has no such step."""
        return next((r.working_days for r in self.ladder if r.level == level), None)


def share_rule(
    at_least: str, *, is_strict: bool = False, blocks: bool = True, silence: str = "none"
) -> dict[str, object]:
    """A rule of the ordinary form: nobody objects, and a share of the electorate agrees."""
    share: dict[str, object] = {
        "kind": "min_share",
        "of": list(AGREEING),
        "over": "electorate",
        "at_least": at_least,
    }
    if is_strict:
        share["strict"] = True
    first: list[dict[str, object]] = [{"kind": "no_block"}] if blocks else []
    return {"silence": silence, "requirements": [*first, share]}


# A charter is adopted by all co-makers: nobody may be bound by rules it did not take.
ADOPTION_RULE = share_rule(UNANIMITY)


def default_content() -> CharterContent:
    """What an empty charter editor offers: unanimity for binding text, two thirds for guiding."""
    return CharterContent(
        rules={
            ItemClass.BINDING.value: share_rule(UNANIMITY),
            ItemClass.GUIDING.value: share_rule("2/3"),
            ItemClass.INDICATOR.value: share_rule(UNANIMITY),
        },
        silence_in_round=SilenceInRound.NO_OPINION.value,
        silence_in_sign_off=SilenceInSignOff.NONE.value,
        round_days=20,
        urgent_round_days=7,
        ladder=(
            Rung(level=LadderLevel.WORKING.value, working_days=15),
            Rung(level=LadderLevel.DEPARTMENT.value, working_days=20),
            Rung(level=LadderLevel.GOVERNMENT.value, working_days=30),
        ),
        two_person=(TwoPersonAct.OVERRIDE.value,),
        override=Override.NONE.value,
        partial_adoption=True,
        clauses=(),
        confirmation_days=DAYS_TO_CONFIRM,
    )


def read_content(text: str) -> CharterContent:
    """The content back from its canonical text."""
    return from_dict(json.loads(text)["content"])


def from_dict(data: Mapping[str, object]) -> CharterContent:
    """A content from its plain form. Invalid names the key that is missing or misshapen."""
    at = ""
    try:
        values: dict[str, object] = {}
        for at, read in READERS.items():
            if at in data or at not in LATER:
                values[at] = read(data[at])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Invalid({at: _("This part of the charter is missing or misshapen.")}) from error
    return CharterContent(**values)  # type: ignore[arg-type]


def _rules(value: object) -> dict[str, Mapping[str, object]]:
    return {str(k): dict(v) for k, v in dict(value).items()}  # type: ignore[call-overload]


def _ladder(value: object) -> tuple[Rung, ...]:
    return tuple(
        Rung(
            level=str(r["level"]),
            working_days=_whole(r["working_days"]),
            seat_zh=str(r.get("seat_zh", "")),
            seat_en=str(r.get("seat_en", "")),
        )
        for r in _list(value)
    )


def _clauses(value: object) -> tuple[Clause, ...]:
    return tuple(
        Clause(
            key=str(c["key"]),
            zh=str(c["zh"]),
            en=str(c.get("en", "")),
            value=str(c.get("value", "")),
        )
        for c in _list(value)
    )


def _weights(value: object) -> dict[str, Mapping[str, str]]:
    return {
        str(name): {str(code): str(weight) for code, weight in dict(by_code).items()}
        for name, by_code in dict(value).items()  # type: ignore[call-overload]
    }


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _list(value: object) -> Sequence[Mapping[str, object]]:
    if not isinstance(value, list):
        raise TypeError("a list is expected")
    return value


def _names(value: object) -> tuple[str, ...]:
    return tuple(sorted({str(name) for name in _list(value)}))


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError("a whole number is expected")
    return value


def _yes_or_no(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError("true or false is expected")
    return value


READERS: dict[str, Callable[[object], object]] = {
    "rules": _rules,
    "silence_in_round": str,
    "silence_in_sign_off": str,
    "round_days": _whole,
    "urgent_round_days": _whole,
    "ladder": _ladder,
    "two_person": _names,
    "override": str,
    "partial_adoption": _yes_or_no,
    "clauses": _clauses,
    "confirmation_days": _whole,
    "competence": str,
    "weights": _weights,
    "ad_referendum_days": _whole,
    "reopening_days": _whole,
    "renewing_headings": _names,
    "renew_reserved": _yes_or_no,
    "withdrawal_days": _whole,
    "leaver_in_open_ballots": str,
}
# Clauses that came later: a charter may lack them, and its hash stays what it was.
LATER = (
    "confirmation_days",
    "competence",
    "weights",
    "ad_referendum_days",
    "reopening_days",
    "renewing_headings",
    "renew_reserved",
    "withdrawal_days",
    "leaver_in_open_ballots",
)


def require_sound(content: CharterContent, *, codes: Sequence[str]) -> None:
    """Refuse (Invalid, texts by key) a charter that says what no charter may say.

    `codes` are the co-makers: a rule may name only these.
    """
    errors: dict[str, Text] = {}
    _check_choices(content, errors)
    _check_lengths(content, errors)
    _check_clauses(content, errors)
    for name in sorted(set(content.rules) & set(ItemClass.values)):
        _check_rule(name, content, codes, errors)
    if set(content.rules) | LATER_CLASSES != set(ItemClass.values):
        errors["rules"] = _("Give one rule for each class of items.")
    if errors:
        raise Invalid(errors)


def _check_choices(content: CharterContent, errors: dict[str, Text]) -> None:
    choices = {
        "silence_in_round": SilenceInRound,
        "silence_in_sign_off": SilenceInSignOff,
        "override": Override,
    }
    for key, choice in choices.items():
        if getattr(content, key) not in choice.values:
            errors[key] = _("Choose one of the values.")
    if not set(content.two_person) <= set(TwoPersonAct.values):
        errors["two_person"] = _("Choose one of the values.")


def _check_lengths(content: CharterContent, errors: dict[str, Text]) -> None:
    if not 1 <= content.round_days <= LONGEST_ROUND:
        errors["round_days"] = _("A round takes between 1 and 120 working days.")
    if not 1 <= content.urgent_round_days <= content.round_days:
        errors["urgent_round_days"] = _("An urgent round is not longer than an ordinary one.")
    if not 1 <= content.days_to_confirm <= LONGEST_CONFIRMATION:
        errors["confirmation_days"] = _("A confirmation takes between 1 and 60 working days.")
    levels = [rung.level for rung in content.ladder]
    order = [level for level in LadderLevel.values if level in levels]
    if not levels or levels != order:
        errors["ladder"] = _("The ladder names each level once, from the lowest up.")
    elif not all(1 <= rung.working_days <= LONGEST_RUNG for rung in content.ladder):
        errors["ladder"] = _("A step of the ladder takes between 1 and 250 working days.")


def _check_clauses(content: CharterContent, errors: dict[str, Text]) -> None:
    keys = [clause.key.strip() for clause in content.clauses]
    if len(keys) > MOST_CLAUSES:
        errors["clauses"] = _("A charter has at most 60 clauses in free words.")
    elif "" in keys or len(set(keys)) < len(keys):
        errors["clauses"] = _("Each clause has a number of its own.")
    elif not all(clause.zh.strip() for clause in content.clauses):
        errors["clauses"] = _("Each clause has a Chinese text.")


def _check_rule(
    name: str, content: CharterContent, codes: Sequence[str], errors: dict[str, Text]
) -> None:
    """The rule can be read by the consensus rules, and silence is what the charter says."""
    rule = content.rules.get(name, {})
    case = {
        "rule": rule,
        "values": FLAGS,
        "parties": [{"id": code, "weights": {"weight": "1"}} for code in codes],
        "positions": [],
        "closed": True,
    }
    try:
        evaluate(case)
    except CaseError as error:
        errors[f"rule_{name}"] = _("This rule cannot be read: {error} ({at})").format(
            error=error.error, at=error.at
        )
        return
    silent = "none" if name == ItemClass.BINDING.value else content.silence_in_sign_off
    if rule.get("silence", "none") != silent:
        errors[f"rule_{name}"] = _(
            "Silence in this rule differs from the clause on silence, or would bind on binding text."
        )


def share_of(rule: Mapping[str, object]) -> str:
    """The share an ordinary rule asks for, as the editor offers it; "" for any other rule."""
    for choice, made in SHARES.items():
        for blocks in (True, False):
            if share_rule(made[0], is_strict=made[1], blocks=blocks)["requirements"] == rule.get(
                "requirements"
            ):
                return choice
    return ""


def blocks_in(rule: Mapping[str, object]) -> bool:
    return {"kind": "no_block"} in list(rule.get("requirements", []))  # type: ignore[call-overload]


# Choice of the editor -> (share, more than it).
SHARES: dict[str, tuple[str, bool]] = {
    "all": (UNANIMITY, False),
    "3/4": ("3/4", False),
    "2/3": ("2/3", False),
    "more_than_half": ("1/2", True),
}
