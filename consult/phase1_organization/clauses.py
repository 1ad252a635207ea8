"""The clauses of a charter in the reader's words, and how two charters differ clause by clause."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from consult.phase1_organization.content import CharterContent
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
from consult.phase1_organization.sentences import WEIGHTS, PartyNames, rule_sentence
from stakeholders.templatetags.in_language import in_language


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """One clause: its key, what it is called, what it says, and the plain value behind it."""

    key: str
    label: str
    text: str
    value: object


@dataclass(frozen=True, kw_only=True)
class Change:
    """A clause that two charters word differently; "" where one of them does not have it."""

    label: str
    before: str
    after: str


def in_words(content: CharterContent, *, names: PartyNames) -> list[Spoken]:
    """Every clause with a value, rules first, in the reader's language."""
    return [
        *_rules(content, names),
        *_weights(content, names),
        *_rounds(content),
        *_speaking(content),
        *_counting(content),
        *_safeguards(content),
        *_leaving(content),
    ]


def free_clauses(content: CharterContent) -> list[Spoken]:
    """The clauses in free words, in the reader's language."""
    found = []
    for one in content.clauses:
        text = str(in_language({"text_zh": one.zh, "text_en": one.en}, "text"))
        said = f"{text} {one.value}".strip()
        label = _("Clause {number}").format(number=one.key)
        value = (one.zh, one.en, one.value)
        found.append(Spoken(key=f"clause:{one.key}", label=label, text=said, value=value))
    return found


def changes(before: CharterContent, after: CharterContent, *, names: PartyNames) -> list[Change]:
    """The clauses in which `after` differs from `before`: changed, new, and dropped."""
    old = {one.key: one for one in [*in_words(before, names=names), *free_clauses(before)]}
    new = {one.key: one for one in [*in_words(after, names=names), *free_clauses(after)]}
    found = []
    for key in dict.fromkeys([*new, *old]):
        was, now = old.get(key), new.get(key)
        if was is not None and now is not None and was.value == now.value:
            continue
        label = (now or was or new[key]).label
        found.append(
            Change(label=label, before=was.text if was else "", after=now.text if now else "")
        )
    return found


def _said(key: str, label: str, text: object, value: object) -> Spoken:
    return Spoken(key=key, label=label, text=str(text), value=value)


def _rules(content: CharterContent, names: PartyNames) -> Iterator[Spoken]:
    for name in ItemClass.values:
        label = str(ItemClass(name).label)
        if name not in content.rules:
            if name in LATER_CLASSES:
                yield _said(f"rules.{name}", label, _("Follow the rule of their strength."), None)
            continue
        rule = content.rules[name]
        sentence = rule_sentence(rule, names)
        text = str(in_language({"text_zh": sentence["zh"], "text_en": sentence["en"]}, "text"))
        is_tacit = rule.get("silence", "none") != "none"
        if is_tacit and name in (ItemClass.INDICATOR, ItemClass.MAP):
            text = f"{text} {_('For binding ones silence never counts.')}"
        yield _said(f"rules.{name}", label, text, dict(rule))


def _weights(content: CharterContent, names: PartyNames) -> Iterator[Spoken]:
    for name, by_code in (content.weights or {}).items():
        source = (content.weight_sources or {}).get(name, "")
        figures = pgettext("between names", ", ").join(
            f"{party_name(names, code)} {weight}" for code, weight in sorted(by_code.items())
        )
        text = f"{figures} ({source})" if source else figures
        label = _("Weight “{name}”").format(name=weight_name(name))
        yield _said(f"weights.{name}", label, text, (dict(by_code), source))


def _rounds(content: CharterContent) -> Iterator[Spoken]:
    word = SilenceInRound(content.silence_in_round).label
    yield _said("silence_in_round", _("No reply in a comment round"), word, word)
    sign_off = SilenceInSignOff(content.silence_in_sign_off).label
    yield _said("silence_in_sign_off", _("No position in the sign-off"), sign_off, sign_off)
    days = (content.round_days, content.urgent_round_days)
    text = _("{days} working days; urgent {urgent} working days").format(
        days=days[0], urgent=days[1]
    )
    yield _said("round_days", _("Length of a round"), text, days)


