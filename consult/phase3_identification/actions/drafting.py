"""Inside a party, before its signatory speaks: preparing, handing up, sending back, taking."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.ballots.enums import PositionValue
from consult.ballots.models import TwoPersonProposal
from consult.ballots.steps import Letter
from consult.phase3_identification import steps
from consult.phase3_identification.actions.declaring import declare
from consult.phase3_identification.actions.preparing import prepare_position
from consult.phase3_identification.checks import MOST_TYPED, NULL, checked_stands, rows_of
from consult.phase3_identification.models import (
    Declaration,
    PositionDraft,
    SignOff,
)
from consult.phase3_identification.prepared_content import (
    Content,
    conditions_of,
    items_of,
)
from consult.phase3_identification.prepared_content import rows_of as rows_of_content
from consult.phase3_identification.queries import (
    asks_two,
    declaration_of,
    frozen_of,
    prepared_of,
)
from consult.phase3_identification.queries.prepared import SUBJECT
from consult.phase3_identification.rules import ACTS
from consult.phase3_identification.steps import Basis, ConditionText, ReservationText, Stand
from consult.phase3_identification.telling import open_one, short_title
from plans.register.models import Plan
from plans.register.rules import require
from plans.register.steps import lock_plan
from stakeholders.notices.queries import told_keys
from stakeholders.notices.steps import notify
from stakeholders.people.enums import ChainKind
from stakeholders.people.queries import people_of
from stakeholders.people.steps import begin_run
from stakeholders.record import steps as record
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor, ActorKind, Role
from stakeholders.terms.duty import Text
from stakeholders.terms.errors import Conflict, Invalid, Refused
from stakeholders.terms.rights import Reason, Verdict

MOST_ADVICE = 20_000
STAFF = (Role.CONTACT_POINT, Role.DEPUTY, Role.PLANNER)
TOUCHED = _("Somebody has changed the prepared position since you opened this page.")
NONE = _("No position has been prepared.")


@transaction.atomic
def draft_position(
    *, actor: Actor, plan: Plan, content: Content, advice: str = "", edits: int = 0
) -> PositionDraft:
    """Write down the position the staff would have their signatory take, finished or not.

    `edits` is the save number the person had seen (0: none). What was handed up is taken back by
    it. Raises Refused, Invalid, Conflict with theirs.
    """
    plan = lock_plan(plan)
    require("position.draft", ACTS, actor=actor, plan=plan, own=True)
    sign_off = open_one(plan)
    draft = _locked(sign_off, actor)
    if (draft.edits if draft else 0) != edits:
        raise Conflict(TOUCHED, theirs=draft)
    _check_shape(sign_off, plan, actor, content, advice)
    draft = steps.write_prepared(
        actor=actor,
        sign_off=sign_off,
        revision=frozen_of(plan),
        former=declaration_of(sign_off, code=actor.jurisdiction_code),
        draft=draft,
        content=content,
        advice=advice.strip(),
    )
    steps.drop_typed_draft(actor=actor, sign_off=sign_off)
    _record(actor, plan, "position.draft", draft)
    return draft


@transaction.atomic
def hand_up_position(*, actor: Actor, plan: Plan, edits: int) -> PositionDraft:
    """Hand the prepared position up: through the jurisdiction's own steps where it has laid some
    down, then to its signatory. It has to be complete. Raises Refused, Invalid, Conflict."""
    plan = lock_plan(plan)
    require("position.hand_up", ACTS, actor=actor, plan=plan, own=True)
    sign_off = open_one(plan)
    draft = _seen(sign_off, actor, edits)
    found = prepared_of(actor=actor, sign_off=sign_off, plan=plan)
    if found is None or found.is_taken:
        raise Conflict(_("Your jurisdiction has declared since this was prepared: prepare anew."))
    if found.is_handed_up:
        raise Conflict(_("The prepared position is handed up already."))
    if found.changed:
        raise Conflict(_("The text has changed since this was prepared: read and save it again."))
    rows = rows_of(sign_off, frozen_of(plan), code=actor.jurisdiction_code)
    general = _general_of(draft.content)
    if not general.value:
        raise Invalid({"value": _("Choose the position on all items.")})
    checked_stands(rows, general, _exceptions_of(draft.content))
    steps.put_handed_up(draft, actor=actor)
    run = begin_run(
        actor=actor,
        kind=ChainKind.POSITION.value,
        plan_key=plan.key,
        subject_kind=SUBJECT,
        subject_id=draft.pk,
    )
    if run is None:
        _tell_ready(plan, draft)
    _record(actor, plan, "position.hand_up", draft, run=run.pk if run else None)
    return draft


@transaction.atomic
def return_position(*, actor: Actor, plan: Plan, edits: int, reason: str) -> PositionDraft:
    """The signatory gives the prepared position back to the staff, saying why.

    Raises Refused, Invalid, Conflict.
    """
    plan = lock_plan(plan)
    require("position.return", ACTS, actor=actor, plan=plan, own=True)
    sign_off = open_one(plan)
    if not reason.strip():
        raise Invalid({"reason": _("Give the reason.")})
    draft = _seen(sign_off, actor, edits)
    found = prepared_of(actor=actor, sign_off=sign_off, plan=plan)
    if found is None or not found.is_handed_up:
        raise Conflict(_("Nothing is handed up for signature."))
    steps.put_sent_back(draft, reason=reason.strip())
    _tell(
        plan,
        draft,
        roles=STAFF,
        kind="position.return",
        title=_("The signatory has sent the prepared position back · {plan}"),
        page="identification:draft",
    )
    _record(actor, plan, "position.return", draft, reason=canonical.digest(draft.reason))
    return draft


@transaction.atomic
def sign_prepared(
    *, actor: Actor, plan: Plan, edits: int, revision_hash: str, former: int | None = None
) -> Declaration | TwoPersonProposal:
    """Take the prepared position as it stands: the act `declare` with what the staff prepared.

    Where the charter asks for two signatories, this is the first one's word.

    `edits` is the save number the signatory has read: another one, or steps that are not passed, or
    a text that has changed since is a Conflict. Raises Refused, Invalid, Conflict.
    """
    plan = lock_plan(plan)
    require("position.take", ACTS, actor=actor, plan=plan, own=True)
    sign_off = open_one(plan)
    draft = _seen(sign_off, actor, edits)
    found = prepared_of(actor=actor, sign_off=sign_off, plan=plan)
    if found is None or not found.is_handed_up or not found.is_through:
        raise Conflict(_("The prepared position is not ready for signature."))
    if found.changed:
        raise Conflict(_("The text has changed since this was prepared: your staff look again."))
    steps.put_taken(draft)
    take = prepare_position if asks_two(sign_off) else declare
    return take(
        actor=actor,
        plan=plan,
        revision_hash=revision_hash,
        general=_general_of(draft.content),
        exceptions=_exceptions_of(draft.content),
        letter=_letter_of(draft.content),
        basis=_basis_of(draft.content),
        former=former,
    )


def _general_of(content: Content) -> Stand:
    """What the party would say on all its items; `value` is empty where nothing was chosen yet."""
    return _stand({name: value for name, value in content.items() if name != "item"})


def _exceptions_of(content: Content) -> list[Stand]:
    """The exceptions in the order they were written; notes alone are left out."""
    return [_stand(row) for row in rows_of_content(content)]


def _stand(row: Content) -> Stand:
    """As the position form reads the same fields."""
    value = str(row.get("value") or "")
    conditional = value == PositionValue.AGREE_IN_PRINCIPLE.value
    is_reserved = value == PositionValue.AGREE_RESERVED.value
    is_objection = value == PositionValue.OBJECT.value
    return Stand(
        item=str(row.get("item") or ""),
        value=value,
        text="" if conditional else str(row.get("text") or ""),
        wording=str(row.get("wording") or "") if is_objection else "",
        conditions=_conditions(row) if conditional else (),
        reservation=_reservation(row) if is_reserved else ReservationText(),
    )


def _conditions(row: Content) -> tuple[ConditionText, ...]:
    return tuple(
        ConditionText(text=one["text"], by=one["by"], due_on=_day(one["due_on"], "text"))
        for one in conditions_of(row)
    )


def _reservation(row: Content) -> ReservationText:
    names = ("text_en", "scope", "lifted_if_zh", "lifted_if_en")
    return ReservationText(
        review_on=_day(row.get("review_on"), "exceptions"),
        **{name: str(row.get(name) or "") for name in names},
    )


def _letter_of(content: Content) -> Letter:
    return Letter(
        number=str(content.get("letter_number") or ""),
        on=_day(content.get("letter_on"), "letter_on"),
        issuer=str(content.get("issuer") or ""),
    )


def _basis_of(content: Content) -> Basis:
    return Basis(
        body=str(content.get("decided_by") or ""),
        meeting=str(content.get("meeting") or ""),
        on=_day(content.get("decided_on"), "decided_on"),
    )


def _day(text: object, name: str) -> date | None:
    """The day written in ISO form. Invalid, at the field `name`, for anything else."""
    if not text:
        return None
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        raise Invalid({name: _("Enter a valid date.")}) from None


def _locked(sign_off: SignOff, actor: Actor) -> PositionDraft | None:
    rows = PositionDraft.objects.select_for_update(of=("self",), no_key=True)
    return rows.filter(sign_off=sign_off, jurisdiction=actor.jurisdiction).first()


def _seen(sign_off: SignOff, actor: Actor, edits: int) -> PositionDraft:
    """The draft, locked, as the person had read it. Conflict for another state of it, or none."""
    draft = _locked(sign_off, actor)
    if draft is None:
        raise Conflict(NONE)
    if draft.edits != edits:
        raise Conflict(TOUCHED, theirs=draft)
    return draft


def _check_shape(
    sign_off: SignOff, plan: Plan, actor: Actor, content: Content, advice: str
) -> None:
    """What may be kept while it is unfinished: the party's own items, each once, no endless text."""
    if len(advice) > MOST_ADVICE:
        raise Invalid({"advice": _("The advice is too long.")})
    text = canonical.canonical(content)
    if NULL in text or NULL in canonical.canonical(advice):
        raise Invalid({"": _("The text holds a null character.")})
    if len(text) > MOST_TYPED:
        raise Invalid({"": _("This is too long for a position.")})
    own = {row.item.key for row in rows_of(sign_off, frozen_of(plan), code=actor.jurisdiction)}
    named = items_of(content)
    if not set(named) <= own:
        raise Invalid({"exceptions": _("An exception names an item that concerns you.")})
    if len(set(named)) != len(named):
        raise Invalid({"exceptions": _("An item stands twice among the exceptions.")})


