"""What an invited person does on its one page, by the link or signed in: draft, answer, decline.

Drafting says nothing to anybody, like an upload: it is no act and stands in no chain.
"""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation import steps as rows
from consult.phase2_preparation.checks import OVER, check_opening, check_remark
from consult.phase2_preparation.enums import Asks, OpinionResult, Source
from consult.phase2_preparation.models import (
    CommenterAnswer,
    Disposition,
    ExpertInvitation,
    ExpertOpinion,
    ExpertSuggestion,
    InvitationFile,
    OpinionRemark,
)
from consult.phase2_preparation.queries import is_past
from consult.phase2_preparation.queries.experts import invitation_by_token, is_asked
from consult.phase2_preparation.rules import require_asked
from consult.phase2_preparation.steps import Letter, Remark
from consult.phase2_preparation.steps import experts as steps
from plans.register.models import Item
from plans.register.queries import entries_of
from plans.register.steps import lock_plan
from stakeholders.files.enums import DOCUMENTS
from stakeholders.files.steps import keep
from stakeholders.files.storage import Upload
from stakeholders.notices.steps import notify
from stakeholders.people.queries import coordinators_of
from stakeholders.record import steps as record
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.duty import Text
from stakeholders.terms.errors import Conflict, Invalid, NotVisible

MOST_REMARKS = 200
MOST_FILES = 10
FILE_SIZE = 20 * 1024 * 1024
MOST_SUGGESTIONS = 5


@transaction.atomic
def enter_by_link(*, actor: Actor, token: str) -> ExpertInvitation:
    """The invitation a link opens. NotVisible for a link never given; Conflict once it is over.

    That it was opened says nothing for anybody: it is no act, and stands in no chain.
    """
    row = steps.lock_invitation(invitation_by_token(token=token))
    check_opening(row)
    if row.opened_at is None:
        steps.note(row, opened_at=clock.now())
    return row


def _open(actor: Actor, row: ExpertInvitation, act: str) -> ExpertInvitation:
    """The actor's own invitation, locked and still asking. NotVisible, Refused, Conflict."""
    require_asked(act, actor=actor, plan=row.plan, is_asked=is_asked(actor, row))
    row = steps.lock_invitation(row)
    if row.asks != Asks.OPINION:
        raise NotVisible
    if row.answered_at is not None:
        raise Conflict(_("Your opinion was handed in already."))
    if row.revoked_at is not None or row.declined_at is not None:
        raise Conflict(_("This invitation has ended."))
    if clock.now() >= row.closes_at:
        raise Conflict(OVER)
    if row.opened_at is None:
        steps.note(row, opened_at=clock.now())
    return row


@transaction.atomic
def save_remark(
    *,
    actor: Actor,
    row: ExpertInvitation,
    key: UUID,
    item_key: str,
    kind: str,
    text: str,
    wording: str = "",
) -> OpinionRemark:
    """Keep one remark as a draft; the same key again changes it. Invalid, Conflict."""
    row = _open(actor, row, "opinion.submit")
    check_remark(Remark(type=kind, text_zh=text))
    known = OpinionRemark.objects.filter(key=key).first()
    if known is not None and known.invitation_id != row.pk:
        raise NotVisible
    if known is None and row.remarks.count() >= MOST_REMARKS:
        raise Invalid({"text": _("No more remarks are taken here: lay them in a file.")})
    return steps.save_remark(
        row=row, key=key, item=_item(row, item_key), kind=kind, text=text, wording=wording
    )


def _item(row: ExpertInvitation, key: str) -> Item | None:
    """The item of that key among those asked about. Invalid for any other."""
    if not key or row.round is None:
        return None
    entry = row.round.revision.entries.filter(item__key=key).select_related("item").first()
    wanted = set(row.items.values_list("pk", flat=True))
    if entry is None or (wanted and entry.item_id not in wanted):
        raise Invalid({"item": _("You were not asked about this provision.")})
    return entry.item


@transaction.atomic
def drop_remark(*, actor: Actor, row: ExpertInvitation, key: UUID) -> None:
    row = _open(actor, row, "opinion.submit")
    if not row.remarks.filter(key=key).delete()[0]:
        raise NotVisible