def _speaking(content: CharterContent) -> Iterator[Spoken]:
    text = _(
        "It counts once the party has confirmed it, within {days} working days; otherwise it lapses."
    )
    days = content.days_to_confirm
    yield _said("confirmation_days", _("Act entered for a party"), text.format(days=days), days)
    later = content.days_ad_referendum
    allowed = text.format(days=later) if later else _("Not allowed")
    yield _said("ad_referendum_days", _("Position ad referendum"), allowed, later)
    if not content.is_early:
        asked = content.reopening_days
        said = (
            ngettext(
                "Within {days} working day of the opening of the sign-off",
                "Within {days} working days of the opening of the sign-off",
                asked,
            ).format(days=asked)
            if asked
            else _("Not allowed")
        )
        yield _said("reopening_days", _("Reopening asked for by a party"), said, asked)


def _counting(content: CharterContent) -> Iterator[Spoken]:
    competence = Competence(content.competence or Competence.COUNTS)
    label = _("A party below the competence of an item")
    yield _said("competence", label, competence.label, competence.value)
    if content.renewing_headings is not None:
        words = [str(RenewingHeading(one).label) for one in content.renewing_headings]
        text = pgettext("between names", ", ").join(words) or _("None")
        label = _("A change of these makes every party confirm anew")
        yield _said("renewing_headings", label, text, content.renewing_headings)
    if content.renew_reserved is not None:
        text = _("Yes") if content.renew_reserved else _("No")
        label = _("Agreement with a reservation is confirmed anew like any other")
        yield _said("renew_reserved", label, text, content.renew_reserved)


def _safeguards(content: CharterContent) -> Iterator[Spoken]:
    steps = []
    for rung in content.ladder:
        level = LadderLevel(rung.level).label
        step = _("{label} {days} working days").format(label=level, days=rung.working_days)
        seat = in_language({"seat_zh": rung.seat_zh, "seat_en": rung.seat_en}, "seat")
        steps.append(f"{step} ({seat})" if seat else step)
    yield _said("ladder", _("Escalation ladder"), " → ".join(steps), content.ladder)
    acts = [str(TwoPersonAct(name).label) for name in content.two_person]
    text = pgettext("between names", ", ").join(acts) or _("None")
    yield _said("two_person", _("Acts that need two persons"), text, content.two_person)
    override = str(Override(content.override).label)
    if content.override != Override.NONE:
        text = _("{override}, done by a coordinator of the joint office and one signatory together")
        override = text.format(override=override)
    yield _said("override", _("Override"), override, content.override)
    text = _("Yes") if content.partial_adoption else _("No")
    label = _("Agreed items may be adopted first")
    yield _said("partial_adoption", label, text, content.partial_adoption)


def _leaving(content: CharterContent) -> Iterator[Spoken]:
    if content.is_early:
        return
    days = content.withdrawal_days
    text = (
        ngettext("{days} day", "{days} days", days).format(days=days)
        if days
        else _("A party leaves at once.")
    )
    yield _said("withdrawal_days", _("Written notice of a party that leaves"), text, days)
    if content.leaver_in_open_ballots is not None:
        leaver = LeaverInBallots(content.leaver_in_open_ballots)
        label = _("A leaving party in open ballots")
        yield _said("leaver_in_open_ballots", label, leaver.label, leaver.value)


def party_name(names: PartyNames, code: str) -> str:
    """The name of a party in the reader's language; its code where it has none."""
    found: Mapping[str, str] = names.get(code, {})
    known = {f"name_{language}": text for language, text in found.items()}
    return str(in_language(known, "name") or code)


def weight_name(name: str) -> str:
    """A weight as it is called: the usual ones in the reader's language, others as they are."""
    zh, en = WEIGHTS.get(name, (name, name))
    return str(in_language({"name_zh": zh, "name_en": en}, "name"))
