"""What no charter may say: errors by the name of the clause, for the editor and the API."""

import re
from collections.abc import Iterator, Mapping, Sequence

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.ballots.enums import FLAGS
from consult.consensus.case import CaseError
from consult.consensus.evaluate import evaluate
from consult.phase1_organization.content import PLAIN_WEIGHT, CharterContent
from consult.phase1_organization.enums import (
    LATER_CLASSES,
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
from stakeholders.terms.duty import Text
from stakeholders.terms.errors import Invalid

LONGEST_ROUND = 120
LONGEST_RUNG = 250
LONGEST_CONFIRMATION = 60
LONGEST_REOPENING = 250
LONGEST_NOTICE = 365
MOST_CLAUSES = 60
MOST_WEIGHTS = 8
LONGEST_NAME = 40
NO_SILENCE = "none"
WEIGHT = re.compile(r"[0-9]{1,15}(\.[0-9]{1,9})?")
Errors = dict[str, Text]


def require_sound(content: CharterContent, *, codes: Sequence[str]) -> None:
    """Refuse (Invalid, texts by key) a charter that says what no charter may say.

    `codes` are the co-makers: a rule and a table of weights may name only these.
    """
    errors: Errors = {}
    _check_choices(content, errors)
    _check_lengths(content, errors)
    _check_clauses(content, errors)
    _check_weights(content, codes, errors)
    # A rule is judged by its weights: these first.
    for name in (
        sorted(set(content.rules) & set(ItemClass.values)) if "weights" not in errors else ()
    ):
        problem = rule_problem(content, name, codes=codes)
        if problem:
            errors[f"rule_{name}"] = problem
    if set(content.rules) | LATER_CLASSES != set(ItemClass.values):
        errors["rules"] = _("Give one rule for each class of items.")
    tacit = {name for name, rule in content.rules.items() if rule.get("silence") == "agree"}
    if content.silence_in_sign_off == SilenceInSignOff.AGREE and not tacit:
        errors["silence_in_sign_off"] = _("No rule takes silence as consent: say “never”.")
    if errors:
        raise Invalid(errors)


def _check_choices(content: CharterContent, errors: Errors) -> None:
    choices = {
        "silence_in_round": SilenceInRound,
        "silence_in_sign_off": SilenceInSignOff,
        "override": Override,
        "competence": Competence,
        "leaver_in_open_ballots": LeaverInBallots,
    }
    for key, choice in choices.items():
        said = getattr(content, key)
        if said is not None and said not in choice.values:
            errors[key] = _("Choose one of the values.")
    if not set(content.two_person) <= set(TwoPersonAct.values):
        errors["two_person"] = _("Choose one of the values.")
    if not set(content.renewing_headings or ()) <= set(RenewingHeading.values):
        errors["renewing_headings"] = _("Choose one of the values.")


def _check_lengths(content: CharterContent, errors: Errors) -> None:
    if not 1 <= content.round_days <= LONGEST_ROUND:
        errors["round_days"] = _("A round takes between 1 and 120 working days.")
    if not 1 <= content.urgent_round_days <= content.round_days:
        errors["urgent_round_days"] = _("An urgent round is not longer than an ordinary one.")
    for key in ("confirmation_days", "ad_referendum_days"):
        if not _is_within(getattr(content, key), LONGEST_CONFIRMATION):
            errors[key] = _("A confirmation takes between 1 and 60 working days.")
    if not _is_within(content.reopening_days, LONGEST_REOPENING):
        errors["reopening_days"] = _("Give between 1 and 250 working days.")
    if not _is_within(content.withdrawal_days, LONGEST_NOTICE):
        errors["withdrawal_days"] = _("Give between 1 and 365 days.")
    levels = [rung.level for rung in content.ladder]
    order = [level for level in LadderLevel.values if level in levels]
    if not levels or levels != order:
        errors["ladder"] = _("The ladder names each level once, from the lowest up.")
    elif not all(1 <= rung.working_days <= LONGEST_RUNG for rung in content.ladder):
        errors["ladder"] = _("A step of the ladder takes between 1 and 250 working days.")


def _is_within(days: int | None, most: int) -> bool:
    return days is None or 1 <= days <= most


def _check_clauses(content: CharterContent, errors: Errors) -> None:
    keys = [clause.key.strip() for clause in content.clauses]
    if len(keys) > MOST_CLAUSES:
        errors["clauses"] = _("A charter has at most 60 clauses in free words.")
    elif "" in keys or len(set(keys)) < len(keys):
        errors["clauses"] = _("Each clause has a number of its own.")
    elif not all(clause.zh.strip() for clause in content.clauses):
        errors["clauses"] = _("Each clause has a Chinese text.")


def _check_weights(content: CharterContent, codes: Sequence[str], errors: Errors) -> None:
    table = content.weights or {}
    if len(table) > MOST_WEIGHTS:
        errors["weights"] = _("A charter has at most 8 named weights.")
    elif any(not 1 <= len(name.strip()) <= LONGEST_NAME for name in table):
        errors["weights"] = _("A weight has a name of at most 40 characters.")
    elif PLAIN_WEIGHT in table:
        errors["weights"] = _("“weight” is the plan's own weight of a party: choose another name.")
    elif not {code for by_code in table.values() for code in by_code} <= set(codes):
        errors["weights"] = _("A weight is given to co-making parties only.")
    elif not all(is_weight(one) for by_code in table.values() for one in by_code.values()):
        errors["weights"] = _("A weight is a decimal number like 12.5, not negative.")
    if not set(content.weight_sources or {}) <= set(table):
        errors["weight_sources"] = _("A source belongs to a weight of the table.")


def is_weight(text: str) -> bool:
    """Whether `text` is read exactly as a weight."""
    return WEIGHT.fullmatch(text) is not None


def rule_problem(content: CharterContent, name: str, *, codes: Sequence[str]) -> Text | None:
    """What is wrong with the rule of one class; None when it is sound.

    It can be read by the consensus rules, every weight it names is given for every co-maker, its
    silence is what the clause on silence says, and the co-makers can meet it at all.
    """
    rule = content.rules[name]
    silence = rule.get("silence", NO_SILENCE)
    if name == ItemClass.BINDING and silence != NO_SILENCE:
        return _("Silence never binds on binding text: a silent party has not spoken.")
    if silence == "agree" and content.silence_in_sign_off != SilenceInSignOff.AGREE:
        return _("This rule takes silence as consent, which the clause on silence excludes.")
    missing = missing_weights(content, rule, codes=codes)
    if missing:
        weight, lacking = missing
        text = _("The rule weighs by “{weight}”, which is not given for: {codes}.")
        return format_lazy(text, weight=weight, codes="、".join(lacking))
    case: dict[str, object] = {
        "rule": rule,
        "values": FLAGS,
        "parties": [
            {"id": code, "weights": {PLAIN_WEIGHT: "1", **content.weights_of(code)}}
            for code in codes
        ],
        "positions": [],
        "closed": False,
    }
    try:
        found = evaluate(case)
    except CaseError as error:
        text = _("This rule cannot be read: {error} ({at})")
        return format_lazy(text, error=error.error, at=error.at)
    if found["state"] == "failed":
        return _("The co-making parties together can never meet this rule.")
    return None


def missing_weights(
    content: CharterContent, rule: Mapping[str, object], *, codes: Sequence[str]
) -> tuple[str, list[str]] | None:
    """The first weight the rule names that some co-maker lacks, with their codes."""
    table = content.weights or {}
    for weight in weights_named(rule.get("requirements")):
        lacking = [code for code in codes if code not in table.get(weight, {})]
        if weight != PLAIN_WEIGHT and lacking:
            return weight, lacking
    return None


def weights_named(requirements: object) -> Iterator[str]:
    """The names of weights in requirements, those of groups too."""
    for one in requirements if isinstance(requirements, list) else []:
        if not isinstance(one, Mapping):
            continue
        if isinstance(one.get("weight"), str):
            yield str(one["weight"])
        if one.get("kind") in ("any", "all"):
            yield from weights_named(one.get("of"))
