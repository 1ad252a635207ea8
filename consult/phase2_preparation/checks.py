"""What comments, letters, papers and invitations have to say. Input shape, no rights."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation.enums import CommentType, InvitedAs, RoundKind, ShownAs
from consult.phase2_preparation.local_times import instant
from consult.phase2_preparation.models import ExpertInvitation, Round, RoundInvitee
from consult.phase2_preparation.queries import is_ahead, takes_replies, wording_of
from consult.phase2_preparation.queries.experts import opens
from consult.phase2_preparation.quotes import MOST as MOST_QUOTE
from consult.phase2_preparation.quotes import Quote, locate, place_of
from consult.phase2_preparation.rules import ACTS
from consult.phase2_preparation.steps import Ends, Letter, Opinion, Oral, Remark
from consult.phase2_preparation.steps.experts import Person, Until
from consult.phase2_preparation.steps.papers import Issue
from plans.register.models import Item, ItemVersion, Plan, RevisionItem
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict, Invalid, Refused
from stakeholders.terms.rights import Reason, Verdict


def written_remarks(
    remarks: Sequence[Opinion], entries: Sequence[RevisionItem]
) -> list[tuple[Item | None, dict[str, str | int]]]:
    """Remarks with their items in the revision of a round. Invalid for a foreign item, no words."""
    items = {entry.item.key: entry.item for entry in entries}
    for one in remarks:
        check_remark(one.remark)
        if one.item_key and one.item_key not in items:
            raise Invalid({"item": _("This item is not in the revision of the round.")})
    return [(items.get(one.item_key), one.remark.fields()) for one in remarks]


MOST = 20_000
LONG = ("text_zh", "text_en", "wording_zh", "wording_en")


def check_remark(remark: Remark) -> None:
    """Invalid for an unknown type, no words, or more of them than a comment may have."""
    if remark.type not in CommentType.values:
        raise Invalid({"type": _("Choose one of the values.")})
    if not (remark.text_zh.strip() or remark.text_en.strip()):
        raise Invalid({"text_zh": _("Say it in words.")})
    for name in LONG:
        if len(getattr(remark, name)) > MOST:
            raise Invalid({name: _("A comment has at most 20,000 characters in a language.")})


def with_quote(remark: Remark, version: ItemVersion | None, *, before: str = "") -> Remark:
    """The remark with its passage as the version has it. Invalid for a passage it does not hold."""
    if not remark.quote.strip():
        return replace(remark, quote="", quote_language="", quote_at=0)
    if version is None:
        raise Invalid({"quote": _("A comment on the whole names no passage.")})
    if len(remark.quote) > MOST_QUOTE:
        raise Invalid({"quote": _("A passage has at most 2,000 characters.")})
    wording = wording_of(version)
    texts = {"zh": wording.text_zh, "en": wording.text_en}
    given = Quote(text=remark.quote, language=remark.quote_language, at=remark.quote_at)
    found = given if place_of(texts.get(given.language, ""), given) is not None else None
    found = found or locate(texts, remark.quote, before=before)
    if found is None:
        raise Invalid({"quote": _("The wording commented on does not hold this passage.")})
    return replace(remark, quote=found.text, quote_language=found.language, quote_at=found.at)


def check_issue(issue: Issue) -> None:
    """Invalid where the number, the date or the issuer of a document is missing."""
    given = {
        "document_number": issue.number.strip(),
        "issued_on": issue.on,
        "issuer": issue.issuer.strip(),
    }
    missing = {name: _("Fill this in.") for name, value in given.items() if not value}
    if missing:
        raise Invalid(missing)
    if issue.on is not None and issue.on > timezone.localdate(clock.now()):
        raise Invalid({"issued_on": _("The date lies in the future.")})


def document_digest(issue: Issue) -> str:
    """What the record holds of a document: the hash of its number, date and issuer."""
    return canonical.digest_of(
        [issue.number.strip(), issue.on.isoformat() if issue.on else "", issue.issuer.strip()]
    )


def check_letter(letter: Letter) -> None:
    """Invalid, naming each field, where an official letter is not whole."""
    missing = {
        "letter_number": not letter.number.strip(),
        "letter_on": letter.on is None,
        "issuer": not letter.issuer.strip(),
        "letter_file": letter.file is None,
    }
    texts = {
        "letter_number": _("Give the number of the official letter."),
        "letter_on": _("Give the date of the official letter."),
        "issuer": _("Say who issued the official letter."),
        "letter_file": _("Attach the stamped letter."),
    }
    errors = {name: texts[name] for name, is_missing in missing.items() if is_missing}
    if errors:
        raise Invalid(errors)


def check_day(letter: Letter, *, at: datetime) -> None:
    """Invalid for a letter that bears a day after today's."""
    if letter.on is not None and letter.on > timezone.localdate(at):
        raise Invalid({"letter_on": _("The letter cannot be dated after today.")})