@transaction.atomic
def save_result(*, actor: Actor, row: ExpertInvitation, result: str, summary: str) -> None:
    """Keep result and summary as a draft."""
    row = _open(actor, row, "opinion.submit")
    if result and result not in OpinionResult.values:
        raise Invalid({"result": _("Choose one of the values.")})
    steps.save_result(row=row, result=result, summary=summary)


@transaction.atomic
def add_file(*, actor: Actor, row: ExpertInvitation, upload: Upload) -> InvitationFile:
    """Lay a file beside the opinion. Invalid ({"file": ...}), Conflict, Unavailable."""
    row = _open(actor, row, "opinion.submit")
    if row.files.filter(is_answer=True).count() >= MOST_FILES:
        raise Invalid({"file": _("No more files are taken here.")})
    stored = keep(
        upload=upload,
        person_id=actor.user_id,
        kinds=DOCUMENTS,
        max_size=FILE_SIZE,
        plan_key=row.plan.key,
    )
    return InvitationFile.objects.create(invitation=row, stored=stored, is_answer=True)


@transaction.atomic
def drop_file(*, actor: Actor, row: ExpertInvitation, pk: UUID) -> None:
    """Take a file back; housekeeping drops its bytes."""
    row = _open(actor, row, "opinion.submit")
    if not row.files.filter(stored=pk, is_answer=True).delete()[0]:
        raise NotVisible


@transaction.atomic
def submit_opinion(
    *, actor: Actor, row: ExpertInvitation, result: str, summary: str
) -> ExpertOpinion:
    """Hand in the opinion with its remarks: once, within the time. Refused, Invalid, Conflict."""
    require_asked("opinion.submit", actor=actor, plan=row.plan, is_asked=is_asked(actor, row))
    plan = lock_plan(row.plan)
    require_asked("opinion.submit", actor=actor, plan=plan, is_asked=is_asked(actor, row))
    if row.round is None:
        raise NotVisible
    one = rows.lock_round(row.round)
    row = _open(actor, row, "opinion.submit")
    if result not in OpinionResult.values:
        raise Invalid({"result": _("Choose one of the values.")})
    drafts = list(row.remarks.select_related("item").order_by("pk"))
    if not drafts and not summary.strip():
        raise Invalid({"summary": _("Say it in words, or add a remark.")})
    now = clock.now()
    past = is_past(one, at=now)
    reply = rows.write_reply(
        one=one,
        actor=actor,
        letter=Letter(),
        is_nil=not drafts,
        text=summary,
        is_late=past,
        source=Source(row.audience),
        organization=row.organization if row.is_named else None,
        at=now,
    )
    comments = rows.write_comments(
        reply=reply,
        plan=plan,
        remarks=[(draft.item, steps.remark_of(draft).fields()) for draft in drafts],
        entries={entry.item_id: entry for entry in entries_of(one.revision)},
    )
    opinion = steps.write_opinion(row=row, reply=reply, result=result)
    _tell(row, _("An opinion asked for has come: {who}"), "answered")
    content = rows.reply_content(reply, comments)
    sealed = one.is_sealed and not past
    effects = {"round": one.number, **rows.bound(reply, content, is_sealed=sealed)}
    _append(actor, row, "opinion.submit", effects)
    return opinion


@transaction.atomic
def decline_opinion(*, actor: Actor, row: ExpertInvitation, reason: str) -> ExpertInvitation:
    """Say that no opinion will come, and why. Refused, Invalid, Conflict."""
    row = _open(actor, row, "opinion.decline")
    if not reason.strip():
        raise Invalid({"reason": _("Give the reason.")})
    steps.note(row, declined_at=clock.now(), decline_reason=reason.strip())
    _tell(row, _("An invitation was declined: {who}"), "declined")
    bound = canonical.commitment(row.decline_reason, row.nonce)
    _append(actor, row, "opinion.decline", {"reason": bound})
    return row


