"""Reading what a jurisdiction prepares for its own signatory: its own people only."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from consult.phase3_identification.enums import PreparedState
from consult.phase3_identification.models import (
    Declaration,
    PositionDraft,
    SignOff,
)
from consult.phase3_identification.prepared_content import initial_of
from consult.phase3_identification.queries.positions import declaration_of
from consult.phase3_identification.queries.sign_offs import current_sign_off, has_ended
from plans.register.models import Plan, Revision, RevisionItem
from stakeholders.people.enums import ChainKind
from stakeholders.people.models import ChainPass
from stakeholders.people.queries import (
    INSIDERS,
    OwnSteps,
    Running,
    chain_for,
    current_steps,
    is_through,
    own_steps,
    passes_of,
    state_of,
)
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict, NotVisible

SUBJECT = "position_draft"  # of the runs through a jurisdiction's steps


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """Where the prepared position of the reader's jurisdiction stands.

    `changed`: the items of the jurisdiction whose wording has changed since it was written.
    `is_taken`: the party has declared since, so that it has served or was overtaken.
    """

    draft: PositionDraft
    changed: frozenset[str]
    is_taken: bool
    own: OwnSteps | None = None
    running: Running | None = None
    passes: Sequence[ChainPass] = ()

    @property
    def is_handed_up(self) -> bool:
        return self.draft.state == PreparedState.HANDED_UP and not self.is_taken

    @property
    def is_through(self) -> bool:
        """Whether the steps inside are passed, or none are asked for."""
        return self.own is None or self.own.is_through

    @property
    def is_ready(self) -> bool:
        """Whether the signatory can take it as it stands."""
        return self.is_handed_up and self.is_through and not self.changed

    @property
    def is_sent_back(self) -> bool:
        return self.draft.state == PreparedState.SENT_BACK and not self.is_taken

    def passed(self) -> dict[int, ChainPass]:
        """Step id -> the pass that made it, of the steps that are passed."""
        if self.running is None:
            return {}
        made = {one.step_id: one for one in self.passes if one.back_to is None}
        return {pk: one for pk, one in made.items() if pk in self.running.done}


def is_insider(actor: Actor) -> bool:
    """Whether the actor works inside a jurisdiction: prepares, passes on or signs for it."""
    return actor.inside is not None and actor.role in INSIDERS


def visible_position_drafts(*, actor: Actor) -> QuerySet[PositionDraft]:
    """The prepared positions of the actor's own jurisdiction: nobody else's, whoever asks. The one
    definition of who sees one; the joint office and administrators see none."""
    if not is_insider(actor):
        return PositionDraft.objects.none()
    rows = PositionDraft.objects.filter(jurisdiction=actor.inside)
    if actor.plan_key:
        rows = rows.filter(sign_off__plan__key=actor.plan_key)
    return rows.select_related("revision", "editor__user", "handed_up_by__user")


def position_draft_of(*, actor: Actor, sign_off: SignOff) -> PositionDraft | None:
    return visible_position_drafts(actor=actor).filter(sign_off=sign_off).first()


def prepared_of(*, actor: Actor, sign_off: SignOff, plan: Plan) -> Prepared | None:
    """Where the own prepared position stands; None where nobody has begun one."""
    draft = position_draft_of(actor=actor, sign_off=sign_off)
    if draft is None:
        return None
    own = own_steps(
        actor=actor,
        kind=ChainKind.POSITION.value,
        plan_key=plan.key,
        subject_kind=SUBJECT,
        subject_id=draft.pk,
    )
    run = own.run if own else None
    return Prepared(
        draft=draft,
        changed=changed_since(draft, plan.frozen),
        is_taken=is_taken(draft),
        own=own,
        running=state_of(run) if run else None,
        passes=list(passes_of(run)) if run else (),
    )


def is_taken(draft: PositionDraft) -> bool:
    """Whether the party has declared since the draft was written."""
    last = declaration_of(draft.sign_off, code=draft.jurisdiction_id)
    return (last.pk if last else None) != draft.former_id


def changed_since(draft: PositionDraft, revision: Revision | None) -> frozenset[str]:
    """Keys of the jurisdiction's items that read otherwise than when the draft was written, or
    came or went since. One query, none where the text is the same."""
    if revision is None or revision.pk == draft.revision_id:
        return frozenset()
    rows = RevisionItem.objects.filter(
        revision__in=[revision.pk, draft.revision_id],
        version__concerned__contains=[draft.jurisdiction_id],
    ).order_by()
    held: dict[str, set[tuple[int, int]]] = {}
    for key, place, version in rows.values_list("item__key", "revision_id", "version_id"):
        held.setdefault(key, set()).add((place, version))
    return frozenset(
        key
        for key, found in held.items()
        if len(found) == 1 or len({version for _place, version in found}) > 1
    )


def prepared(sign_off: SignOff | None, *, code: str | None) -> dict[str, Any] | None:
    """What the position form opens filled with: `form` and `exceptions` as their `initial`.

    None where nothing was handed up, its steps are not passed, or it was taken already. Unscoped:
    for the signatory's form, whose act says that it is the party's own.
    """
    if sign_off is None or code is None:
        return None
    rows = PositionDraft.objects.filter(sign_off=sign_off, state=PreparedState.HANDED_UP)
    draft = rows.filter(jurisdiction=code).first()
    if draft is None or is_taken(draft) or not _is_through(draft, sign_off.plan.key):
        return None
    return initial_of(draft.content)


def require_own_steps(sign_off: SignOff, *, code: str) -> None:
    """Conflict where the jurisdiction has laid down steps before a position, and none prepared
    since its last word has passed them. Unscoped, for the act."""
    key = sign_off.plan.key
    if chain_for(code=code, kind=ChainKind.POSITION.value, plan_key=key) is None:
        return
    rows = PositionDraft.objects.filter(sign_off=sign_off, state=PreparedState.HANDED_UP)
    draft = rows.filter(jurisdiction=code).first()
    if draft is None or is_taken(draft) or not _is_through(draft, key):
        raise Conflict(
            _("The steps inside your jurisdiction before a position are not all passed.")
        )


def _is_through(draft: PositionDraft, key: str) -> bool:
    return is_through(
        code=draft.jurisdiction_id,
        kind=ChainKind.POSITION.value,
        plan_key=key,
        subject_kind=SUBJECT,
        subject_id=draft.pk,
    )


def own_sign_off(*, actor: Actor, plan: Plan) -> SignOff | None:
    """The newest sign-off, for the inside of a jurisdiction. NotVisible for who has none."""
    if not is_insider(actor):
        raise NotVisible
    return current_sign_off(plan)


def require_open(sign_off: SignOff | None) -> SignOff:
    if sign_off is None or has_ended(sign_off):
        raise Conflict(_("No sign-off is open on this plan."))
    return sign_off


def drafts_of_sign_offs(sign_offs: Collection[SignOff]) -> dict[tuple[int, str], PositionDraft]:
    """(sign-off, code) -> the prepared position. Unscoped, for duties; one query."""
    rows = PositionDraft.objects.filter(sign_off__in=[one.pk for one in sign_offs])
    rows = rows.select_related("sign_off").defer("content", "advice")
    return {(row.sign_off_id, str(row.jurisdiction_id)): row for row in rows}


def passed_drafts() -> list[PositionDraft]:
    """Unscoped, for the sweep: what is handed up in open sign-offs and through its own steps, and
    has not served yet. Five queries at most; what asked for no steps was told when handed up."""
    rows = PositionDraft.objects.filter(
        state=PreparedState.HANDED_UP, sign_off__end__isnull=True
    ).select_related("sign_off__plan")
    drafts = {str(row.pk): row for row in rows}
    if not drafts:
        return []
    waiting = current_steps(subject_kind=SUBJECT, subject_ids=drafts)
    through = [drafts[pk] for pk, steps in waiting.items() if not steps]
    last = declaration_ids([row.sign_off for row in through])
    return [
        row for row in through if row.former_id == last.get((row.sign_off_id, row.jurisdiction_id))
    ]


def declaration_ids(sign_offs: Collection[SignOff]) -> dict[tuple[int, str], int]:
    """(sign-off, code) -> the id of the declaration that counts. Unscoped, for duties."""
    rows = Declaration.objects.filter(sign_off__in=[one.pk for one in sign_offs])
    found = rows.order_by("pk").values_list("sign_off_id", "jurisdiction_id", "pk")
    return {(sign_off, str(code)): pk for sign_off, code, pk in found}