def check_oral(one: Round, oral: Oral, *, at: datetime) -> None:
    """Invalid where an oral answer is not for this round, not by somebody, or not in its time."""
    if one.kind != RoundKind.URGENT:
        raise Invalid({"oral_by": _("Only an urgent round takes an oral answer.")})
    if not oral.by.strip():
        raise Invalid({"oral_by": _("Say who gave the answer.")})
    if not one.opens_at <= oral.at <= at:
        raise Invalid({"oral_at": _("The answer was given while the round was open.")})


ENDED = _("This invitation was revoked. The joint office says more.")
OVER = _("The time to answer is over. What you wrote is kept; the joint office can give more time.")
READ = _("This link has served its time: what you handed in is with the joint office.")


def check_opening(row: ExpertInvitation) -> None:
    """Conflict, with the reason, where the link of an invitation opens nothing any more."""
    if opens(row):
        return
    if row.revoked_at is not None:
        raise Conflict(ENDED)
    raise Conflict(READ if row.answered_at else OVER)


def check_person(plan: Plan, person: Person, until: Until) -> None:
    """Invalid for somebody who cannot be reached, is asked already, or a time that is over."""
    named = person.named()
    if named.audience not in InvitedAs.values or named.shown_as not in ShownAs.values:
        raise Invalid({"audience": _("Choose one of the values.")})
    if not named.name:
        raise Invalid({"name": _("Give the name.")})
    try:
        validate_email(named.email)
    except ValidationError as error:
        raise Invalid({"email": _("Give an e-mail address.")}) from error
    if until.at <= clock.now():
        raise Invalid({"closes_on": _("The end must lie in the future.")})


def ends_of(day: date, hour: time, zone: str) -> Ends:
    """The end at a local day and hour. Invalid for a bad hour or zone, and for a past one."""
    at = instant(day=day, hour=hour, zone=zone)
    if at <= clock.now():
        raise Invalid({"closes_on": _("The end must lie in the future.")})
    return Ends(day=day, hour=hour, zone=zone, at=at)


def still_asked(
    one: Round, actor: Actor, act: str, *, in_time: bool = False, at: datetime | None = None
) -> RoundInvitee:
    """The invitation the actor answers. Refused when there is none, Conflict when time is over."""
    invitee = one.invitees.filter(jurisdiction=actor.jurisdiction_code).first()
    if invitee is None:
        verdict = Verdict(allowed=False, reason=Reason.NOT_YOURS, act=act, holders=ACTS[act].roles)
        raise Refused(verdict, text=_("Your jurisdiction was not asked in this round."))
    at = at or clock.now()
    if one.recalled_at is not None:
        raise Conflict(_("This round was recalled."))
    if is_ahead(one, at=at):
        opens = f"{one.opens_at.astimezone(ZoneInfo(one.zone)):%Y-%m-%d %H:%M} ({one.zone})"
        raise Conflict(format_lazy(_("This round opens at {opens}."), opens=opens))
    if not in_time and not takes_replies(one, invitee, at=at):
        text = _("This round is closed. The joint office can admit a late answer with a reason.")
        raise Conflict(text)
    return invitee
