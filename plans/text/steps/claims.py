"""Row writes of editorial claims, of the answers to them, and of defined terms."""

from collections.abc import Mapping

from plans.register.models import ItemDraft, ItemVersion, Plan
from plans.register.steps import version_content
from plans.text.models import ClaimConfirmation, DefinedTerm, EditorialClaim
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor


def note_claim(*, draft: ItemDraft, base: ItemVersion, actor: Actor) -> tuple[EditorialClaim, bool]:
    """The claim on the wording just saved, and whether it is new; the first who claims the same
    wording stays its claimer."""
    return EditorialClaim.objects.get_or_create(
        item=draft.item,
        base=base,
        hash=canonical.digest_of(version_content(draft)),
        defaults={
            "jurisdiction_id": actor.jurisdiction_code,
            "mandate_id": actor.mandate_id,
            "at": clock.now(),
        },
    )


def answer_claim(
    *, claim: EditorialClaim, actor: Actor, verdict: str, reason: str
) -> ClaimConfirmation:
    """The word of the actor's party on a claim; the rule lets parties alone speak."""
    code, mandate = actor.jurisdiction_code, actor.mandate_id
    assert code is not None  # noqa: S101 - only for a party, by the rule
    assert mandate is not None  # noqa: S101
    return ClaimConfirmation.objects.create(
        claim=claim,
        jurisdiction_id=code,
        mandate_id=mandate,
        verdict=verdict,
        reason=reason,
        at=clock.now(),
    )


def add_term(*, plan: Plan, fields: Mapping[str, str]) -> DefinedTerm:
    """A defined term; `fields` are its words and definitions in both languages."""
    return DefinedTerm.objects.create(plan=plan, added_at=clock.now(), **fields)


def remove_term(*, term: DefinedTerm) -> None:
    """The row stays, with the day it ceased to be a term of the plan."""
    term.removed_at = clock.now()
    term.save(update_fields=["removed_at"])
