"""Row writes: a ballot per item, opened and ended."""

from collections.abc import Iterable, Mapping, Sequence

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.ballots.enums import Outcome, SubjectKind
from consult.ballots.queries import weights_named
from consult.ballots.steps import Subject, end_ballots, open_ballots
from consult.consensus.changes import ChangeKind
from consult.phase1_organization.enums import Competence
from consult.phase1_organization.queries import get_charter, named_weights, rule_for
from consult.phase3_identification.models import (
    SignOff,
    SignOffBallot,
)
from consult.phase3_identification.queries import (
    current_sign_off,
    has_ended,
    left_by_former,
    signing_parties,
)
from plans.register.enums import Competence as ItemLevel
from plans.register.models import Plan, Revision, RevisionItem
from stakeholders.jurisdictions.enums import Level
from stakeholders.terms.errors import Conflict

REMOVED = ChangeKind.REMOVED.value
NATIONAL = ItemLevel.NATIONAL.value


def electors_of(concerned: Iterable[str], weights: Mapping[str, str]) -> list[tuple[str, str]]:
    """(code, weight) of the signing parties among the concerned."""
    return [(code, weights[code]) for code in sorted(set(concerned)) if code in weights]


def signing_weights(plan: Plan) -> dict[str, str]:
    return {str(p.jurisdiction_id): str(p.weight) for p in signing_parties(plan)}


def supporting(competence: str, ranks: Mapping[str, int]) -> frozenset[str]:
    """Codes of the parties below the level that may decide an item (事权), by their ranks."""
    level = Level.COUNTRY if competence == NATIONAL else Level(competence)
    return frozenset(code for code, rank in ranks.items() if rank > level.rank)


def require_named(
    rule: Mapping[str, object], named: Mapping[str, Mapping[str, str]], *, codes: Iterable[str]
) -> None:
    """Conflict where the rule weighs by a name for which the charter gives a party no weight."""
    lacking = sorted(
        f"{code} ({name})"
        for name in weights_named(rule)
        for code in codes
        if name not in named.get(code, {})
    )
    if lacking:
        text = _("The charter names no weight for {who}: adopt one that does.")
        raise Conflict(format_lazy(text, who=", ".join(lacking)))


def open_first_ballots(
    *, sign_off: SignOff, revision: Revision, entries: Sequence[RevisionItem]
) -> list[SignOffBallot]:
    """Open a ballot per item of a new sign-off. Who still holds an objection or reservation from a
    former one is asked too, whomever the item concerns now; one on an item that left the text gets
    a ballot of its own, in which its holder may lift it."""
    held = left_by_former(sign_off, revision=revision, entries=entries)
    weights = signing_weights(sign_off.plan)
    here = {entry.item.key: entry for entry in entries}
    last = (
        SignOffBallot.objects.filter(
            sign_off__plan=sign_off.plan_id, item__key__in=held.keys() - here.keys()
        )
        .order_by("item_id", "-pk")
        .distinct("item_id")
        .select_related("item", "version")
    )
    left = [
        RevisionItem(revision=revision, item=row.item, version=row.version, change=REMOVED)
        for row in last
        if electors_of(held[row.item.key], weights)
    ]
    concerned = {
        here[key].item_id: {*here[key].version.concerned, *codes}
        for key, codes in held.items()
        if key in here
    } | {entry.item_id: held[entry.item.key] for entry in left}
    return open_item_ballots(
        sign_off=sign_off,
        revision=revision,
        entries=[*entries, *left],
        concerned=concerned,
        changes={},
    )


def open_item_ballots(
    *,
    sign_off: SignOff,
    revision: Revision,
    entries: Sequence[RevisionItem],
    concerned: Mapping[int, Iterable[str]],
    changes: Mapping[int, str],
) -> list[SignOffBallot]:
    """Open a ballot per entry, under the rule for its class in the charter in force when the
    sign-off was opened: rule, plain and named weights and who shows support only are kept with it.

    `concerned`: item id -> codes, where they are more than the version's own (a changed item);
    `changes`: item id -> change kind, where it is not the entry's own.
    """
    charter = get_charter(sign_off.plan, number=sign_off.charter_number)
    parties = list(signing_parties(sign_off.plan))
    weights = {str(p.jurisdiction_id): str(p.weight) for p in parties}
    named = named_weights(charter)
    ranks = {str(p.jurisdiction_id): Level(p.jurisdiction.level).rank for p in parties}
    supports = charter.content.competence == Competence.SUPPORT
    rules: dict[tuple[str, str], Mapping[str, object]] = {}
    subjects = []
    for entry in entries:
        kind = (entry.version.strength, entry.item.kind)
        if kind not in rules:
            rules[kind] = rule_for(charter, strength=kind[0], kind=kind[1])
            require_named(rules[kind], named, codes=weights)
        codes = concerned.get(entry.item_id, entry.version.concerned)
        below = supporting(entry.version.competence, ranks) if supports else ()
        subjects.append(
            Subject(
                kind=SubjectKind.ITEM.value,
                id=entry.item.key,
                hash=entry.version.hash,
                rule=rules[kind],
                electors=electors_of(codes, weights),
                weights=named,
                supporting=below,
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
