"""Row writes of invitations to give an opinion: the row, its mail, its link, its draft, its end."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation.enums import Asks, ShownAs
from consult.phase2_preparation.models import (
    CollectiveOpinion,
    ExpertInvitation,
    ExpertOpinion,
    ExpertSuggestion,
    InvitationFile,
    OpinionDraft,
    OpinionRemark,
    Reply,
    Round,
)
from consult.phase2_preparation.queries.experts import MINTER, hash_of, opens
from consult.phase2_preparation.steps.comments import Remark
from consult.phase2_preparation.steps.replies import mandate_of, reply_content
from plans.register.models import Item, Plan
from stakeholders.files.models import StoredFile
from stakeholders.notices.minting import GAP
from stakeholders.notices.steps import drop_unsent, forget_mail, notify, queue_minted_mail
from stakeholders.people.models import Organization, User
from stakeholders.templatetags.in_language import in_language
from stakeholders.templatetags.moment import moment_in
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.duty import Text


@dataclass(frozen=True, kw_only=True)
class Person:
    """Who is asked: somebody with an account, or a name and an address."""

    audience: str
    user: User | None = None
    name: str = ""
    email: str = ""
    field: str = ""
    organization: Organization | None = None
    shown_as: str = ShownAs.NAME

    def named(self) -> "Person":
        """With the name and address of the account where there is one."""
        if self.user is None:
            return replace(self, name=self.name.strip(), email=self.email.strip().lower())
        return replace(self, name=str(self.user), email=self.user.email)


@dataclass(frozen=True, kw_only=True)
class Until:
    """The instant a time ends, and the zone in which people read it."""

    at: datetime
    zone: str


def write_invitation(
    *,
    plan: Plan,
    actor: Actor,
    person: Person,
    until: Until,
    one: Round | None = None,
    collective: CollectiveOpinion | None = None,
    is_chair: bool = False,
    questions: str = "",
    items: Iterable[int] = (),
    files: Iterable[StoredFile] = (),
) -> ExpertInvitation:
    """A new invitation, its mail not queued yet. The caller holds the plan's row lock."""
    last = ExpertInvitation.objects.filter(plan=plan).aggregate(last=Max("number"))["last"]
    person, now = person.named(), clock.now()
    row = ExpertInvitation.objects.create(
        plan=plan,
        number=(last or 0) + 1,
        asks=Asks.OPINION if collective is None else Asks.SIGNATURE,
        round=one,
        collective=collective,
        is_chair=is_chair,
        audience=person.audience,
        user=person.user,
        name=person.name,
        email=person.email,
        field=person.field.strip(),
        organization=person.organization,
        shown_as=person.shown_as,
        questions=questions.strip(),
        closes_at=until.at,
        zone=until.zone,
        mandate_id=mandate_of(actor),
        created_at=now,
        void_before=now,
        nonce=canonical.new_nonce(),
    )
    row.items.set(items)
    InvitationFile.objects.bulk_create(
        InvitationFile(invitation=row, stored=stored) for stored in files
    )
    return row


def contact_bound(row: ExpertInvitation) -> str:
    """The commitment the record keeps to name and address; nothing opens it once they are erased."""
    return canonical.commitment(canonical.canonical([row.name, row.email]), row.nonce)


def queue_link(row: ExpertInvitation) -> None:
    """Queue the mail with the link; made when it is sent, it replaces the former one."""
    drop_unsent(minter=MINTER, about=str(row.pk))
    texts = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            texts.append(_letter(row))
    is_signature = row.asks == Asks.SIGNATURE
    title = _("Your signature is asked for") if is_signature else _("Your opinion is asked for")
    with translation.override(settings.LANGUAGE_CODE):
        subject = f"{title} · {row.plan}"
    queue_minted_mail(
        to=row.email,
        subject=subject,
        body="\n\n".join([*(text.replace(GAP, "") for text in texts), GAP, ""]),
        minter=MINTER,
        about=str(row.pk),
    )


def _letter(row: ExpertInvitation) -> str:
    """The words of the mail in the language that is active: who asks whom, on what, until when,
    and who answers questions."""
    contact = row.mandate.user
    return str(_words(row)) % {
        "name": row.name or row.pseudonym,
        "office": row.mandate.holder_name,
        "plan": in_language(row.plan, "title"),
        "until": moment_in(row.closes_at, row.zone),
        "contact": in_language(contact, "name"),
        "email": contact.email,
    }


def _words(row: ExpertInvitation) -> Text:
    if row.asks == Asks.SIGNATURE:
        return _(
            "Dear %(name)s,\n"
            "the joint office of “%(plan)s” (%(office)s) asks you to sign the opinion of the group"
            " of experts on this plan by %(until)s.\n"
            "Open the link and press the button there.\n"
            "Questions are answered by %(contact)s, %(email)s.\n"
            "The link is meant for you alone: do not pass it on."
        )
    return _(
        "Dear %(name)s,\n"
        "the joint office of “%(plan)s” (%(office)s) asks for your opinion on this plan by"
        " %(until)s.\n"
        "Open the link and press the button there: one page shows what is asked, keeps what you"
        " write, and takes your answer. You may also decline there.\n"
        "Questions are answered by %(contact)s, %(email)s.\n"
        "The link is meant for you alone: do not pass it on."
    )


