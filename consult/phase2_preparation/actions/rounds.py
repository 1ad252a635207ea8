"""Opening, extending and closing rounds; entering opinions that came by other ways."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation import steps
from consult.phase2_preparation.enums import ENTERED, CommentType, RoundKind
from consult.phase2_preparation.lengths import HOUR, default_end, instant
from consult.phase2_preparation.models import Comment, Reply, Round
from consult.phase2_preparation.queries import (
    deadline_of,
    entries_by_key,
    is_past,
    takes_replies,
    with_files,
)
from consult.phase2_preparation.rules import require
from consult.phase2_preparation.steps import Ends, Letter, Opinion
from plans.register.enums import PartyRole
from plans.register.models import Plan, Revision
from plans.register.queries import latest_revision
from plans.register.steps import lock_plan
from stakeholders.notices.steps import notify
from stakeholders.people.models import Organization
from stakeholders.people.queries import people_of
from stakeholders.record import steps as record
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor, ActorKind, Role
from stakeholders.terms.duty import Text
from stakeholders.terms.errors import Conflict, Invalid


@transaction.atomic
def open_round(
    *,
    actor: Actor,
    plan: Plan,
    revision: Revision | None = None,
    kind: str = RoundKind.CONSULTATION,
    closes_on: date | None = None,
    closes_hour: time = HOUR,
    zone: str = "",
    only_changed: bool = False,
    is_sealed: bool = False,
    note: str = "",
    codes: Sequence[str] | None = None,
) -> Round:
    """Ask the parties, the consulted ones included, for comments on a published revision.

    Without `closes_on` the charter's length counts; without `codes` every party but observers
    is asked. Refused, Invalid.
    """
    require("round.open", actor=actor, plan=plan)
    plan = lock_plan(plan)
    revision = revision or latest_revision(plan)
    if revision is None or revision.plan_id != plan.pk:
        raise Invalid({"revision": _("A round needs a published revision of this plan.")})
    if kind not in RoundKind.values:
        raise Invalid({"kind": _("Choose one of the values.")})
    day = closes_on or default_end(plan=plan, kind=kind, at=clock.now())
    ends = _ends(day, closes_hour, zone or settings.TIME_ZONE)
    parties = plan.parties.filter(left_at__isnull=True).exclude(role=PartyRole.OBSERVER)
    known = set(parties.values_list("jurisdiction_id", flat=True))
    asked = known if codes is None else set(codes)
    if not asked or not asked <= known:
        raise Invalid({"codes": _("Only jurisdictions that take part in the plan are asked.")})
    one = steps.open_round(
        plan=plan,
        revision=revision,
        kind=kind,
        ends=ends,
        only_changed=only_changed,
        is_sealed=is_sealed,
        note=note,
        codes=asked,
    )
    _tell(one, asked, _("Comments are asked for in round {round}, until {date} {hour}"), "open")
    effects = {
        "revision": revision.number,
        "hash": revision.hash,
        "kind": kind,
        "closes_at": one.closes_at,
        "sealed": is_sealed,
        "only_changed": only_changed,
        "invited": sorted(asked),
    }
    _append(actor, plan, "round.open", one, effects)
    return one


@transaction.atomic
def extend_round(
    *,
    actor: Actor,
    plan: Plan,
    one: Round,
    closes_on: date,
    reason: str,
    closes_hour: time = HOUR,
    code: str | None = None,
) -> Round:
    """Give all invited parties, or the one named, a later end. Refused, Invalid, Conflict."""
    require("round.extend", actor=actor, plan=plan)
    if not reason.strip():
        raise Invalid({"reason": _("Give the reason.")})
    one = steps.lock_round(one)
    ends = _ends(closes_on, closes_hour, one.zone)
    now = clock.now()
    if code is None:
        if is_past(one, at=now):
            raise Conflict(_("This round is closed."))
        if ends.at <= one.closes_at:
            raise Invalid({"closes_on": _("The new end must lie after the present one.")})
        steps.move_end(one=one, ends=ends)
        asked = set(one.invitees.values_list("jurisdiction_id", flat=True))
    else:
        _extend_one(one, code, ends, reason)
        asked = {code}
    _tell(one, asked, _("Round {round} was extended"), f"extend-{ends.at:%Y%m%d%H%M}")
    effects = {"closes_at": ends.at, "for": code or "all"}
    _append(actor, plan, "round.extend", one, effects)
    return one


def _extend_one(one: Round, code: str, ends: Ends, reason: str) -> None:
    invitee = one.invitees.select_for_update().filter(jurisdiction=code).first()
    if invitee is None:
        raise Invalid({"code": _("This jurisdiction was not asked in the round.")})
    if one.replies.filter(jurisdiction=code).exists():
        raise Conflict(_("This jurisdiction has answered already."))
    # Once its time is over it may see the others' comments, so it cannot be given more.
    if not takes_replies(one, invitee, at=clock.now()):
        raise Conflict(_("Its time is over: open another round instead."))
    if ends.at <= deadline_of(one, invitee):
        raise Invalid({"closes_on": _("The new end must lie after the present one.")})
    invitee.extended_until, invitee.reason = ends.at, reason.strip()
    invitee.save(update_fields=["extended_until", "reason"])


@transaction.atomic
def close_round(*, actor: Actor, plan: Plan, one: Round) -> Round:
    """Close a round at its hour (by the system), or earlier when all have answered.

    The record opens here what it held sealed. Refused, Conflict.
    """
    require("round.close", actor=actor, plan=plan)
    one = steps.lock_round(one)
    if one.closed_at is not None:
        raise Conflict(_("This round is closed."))
    now = clock.now()
    answered = one.replies.filter(jurisdiction__isnull=False).values("jurisdiction")
    silent = list(
        one.invitees.exclude(jurisdiction__in=answered).values_list("jurisdiction_id", flat=True)
    )
    if now < one.closes_at and (actor.kind is ActorKind.SYSTEM or silent):
        raise Conflict(_("Before its hour a round closes only when all have answered."))
    one.closed_at = now
    one.save(update_fields=["closed_at"])
    effects: dict[str, object] = {"silent": sorted(silent)}
    if one.is_sealed:
        effects["opened"] = _openings(one)
    _append(actor, plan, "round.close", one, effects)
    return one


def _openings(one: Round) -> list[list[str]]:
    """Nonce and content of every sealed reply, so that its commitment can be recomputed."""
    said: dict[int, list[Comment]] = {}
    for comment in with_files(Comment.objects.filter(reply__round=one)).order_by("pk"):
        said.setdefault(comment.reply_id, []).append(comment)
    replies = one.replies.filter(at__lt=one.closes_at).select_related("letter_file").order_by("pk")
    return [[r.nonce, steps.reply_content(r, said.get(r.pk, []))] for r in replies]


@transaction.atomic
def enter_opinion(
    *,
    actor: Actor,
    plan: Plan,
    one: Round,
    source: str,
    opinions: Sequence[Opinion],
    letter: Letter,
    organization: Organization | None = None,
    text: str = "",
) -> Reply:
    """Enter what an expert, an enterprise or the public said in a round. Refused, Invalid."""
    require("round.enter_opinion", actor=actor, plan=plan)
    if source not in ENTERED:
        raise Invalid({"source": _("Choose one of the values.")})
    if not opinions or not all(o.remark.text_zh or o.remark.text_en for o in opinions):
        raise Invalid({"text_zh": _("Say it in words.")})
    if not {o.remark.type for o in opinions} <= set(CommentType.values):
        raise Invalid({"type": _("Choose one of the values.")})
    plan = lock_plan(plan)
    one = steps.lock_round(one)
    entries = entries_by_key(one, [o.item_key for o in opinions if o.item_key])
    if any(o.item_key and o.item_key not in entries for o in opinions):
        raise Invalid({"item": _("This item is not in the revision of the round.")})
    sealed = one.is_sealed and not is_past(one, at=clock.now())
    reply = steps.write_reply(
        one=one,
        actor=actor,
        letter=letter,
        is_nil=False,
        text=text,
        source=source,
        organization=organization,
    )
    comments = steps.write_comments(
        reply=reply,
        plan=plan,
        remarks=[
            (entries[o.item_key].item if o.item_key else None, o.remark.fields()) for o in opinions
        ],
        entries={e.item_id: e for e in entries.values()},
    )
    content = steps.reply_content(reply, comments)
    _append(actor, plan, "round.enter_opinion", one, steps.bound(reply, content, is_sealed=sealed))
    return reply


def _ends(day: date, hour: time, zone: str) -> Ends:
    try:
        at = instant(day=day, hour=hour, zone=zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise Invalid({"zone": _("This time zone is not known.")}) from error
    if at <= clock.now():
        raise Invalid({"closes_on": _("The end must lie in the future.")})
    return Ends(day=day, hour=hour, zone=zone, at=at)


def _tell(one: Round, codes: set[str], title: Text, occasion: str) -> None:
    plan = one.plan
    people = people_of(codes=codes, roles=[Role.CONTACT_POINT], at=clock.now(), plan_key=plan.key)
    local = one.closes_at.astimezone(ZoneInfo(one.zone))
    notify(
        people={pk for ids in people.values() for pk in ids},
        kind="round",
        title=format_lazy(
            title, round=str(one.number), date=f"{local:%Y-%m-%d}", hour=f"{local:%H:%M}"
        ),
        url=reverse("preparation:round", args=[plan.key, one.number]),
        key=f"round:{one.pk}:{occasion}",
        plan_key=plan.key,
    )


def _append(actor: Actor, plan: Plan, act: str, one: Round, effects: Mapping[str, object]) -> None:
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act=act,
        subject=f"round:{one.number}",
        effects=effects,
    )
