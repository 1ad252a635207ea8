"""A revision that changes one provision in ten, under positions of all parties on all provisions.

`pure` folds the stages alone, with the rows already read; `impact` is what the page before publishing
computes; `carrying` is the whole act, taken back. All three name the same number of consents that
fall. The queries must not grow with provisions nor with parties.
"""

from collections.abc import Sequence

from django.db import connection, transaction

from consult.ballots.models import Position
from consult.consensus.history import history
from consult.phase1_organization.content import default_content
from consult.phase1_organization.models import Charter
from consult.phase3_identification.models import SignOff
from consult.phase3_identification.queries import current_sign_off
from consult.phase3_identification.queries.prospects import Prospect, hashes_in, prospect
from consult.phase3_identification.steps import carry_sign_off, open_item_ballots
from consult.workflow.impacts import _coming, _manifest, consent_impact_of
from consult.workflow.queries import pending
from plans.register.enums import PartyRole
from plans.register.models import ItemDraft, Party, Plan, Revision
from plans.register.queries import entries_of
from plans.register.steps import publish_revision
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.models import Mandate, User
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import SYSTEM
from tests.bench.harness import Result, compare
from tests.bench.publishing import seed

SIZES = ((50, 41), (500, 41))


def _units(number: int) -> list[Jurisdiction]:
    return [
        Jurisdiction.objects.get_or_create(
            code=f"98{place:04}",
            defaults={"name_zh": f"第{place}县", "level": "county", "path": f"98{place:04}/"},
        )[0]
        for place in range(number)
    ]


def lay(items: int, parties: int) -> Plan:
    """A plan with a sign-off in which everybody agreed to everything, then one in ten edited."""
    plan = seed(items)
    Plan.objects.filter(pk=plan.pk).update(key=f"stale-{items}-{parties}", phase=3)
    plan.refresh_from_db()
    units = _units(parties)
    codes = [unit.code for unit in units]
    drafts = list(ItemDraft.objects.filter(item__plan=plan).order_by("pk"))
    for draft in drafts:
        draft.concerned = codes
    ItemDraft.objects.bulk_update(drafts, ["concerned"], batch_size=500)
    now = clock.now()
    Party.objects.bulk_create(
        Party(
            plan=plan,
            jurisdiction=unit,
            role=PartyRole.CO_MAKER,
            must_sign=True,
            joined_at=now,
        )
        for unit in units
    )
    _sign(plan, publish(plan), units)
    for draft in drafts[::10]:
        draft.content["text"]["zh"] += "再补充。"
    ItemDraft.objects.bulk_update(drafts[::10], ["content"])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as the server does by itself on tables that have stood a while
    return plan


def publish(plan: Plan) -> Revision:
    found = pending(plan)
    revision = publish_revision(
        plan=plan,
        actor=SYSTEM,
        stage="recognition",
        headings=found.headings,
        places=found.places,
        changes=found.kinds,
        charter_version="",
        sealed=found.sealed,
    )
    Plan.objects.filter(pk=plan.pk).update(frozen=revision)
    return revision


def _sign(plan: Plan, revision: Revision, units: Sequence[Jurisdiction]) -> None:
    now = clock.now()
    user = User.objects.create_user(f"{plan.pk}@stale.example", "x", name_zh="x")
    mandate = Mandate.objects.create(
        user=user,
        jurisdiction=units[0],
        role="signatory",
        document="x",
        valid_from=now,
        granted_by=User.objects.create_user(f"{plan.pk}@grants.example", "x", name_zh="x"),
    )
    _charter(plan, mandate)
    sign_off = SignOff.objects.create(plan=plan, revision=revision, charter_number=1, opened_at=now)
    rows = open_item_ballots(
        sign_off=sign_off,
        revision=revision,
        entries=list(entries_of(revision)),
        concerned={},
        changes={},
    )
    Position.objects.bulk_create(
        (
            Position(
                ballot_id=row.ballot_id,
                jurisdiction=unit,
                mandate=mandate,
                value="agree",
                declaration=unit.code,
                at=now,
            )
            for row in rows
            for unit in units
        ),
        batch_size=2_000,
    )


def _charter(plan: Plan, mandate: Mandate) -> None:
    """The charter that every plan begins with: unanimity for what binds, two thirds for the rest."""
    text = canonical.canonical({"content": default_content().as_dict()})
    Charter.objects.create(
        plan=plan,
        number=1,
        text=text,
        hash=canonical.digest(text),
        mandate=mandate,
        proposed_at=clock.now(),
    )


def _ahead(plan: Plan) -> Prospect:
    found, sign_off = pending(plan), current_sign_off(plan)
    if sign_off is None:
        raise ValueError("no sign-off is open")
    return prospect(
        sign_off,
        coming=_coming(found),
        manifest=_manifest(plan, found),
        before=hashes_in(found.former),
    )


def _carried(plan: Plan) -> int:
    """The whole act, taken back: the next round finds the same state."""
    with transaction.atomic():
        revision = publish(plan)
        effects = carry_sign_off(plan=plan, revision=revision, actor=SYSTEM)
        transaction.set_rollback(True)
    return len(effects["stale"])


def _told(plan: Plan) -> int:
    found = consent_impact_of(plan, pending(plan), actor=SYSTEM)
    return found.number if found else 0


def run() -> list[Result]:
    results = []
    for items, parties in SIZES:
        plan = lay(items, parties)
        ahead = _ahead(plan)
        stages, options = [*ahead.standing.stages, ahead.stage], ahead.standing.options
        ways = {
            "pure": lambda s=stages, o=options: sum(
                fate.falls for fate in history(s, charter=o).last
            ),
            "impact": lambda plan=plan: _told(plan),
            "carrying": lambda plan=plan: _carried(plan),
        }
        case = f"staleness: {items} x {parties}"
        results.append(compare(case=case, size=items * parties, ways=ways, rounds=5))
    return results
