"""What a charter holds: a plain frozen value, its canonical form, and the check of its shape.

`rules` are in the form of the consensus rules, by class of item, without parties or values.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from consult.phase1_organization.enums import (
    Competence,
    ItemClass,
    LadderLevel,
    LeaverInBallots,
    Override,
    RenewingHeading,
    SilenceInRound,
    SilenceInSignOff,
    TwoPersonAct,
)
from stakeholders.terms.errors import Invalid

# A reservation is recorded and followed up but does not block, so it counts as agreement.
AGREEING = ("agree", "agree_reserved")
UNANIMITY = "1"
# What a charter written before the clause existed is read as.
DAYS_TO_CONFIRM = 10
# The name of the weight each party has in the plan itself; a charter may name others.
PLAIN_WEIGHT = "weight"


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
    count), `weights` (name -> code -> exact decimal) with `weight_sources` (name -> where the
    figures come from), `ad_referendum_days` (working days to confirm; None: not allowed, unless
    the charter is from before), `reopening_days` (until when a party may ask to reopen, counted
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
    weight_sources: Mapping[str, str] | None = None
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

    @property
    def is_early(self) -> bool:
        """Whether it was written before the later clauses: what they would say was not settled."""
        return self.competence is None

    @property
    def days_ad_referendum(self) -> int | None:
        """Working days to confirm what a person said ad referendum; None: not allowed."""
        return self.days_to_confirm if self.is_early else self.ad_referendum_days

    def weights_of(self, code: str) -> dict[str, str]:
        """The named weights of one party, exact decimals by name."""
        table = self.weights or {}
        return {name: by_code[code] for name, by_code in table.items() if code in by_code}

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
        competence=Competence.SUPPORT.value,
        ad_referendum_days=DAYS_TO_CONFIRM,
        reopening_days=10,
        renewing_headings=tuple(
            sorted(
                heading.value
                for heading in (
                    RenewingHeading.TITLE,
                    RenewingHeading.HORIZON,
                    RenewingHeading.LANGUAGE,
                )
            )
        ),
        renew_reserved=False,
        withdrawal_days=60,
        leaver_in_open_ballots=LeaverInBallots.LEAVES.value,
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
            if data.get(at) is not None or at not in LATER:
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


def _sources(value: object) -> dict[str, str]:
    return {str(name): str(said) for name, said in dict(value).items()}  # type: ignore[call-overload]


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, Mapping):
        return {name: _plain(said) for name, said in value.items()}
    return value


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
    "weight_sources": _sources,
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
    "weight_sources",
    "ad_referendum_days",
    "reopening_days",
    "renewing_headings",
    "renew_reserved",
    "withdrawal_days",
    "leaver_in_open_ballots",
)
