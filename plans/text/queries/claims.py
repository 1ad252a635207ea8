"""Reading editorial claims: which stand on the wordings as they are, and what was said to them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from plans.register.models import Item, ItemDraft, ItemVersion, Plan, Revision, RevisionItem
from plans.register.queries import co_maker_codes, whole_revisions
from plans.register.steps import version_content
from plans.text.enums import EDITORIAL, ClaimStanding, ClaimVerdict
from plans.text.models import ClaimConfirmation, DefinedTerm, EditorialClaim
from stakeholders.terms import canonical
from stakeholders.terms.errors import NotVisible

SHORT = 12  # hex digits of a hash that name a version


@dataclass(frozen=True, kw_only=True)
class Claimed:
    """A claim that stands on the draft as it is now, against the latest revision."""

    claim: EditorialClaim
    draft: ItemDraft
    entry: RevisionItem
    answers: Sequence[ClaimConfirmation]

    @property
    def item(self) -> Item:
        return self.draft.item

    @property
    def standing(self) -> ClaimStanding:
        """One refusal refuses; without one, one confirmation confirms."""
        verdicts = {one.verdict for one in self.answers}
        if ClaimVerdict.REFUSED in verdicts:
            return ClaimStanding.REFUSED
        return ClaimStanding.CONFIRMED if verdicts else ClaimStanding.OPEN

    def answered_by(self, code: str | None) -> bool:
        return any(one.jurisdiction_id == code for one in self.answers)


def claims_of(plan: Plan) -> list[Claimed]:
    """The claims on the working draft of one plan, by item. One query without any, else five."""
    return claims_in([plan.pk]).get(plan.pk, [])


def claims_in(plans: Iterable[int]) -> dict[int, list[Claimed]]:
    """Id of a plan -> the claims on its working draft. The same queries for many plans."""
    drafts = ItemDraft.objects.filter(
        item__plan__in=list(plans), change_claim=EDITORIAL, is_removed=False
    ).select_related("item")
    by_item = {draft.item_id: draft for draft in drafts}
    if not by_item:
        return {}
    touched = {draft.item.plan_id for draft in by_item.values()}
    latest = (
        whole_revisions(Revision.objects.filter(plan__in=touched))
        .order_by("plan_id", "-number")
        .distinct("plan_id")
    )
    entries = RevisionItem.objects.filter(
        revision__in=list(latest.values_list("pk", flat=True)), item__in=by_item
    )
    held = {entry.item_id: entry for entry in entries.select_related("version")}
    found: dict[int, list[Claimed]] = {}
    for claim in _claims().filter(item__in=by_item).order_by("item_id", "pk"):
        draft, entry = by_item[claim.item_id], held.get(claim.item_id)
        if entry is None or entry.version_id != claim.base_id:
            continue
        if claim.hash == canonical.digest_of(version_content(draft)):
            answers = list(claim.answers.all())
            claimed = Claimed(claim=claim, draft=draft, entry=entry, answers=answers)
            found.setdefault(draft.item.plan_id, []).append(claimed)
    return found


def _claims() -> QuerySet[EditorialClaim]:
    answers = ClaimConfirmation.objects.select_related("jurisdiction").defer(
        "jurisdiction__boundary"
    )
    return (
        EditorialClaim.objects.select_related("jurisdiction")
        .defer("jurisdiction__boundary")
        .prefetch_related(Prefetch("answers", answers))
    )


def get_claim(plan: Plan, *, key: str) -> Claimed:
    """The claim on an item's wording as it stands. NotVisible when there is none."""
    found = next((one for one in claims_of(plan) if one.item.key == key), None)
    if found is None:
        raise NotVisible
    return found


def confirmed_claims(plan: Plan) -> frozenset[int]:
    """Ids of the items whose change passes as editorial when published now."""
    standing = ClaimStanding.CONFIRMED
    return frozenset(one.draft.item_id for one in claims_of(plan) if one.standing is standing)


def answering_parties(plan: Plan, *, claim: EditorialClaim) -> list[str]:
    """Codes of the co-making parties that may answer: all but the one that claims."""
    return [code for code in co_maker_codes(plan) if code != claim.jurisdiction_id]


def terms_of(plan: Plan) -> QuerySet[DefinedTerm]:
    """The terms defined now."""
    return DefinedTerm.objects.filter(plan=plan, removed_at__isnull=True)


def get_term(plan: Plan, *, pk: int) -> DefinedTerm:
    found = terms_of(plan).filter(pk=pk).first()
    if found is None:
        raise NotVisible
    return found


def version_of(plan: Plan, *, item: str, digest: str) -> ItemVersion:
    """One published wording of an item by its hash, or by at least the first twelve of its hex
    digits. NotVisible when missing."""
    algorithm = f"{canonical.ALGORITHM}:"
    digits = digest.removeprefix(algorithm)
    if len(digits) < SHORT:
        raise NotVisible
    rows = ItemVersion.objects.filter(
        item__plan=plan, item__key=item, hash__startswith=f"{algorithm}{digits}"
    )
    found = rows.select_related("item").first()
    if found is None:
        raise NotVisible
    return found
