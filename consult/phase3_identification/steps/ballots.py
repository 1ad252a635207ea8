"""Row writes: a ballot per item, opened and ended."""

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from consult.ballots.enums import Outcome, SubjectKind
from consult.ballots.steps import Subject, end_ballots, open_ballots
from consult.phase1_organization.queries import charter_in_force, rule_for
from consult.phase3_identification.models import (
    SignOff,
    SignOffBallot,
)
from consult.phase3_identification.queries import (
    current_sign_off,
    has_ended,
    signing_parties,
)
from plans.register.models import Plan, Revision, RevisionItem
from stakeholders.terms.errors import Conflict


def electors_of(concerned: Iterable[str], weights: Mapping[str, str]) -> list[tuple[str, str]]:
    """(code, weight) of the signing parties among the concerned."""
    return [(code, weights[code]) for code in sorted(set(concerned)) if code in weights]


def signing_weights(plan: Plan) -> dict[str, str]:
    return {str(p.jurisdiction_id): str(p.weight) for p in signing_parties(plan)}


def open_item_ballots(
    *,
    sign_off: SignOff,
    revision: Revision,
    entries: Sequence[RevisionItem],
    concerned: Mapping[int, Iterable[str]],
    changes: Mapping[int, str],
) -> list[SignOffBallot]:
    """Open a ballot per entry, under the charter's rule for its class as it stands now.

    `concerned`: item id -> codes, where they are more than the version's own (a changed item);
    `changes`: item id -> change kind, where it is not the entry's own.
    """
    charter = charter_in_force(sign_off.plan)
    if charter is None:
        raise Conflict(_("No charter is in force."))
    weights = signing_weights(sign_off.plan)
    rules: dict[tuple[str, str], Mapping[str, object]] = {}
    subjects = []
    for entry in entries:
        kind = (entry.version.strength, entry.item.kind)
        if kind not in rules:
            rules[kind] = rule_for(charter, strength=kind[0], kind=kind[1])
        codes = concerned.get(entry.item_id, entry.version.concerned)
        subjects.append(
            Subject(
                kind=SubjectKind.ITEM.value,
                id=entry.item.key,
                hash=entry.version.hash,
                rule=rules[kind],
                electors=electors_of(codes, weights),
            )
        )
    ballots = open_ballots(
        plan=sign_off.plan,
        subjects=subjects,
        charter_version=str(sign_off.charter_number),
        closes_at=sign_off.closes_at,
        is_sealed=sign_off.is_sealed,
    )
    return SignOffBallot.objects.bulk_create(
        SignOffBallot(
            sign_off=sign_off,
            item=entry.item,
            version=entry.version,
            revision=revision,
            change=changes.get(entry.item_id, entry.change),
            ballot=ballot,
        )
        for entry, ballot in zip(entries, ballots, strict=True)
    )


def end_item_ballots(*, plan: Plan, keys: Sequence[str], reason: str) -> list[str]:
    """End the ballots of some items without result (they go back to phase 2); keys that ended.

    The sign-off of the others goes on; positions stay and are carried to the next wording.
    """
    sign_off = current_sign_off(plan)
    if sign_off is None or has_ended(sign_off):
        return []
    rows = sign_off.item_ballots.filter(item__key__in=keys, ballot__end__isnull=True)
    found = list(rows.select_related("ballot", "item"))
    end_ballots(
        ballots=[row.ballot for row in found],
        outcome=Outcome.WITHOUT_RESULT.value,
        reason=reason,
    )
    return sorted(row.item.key for row in found)
