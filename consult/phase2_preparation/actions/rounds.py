"""Opening a round, now or at an announced hour; closing it, or calling it back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, time

from django.conf import settings
from django.db import transaction
from django.db.models import Exists
from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation import steps
from consult.phase2_preparation.checks import ends_of
from consult.phase2_preparation.enums import Audience, RoundKind
from consult.phase2_preparation.lengths import HOUR, LETTER_DAYS, OPENING, default_end
from consult.phase2_preparation.local_times import instant
from consult.phase2_preparation.models import Comment, Reply, Round, RoundInvitee
from consult.phase2_preparation.queries import (
    answers,
    is_ahead,
    is_past,
    proposed,
    proposed_bodies,
    proposed_units,
    with_files,
)
from consult.phase2_preparation.rules import require
from consult.phase2_preparation.steps import Ends, Invitation, Opens, Settings
from consult.phase2_preparation.steps import Opinion as Opinion
from consult.phase2_preparation.steps.experts import end_invitations
from consult.phase2_preparation.telling import append, tell
from plans.register.enums import PartyRole
from plans.register.models import Plan, Revision
from plans.register.queries import latest_revision
from plans.register.steps import lock_plan
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor, ActorKind
from stakeholders.terms.errors import Conflict, Invalid

ASKED = _("Round {round} asks for comments {scope} of revision {revision}, until {ends} ({zone})")
ANNOUNCED = _(
    "Round {round} {scope} of revision {revision} is announced: opens {opens}, ends {ends} ({zone})"
)


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """When a round shall run. Empty: at once, for the length the charter sets."""

    opens_on: date | None = None
    opens_hour: time = OPENING
    closes_on: date | None = None
    closes_hour: time = HOUR
    zone: str = ""


@transaction.atomic
def open_round(
    *,
    actor: Actor,
    plan: Plan,
    revision: Revision | None = None,
    kind: str = RoundKind.CONSULTATION,
    opens_on: date | None = None,
    opens_hour: time = OPENING,
    closes_on: date | None = None,
    closes_hour: time = HOUR,
    zone: str = "",
    only_changed: bool = False,
    is_sealed: bool = False,
    is_official: bool = False,
    letter_days: int | None = None,
    place: str = "",
    media: str = "",
    note: str = "",
    repeats: int | None = None,
    codes: Sequence[str] | None = None,
    units: Sequence[str] = (),
    bodies: Sequence[str] = (),
) -> Round:
    """Ask for comments on a published revision, from now or from an announced hour on.

    Without `closes_on` the charter's length counts (a display runs thirty days); without `codes`
    every party but observers is asked. `units` and `bodies` (keys) are asked besides, of those
    that `queries.proposed` names. `repeats`: the number of the round a re-consultation repeats.
    Refused, Invalid.
    """
    require("round.open", actor=actor, plan=plan)
    plan = lock_plan(plan)
    revision = _published(plan, revision)
    held = Settings(
        only_changed=only_changed,
        is_sealed=is_sealed,
        is_official=is_official,
        letter_days=letter_days,
        place=place,
        media=media,
        note=note,
    )
    held = _checked(plan, kind, held, repeats)
    schedule = Schedule(
        opens_on=opens_on,
        opens_hour=opens_hour,
        closes_on=closes_on,
        closes_hour=closes_hour,
        zone=zone or settings.TIME_ZONE,
    )
    opens, ends = _times(plan, kind, schedule)
    asked = _asked(plan, kind, codes, units, bodies)
    one = steps.open_round(
        plan=plan, revision=revision, kind=kind, ends=ends, opens=opens, settings=held, asked=asked
    )
    invitees = list(one.invitees.all())
    tell(one, invitees, ANNOUNCED if opens else ASKED, "announce" if opens else "open")
    append(actor, plan, "round.open", one, _effects(one, invitees))
    return one


def _published(plan: Plan, revision: Revision | None) -> Revision:
    """The revision asked about: the latest one where none is named. Invalid without any."""
    revision = revision or latest_revision(plan)
    if revision is None or revision.plan_id != plan.pk:
        raise Invalid({"revision": _("A round needs a published revision of this plan.")})
    if revision.is_part:
        text = _("A round asks about the whole text, not about a part that was adopted first.")
        raise Invalid({"revision": text})
    return revision


def _effects(one: Round, invitees: Iterable[RoundInvitee]) -> dict[str, object]:
    rows = list(invitees)
    found: dict[str, object] = {
        "revision": one.revision.number,
        "hash": one.revision.hash,
        "kind": one.kind,
        "closes_at": one.closes_at,
        "sealed": one.is_sealed,
        "only_changed": one.only_changed,
        "invited": sorted(str(r.jurisdiction_id) for r in rows if r.jurisdiction_id),
    }
    besides = {
        "opens_at": one.opens_at if one.opens_on else None,
        "bodies": sorted(r.organization_id for r in rows if r.organization_id),
        "official": one.is_official,
        "letter_days": one.letter_days,
        "repeats": one.repeats.number if one.repeats else None,
    }
    return found | {name: value for name, value in besides.items() if value}


def _checked(plan: Plan, kind: str, held: Settings, repeats: int | None) -> Settings:
    """The settings as they fit the kind. Invalid, naming the field."""
    if kind not in RoundKind.values:
        raise Invalid({"kind": _("Choose one of the values.")})
    if held.letter_days is not None and not 1 <= held.letter_days <= 60:
        raise Invalid({"letter_days": _("Between 1 and 60 working days.")})
    if kind == RoundKind.URGENT:
        return replace(held, letter_days=held.letter_days or LETTER_DAYS)
    held = replace(held, letter_days=None)
    if kind == RoundKind.DISPLAY and not (held.place or held.media or held.note).strip():
        raise Invalid({"place": _("Say where the draft is displayed.")})
    if kind != RoundKind.RECONSULTATION:
        return held
    if not held.note.strip():
        raise Invalid({"note": _("Say why it is asked again.")})
    past = plan.rounds.filter(recalled_at__isnull=True).order_by("-number")
    before = past.filter(number=repeats).first() if repeats is not None else past.first()
    if before is None or not is_past(before, at=clock.now()):
        raise Invalid({"repeats": _("Choose the closed round that is repeated.")})
    return replace(held, only_changed=True, repeats=before)


def _times(plan: Plan, kind: str, schedule: Schedule) -> tuple[Opens | None, Ends]:
    now, opens = clock.now(), None
    if schedule.opens_on is not None:
        day, hour = schedule.opens_on, schedule.opens_hour
        at = instant(day=day, hour=hour, zone=schedule.zone, hour_field="opens_hour")
        if at <= now:
            raise Invalid({"opens_on": _("An announced opening lies in the future.")})
        opens = Opens(day=day, hour=hour, at=at)
    start = opens.at if opens else now
    day = schedule.closes_on or default_end(plan=plan, kind=kind, at=start)
    ends = ends_of(day, schedule.closes_hour, schedule.zone)
    if ends.at <= start:
        raise Invalid({"closes_on": _("The end must lie after the opening.")})
    return opens, ends


def _asked(
    plan: Plan,
    kind: str,
    codes: Sequence[str] | None,
    units: Sequence[str],
    bodies: Sequence[str],
) -> list[Invitation]:
    """Who is asked, by audience; by a display the public, too. Invalid for who is not proposed."""
    parties = plan.parties.filter(left_at__isnull=True).exclude(role=PartyRole.OBSERVER)
    known = set(parties.values_list("jurisdiction_id", flat=True))
    asked = known if codes is None else set(codes)
    if not asked <= known:
        raise Invalid({"codes": _("Only jurisdictions that take part in the plan are asked.")})
    found = [Invitation(audience=Audience.PARTY, code=code) for code in sorted(asked)]
    if units or bodies:
        groups = proposed(plan)
        near, by_key = proposed_units(groups), proposed_bodies(groups)
        if not set(units) - known <= near.keys():
            text = _("Only units beside, above or below the parties are asked.")
            raise Invalid({"units": text})
        if not set(bodies) <= by_key.keys():
            raise Invalid({"bodies": _("Only bodies of the directory are asked.")})
        found += [Invitation(audience=near[code], code=code) for code in sorted(set(units) - known)]
        found += [
            Invitation(audience=by_key[key][0], organization_id=by_key[key][1].pk)
            for key in sorted(set(bodies))
        ]
    if not found:
        raise Invalid({"codes": _("Ask at least one jurisdiction or body.")})
    if kind == RoundKind.DISPLAY:
        found.append(Invitation(audience=Audience.PUBLIC))
    return found


@transaction.atomic
def begin_round(*, actor: Actor, plan: Plan, one: Round) -> Round:
    """Tell that an announced round is open: the system does it when the hour has come.

    The round is open by the clock, whether this was done or not. Refused, Conflict.
    """
    require("round.begin", actor=actor, plan=plan)
    one = steps.lock_round(one)
    now = clock.now()
    if one.opened_at is not None or one.closed_at is not None or is_ahead(one, at=now):
        raise Conflict(_("The opening of this round is not to be told now."))
    one.opened_at = now
    one.save(update_fields=["opened_at"])
    tell(one, one.invitees.all(), ASKED, "open")
    append(actor, plan, "round.begin", one, {"opens_at": one.opens_at})
    return one


@transaction.atomic
def recall_round(*, actor: Actor, plan: Plan, one: Round, reason: str) -> Round:
    """Call a round back that nobody has answered; it stays visible with the reason.

    Comments inside the jurisdictions are kept; the invitations of experts end with it. Refused,
    Invalid, Conflict.
    """
    require("round.recall", actor=actor, plan=plan)
    if not reason.strip():
        raise Invalid({"reason": _("Give the reason.")})
    one = steps.lock_round(one)
    if one.recalled_at is not None:
        raise Conflict(_("This round was recalled already."))
    if is_past(one, at=clock.now()):
        raise Conflict(_("This round is closed."))
    if one.replies.exists():
        raise Conflict(_("Somebody has answered: close the round, or open another one."))
    one.recalled_at = one.closed_at = clock.now()
    one.recall_reason = reason.strip()
    one.save(update_fields=["recalled_at", "closed_at", "recall_reason"])
    effects: dict[str, object] = {"reason": canonical.digest(one.recall_reason)}
    experts = end_invitations(one=one)
    if experts:
        effects["experts"] = experts
    tell(one, one.invitees.all(), _("Round {round} was recalled"), "recall")
    append(actor, plan, "round.recall", one, effects)
    return one


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
    silent = _silent(one)
    names = sorted(str(row) for row in silent if row.jurisdiction_id)
    if now < one.closes_at and (actor.kind is ActorKind.SYSTEM or silent):
        raise Conflict(_("Before its hour a round closes only when all have answered."))
    one.closed_at = now
    one.save(update_fields=["closed_at"])
    effects: dict[str, object] = {"silent": names}
    bodies = sorted(row.organization_id for row in silent if row.organization_id)
    if bodies:
        effects["silent_bodies"] = bodies
    if one.is_sealed:
        effects["opened"] = _openings(one)
    append(actor, plan, "round.close", one, effects)
    return one


def _silent(one: Round) -> list[RoundInvitee]:
    """Who was asked and has not answered. The public has its whole time."""
    return list(one.invitees.exclude(Exists(Reply.objects.filter(answers()))).order_by("pk"))


def _openings(one: Round) -> list[list[str]]:
    """Nonce and content of every sealed reply, so that its commitment can be recomputed."""
    said: dict[int, list[Comment]] = {}
    for comment in with_files(Comment.objects.filter(reply__round=one)).order_by("pk"):
        said.setdefault(comment.reply_id, []).append(comment)
    replies = one.replies.filter(at__lt=one.closes_at).select_related("letter_file").order_by("pk")
    return [[r.nonce, steps.reply_content(r, said.get(r.pk, []))] for r in replies]