def mint_link(about: str) -> str | None:
    """The minter: a new link for invitation `about`, its hash committed before the mail leaves.

    None when nothing is asked any more while the mail waited.
    """
    with transaction.atomic():
        rows = ExpertInvitation.objects.select_for_update(of=("self",), no_key=True)
        row = rows.select_related("collective__revision").filter(pk=about).first()
        if row is None or row.user_id is not None or row.erased_at or not opens(row):
            return None
        token = secrets.token_urlsafe(32)
        row.token_hash, row.sent_at = hash_of(token), clock.now()
        row.save(update_fields=["token_hash", "sent_at"])
    return reverse("preparation:door", args=[token])


def lock_invitation(row: ExpertInvitation) -> ExpertInvitation:
    """The invitation's row, locked until the end of the transaction, as it stands now."""
    locked = ExpertInvitation.objects.select_for_update(of=("self",), no_key=True)
    beside = ("plan", "round__revision", "collective__revision", "opinion__reply", "organization")
    return locked.select_related(*beside).get(pk=row.pk)


def note(row: ExpertInvitation, **changes: object) -> None:
    for name, value in changes.items():
        setattr(row, name, value)
    row.save(update_fields=list(changes))


def void_link(row: ExpertInvitation) -> None:
    """No link given so far opens any more, and who came in by one is out."""
    drop_unsent(minter=MINTER, about=str(row.pk))
    note(row, token_hash="", void_before=clock.now())


def void_all_links() -> int:
    """No link given to anybody so far opens any more; says how many did. A reminder sends anew."""
    rows = ExpertInvitation.objects.exclude(token_hash="")
    return rows.update(token_hash="", void_before=clock.now())


def erase_contact(row: ExpertInvitation) -> None:
    """Forget name and address, in mails too; number, field and what was said stay.

    Without the nonce nobody can try names against the commitment in the record.
    """
    forget_mail(minter=MINTER, about=str(row.pk))
    note(
        row,
        name="",
        email="",
        nonce="",
        token_hash="",
        decline_reason="",
        longer_reason="",
        void_before=clock.now(),
        erased_at=clock.now(),
    )
    row.suggestions.update(name="", email="", erased_at=clock.now())


def save_remark(
    *,
    row: ExpertInvitation,
    key: UUID,
    item: Item | None,
    kind: str,
    text: str,
    wording: str,
) -> OpinionRemark:
    """The draft of that key, made or changed. ValueError for another invitation's key."""
    remark = OpinionRemark.objects.filter(key=key).first() or OpinionRemark(key=key, invitation=row)
    if remark.invitation_id != row.pk:
        raise ValueError("the remark of another invitation")
    remark.item, remark.type = item, kind
    remark.text, remark.wording = text.strip(), wording.strip()
    remark.edited_at = clock.now()
    remark.save()
    return remark


def save_result(*, row: ExpertInvitation, result: str, summary: str) -> OpinionDraft:
    draft, _made = OpinionDraft.objects.update_or_create(
        invitation=row,
        defaults={"result": result, "summary": summary.strip(), "edited_at": clock.now()},
    )
    return draft


def write_opinion(*, row: ExpertInvitation, reply: Reply, result: str) -> ExpertOpinion:
    """The opinion handed in; what was its draft is gone."""
    row.remarks.all().delete()
    OpinionDraft.objects.filter(invitation=row).delete()
    return ExpertOpinion.objects.create(invitation=row, reply=reply, result=result, at=reply.at)


def write_suggestion(
    *, row: ExpertInvitation, name: str, field: str, email: str
) -> ExpertSuggestion:
    return ExpertSuggestion.objects.create(
        invitation=row,
        name=name.strip(),
        field=field.strip(),
        email=email.strip().lower(),
        at=clock.now(),
    )


def end_invitations(*, one: Round) -> list[int]:
    """No invitation of a recalled round asks any more; the numbers of those that did."""
    rows = ExpertInvitation.objects.select_for_update(no_key=True).filter(
        round=one, revoked_at__isnull=True
    )
    ended = list(rows.order_by("number"))
    for row in ended:
        void_link(row)
        note(row, revoked_at=clock.now())
    return [row.number for row in ended]


def send(row: ExpertInvitation) -> None:
    """By link to who has no account, by notice to who has one."""
    if row.user_id is None:
        queue_link(row)
        return
    notify(
        people=[row.user_id],
        kind="expert",
        title=format_lazy(
            _("Your opinion is asked for, until {date}"),
            date=f"{timezone.localtime(row.closes_at):%Y-%m-%d %H:%M}",
        ),
        url=reverse("preparation:asked", args=[row.pk]),
        key=f"expert:{row.pk}:{clock.now():%Y%m%d%H%M%S%f}",
        plan_key=row.plan.key,
    )


def remark_of(draft: OpinionRemark) -> Remark:
    """A remark in the language it is written in: people write one, and do not say which. Pure."""
    if _is_chinese(f"{draft.text}{draft.wording}"):
        return Remark(type=draft.type, text_zh=draft.text, wording_zh=draft.wording)
    return Remark(type=draft.type, text_en=draft.text, wording_en=draft.wording)


def _is_chinese(text: str) -> bool:
    return any("\u4e00" <= one <= "\u9fff" for one in text)


def receipt_of(row: ExpertInvitation) -> str:
    """The hash of all that was handed in under an invitation; the record binds the same."""
    reply = row.opinion.reply
    return canonical.digest(reply_content(reply, reply.comments.order_by("pk")))