@transaction.atomic
def tell_passed(*, actor: Actor, draft: PositionDraft) -> int:
    """By the clock: the last own step of a prepared position was passed, so its signatories learn
    that it waits for them; 1 the first time, else 0. Raises Refused for anybody but the system."""
    if actor.kind is not ActorKind.SYSTEM:
        verdict = Verdict(allowed=False, reason=Reason.NO_MANDATE, act="position.hand_up")
        raise Refused(verdict)
    if told_keys(keys=[_key("position.hand_up", draft)]):
        return 0
    _tell_ready(draft.sign_off.plan, draft)
    return 1


def _tell_ready(plan: Plan, draft: PositionDraft) -> None:
    """The signatories of the party learn that something waits for them, once."""
    _tell(
        plan,
        draft,
        roles=(Role.SIGNATORY,),
        kind="position.hand_up",
        title=_("A position is ready for your signature · {plan}"),
        page="identification:leader",
    )


def _tell(
    plan: Plan,
    draft: PositionDraft,
    *,
    roles: Sequence[Role],
    kind: str,
    title: Text,
    page: str,
) -> None:
    """Tell people of the party, and nobody else."""
    code = draft.jurisdiction_id
    found = people_of(codes=[code], roles=roles, at=clock.now(), plan_key=plan.key)
    notify(
        people=found.get(code, []),
        kind=kind,
        title=format_lazy(title, plan=short_title(plan)),
        url=reverse(page, args=[plan.key]),
        key=_key(kind, draft),
        plan_key=plan.key,
    )


def _key(kind: str, draft: PositionDraft) -> str:
    """The occasion: this draft as it was handed up then."""
    return f"{kind}:{draft.pk}:{draft.handed_up_at:%Y%m%d%H%M%S%f}"


def _record(actor: Actor, plan: Plan, act: str, draft: PositionDraft, **more: object) -> None:
    """What happens inside a jurisdiction stands in a chain of its own, which others do not see."""
    said = {"content": draft.content, "advice": draft.advice}
    record.append(
        chain=record.inside_chain(code=draft.jurisdiction_id, key=plan.key),
        actor=actor,
        act=act,
        subject=f"{SUBJECT}:{draft.pk}",
        effects={
            "sign_off": draft.sign_off_id,
            "revision": draft.revision.hash,
            "state": draft.state,
            "content": canonical.digest_of(said),
            **more,
        },
    )