@transaction.atomic
def suggest_expert(
    *, actor: Actor, row: ExpertInvitation, name: str, field: str, email: str
) -> ExpertSuggestion:
    """Name somebody else; also after declining, while the time runs. Refused, Invalid, Conflict."""
    require_asked("opinion.suggest", actor=actor, plan=row.plan, is_asked=is_asked(actor, row))
    row = steps.lock_invitation(row)
    if row.asks != Asks.OPINION:
        raise NotVisible
    if row.revoked_at is not None or clock.now() >= row.closes_at:
        raise Conflict(_("This invitation has ended."))
    if not name.strip():
        raise Invalid({"name": _("Give the name.")})
    try:
        validate_email(email.strip())
    except ValidationError as error:
        raise Invalid({"email": _("Give an e-mail address.")}) from error
    if row.suggestions.count() >= MOST_SUGGESTIONS:
        raise Invalid({"name": _("No more names are taken here.")})
    made = steps.write_suggestion(row=row, name=name, field=field, email=email)
    _tell(row, _("Another expert was suggested: {who}"), f"suggested:{made.pk}")
    bound = canonical.commitment(canonical.canonical([made.name, made.email]), row.nonce)
    _append(actor, row, "opinion.suggest", {"suggestion": made.pk, "contact": bound})
    return made


@transaction.atomic
def ask_longer(
    *, actor: Actor, row: ExpertInvitation, until: date, reason: str
) -> ExpertInvitation:
    """Ask for time until a later day; the joint office gives it or not. Refused, Invalid."""
    row = _open(actor, row, "opinion.ask_longer")
    if until <= timezone.localtime(row.closes_at).date():
        raise Invalid({"until": _("The day must lie after the present end.")})
    steps.note(row, longer_until=until, longer_reason=reason.strip()[:300])
    _tell(row, _("More time for an opinion is asked for: {who}"), f"longer:{until}")
    _append(actor, row, "opinion.ask_longer", {"until": until})
    return row


@transaction.atomic
def answer_by_invitation(
    *,
    actor: Actor,
    row: ExpertInvitation,
    disposition: Disposition,
    accepts: bool,
    text: str = "",
) -> CommenterAnswer:
    """Say whether one accepts what became of one's own remark. Refused, Invalid, Conflict."""
    require_asked("opinion.answer", actor=actor, plan=row.plan, is_asked=is_asked(actor, row))
    lock_plan(row.plan)
    row = steps.lock_invitation(row)
    comment = disposition.comment
    if row.answered_at is None or comment.reply_id != row.opinion.reply_id or row.revoked_at:
        raise NotVisible
    if not accepts and not text.strip():
        raise Invalid({"text": _("Say why it is not accepted.")})
    shown = comment.dispositions.filter(publication__isnull=False).order_by("-pk").first()
    if shown is None or shown.pk != disposition.pk:
        raise Conflict(_("A newer disposition was published: read it first."), theirs=shown)
    [made] = rows.write_answers(dispositions=[disposition], actor=actor, accepts=accepts, text=text)
    _tell(row, _("An expert answered what became of a remark: {who}"), f"answer:{made.pk}")
    effects = {
        "comment": str(comment),
        "disposition": disposition.pk,
        "accepts": accepts,
        "text": canonical.digest(made.text),
    }
    _append(actor, row, "opinion.answer", effects)
    return made


def _tell(row: ExpertInvitation, title: Text, occasion: str) -> None:
    """The joint office is told by the number: a notice outlives the name."""
    notify(
        people=coordinators_of(plan_key=row.plan.key, at=clock.now()),
        kind="expert",
        title=format_lazy(title, who=row.pseudonym),
        url=reverse("preparation:experts", args=[row.plan.key]),
        key=f"expert:{row.pk}:{occasion}",
        plan_key=row.plan.key,
    )


def _append(actor: Actor, row: ExpertInvitation, act: str, effects: Mapping[str, object]) -> None:
    record.append(
        chain=record.plan_chain(row.plan.key),
        actor=actor,
        act=act,
        subject=f"expert_invitation:{row.number}",
        effects=effects,
    )
