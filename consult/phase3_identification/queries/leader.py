"""What the leader's page reads besides the matrix: the last word, its wordings, the mandate."""

from collections.abc import Collection

from consult.phase3_identification.models import Declaration
from plans.register.models import ItemVersion, Plan
from stakeholders.people.models import Mandate
from stakeholders.terms.actor import Actor


def last_word(plan: Plan, *, code: str | None) -> Declaration | None:
    """The newest declaration of a party in this plan, in whichever sign-off; for that party."""
    rows = Declaration.objects.filter(sign_off__plan=plan, jurisdiction=code)
    return rows.select_related("revision", "mandate__user").order_by("-pk").first()


def versions_by_hash(hashes: Collection[str]) -> dict[str, ItemVersion]:
    """Hash -> published wording, in one query; a hash covers the key of its item."""
    if not hashes:
        return {}
    return {row.hash: row for row in ItemVersion.objects.filter(hash__in=hashes)}


def mandate_of(actor: Actor) -> Mandate | None:
    """The mandate acted under, with its holder and its document."""
    rows = Mandate.objects.select_related("user", "jurisdiction", "document_file")
    return rows.filter(pk=actor.mandate_id or 0).first()
