"""A jurisdiction joins after the first phase by agreement of all co-makers."""

from decimal import Decimal

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consult.ballots.models import Ballot, Elector
from consult.phase1_organization import actions
from consult.phase1_organization.duties import duties
from consult.phase1_organization.models import Accession
from consult.phase1_organization.tasks import close_due_ballots
from plans.register.models import Plan
from plans.register.steps import add_party, end_party, set_phase
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from stakeholders.terms.errors import Conflict, Invalid, Refused
from tests.consult.phase1_organization.scene import PARTIES, acts, proposed, put_to_parties
from tests.world import JIASHAN, KUNSHAN, QINGPU, SHANGHAI, WUJIANG, World, in_days


def joining(world: World, plan: Plan, code: str = KUNSHAN) -> Accession:
    return actions.propose_accession(
        actor=world.coordinator(plan),
        plan=plan,
        code=code,
        must_sign=True,
        weight="1.5",
        reason="昆政函〔2026〕1号",
    )


def put(world: World, accession: Accession, **more: object) -> Ballot:
    return actions.open_accession_ballot(
        actor=world.coordinator(accession.plan),
        accession=accession,
        closes_at=in_days(3),
        **more,
    )


def agree(world: World, accession: Accession, code: str, value: str = "agree") -> None:
    actor = world.actor(code, Role.SIGNATORY)
    text = "理由" if value == "object" else ""
    actions.take_accession_position(actor=actor, accession=accession, value=value, text=text)


def later(world: World) -> Plan:
    plan = world.plan()
    set_phase(plan=plan, phase=2)
    return plan


def test_all_agree_and_the_jurisdiction_is_a_party(world: World) -> None:
    plan = later(world)
    accession = joining(world, plan)
    put(world, accession)
    for code in PARTIES:
        agree(world, accession, code)
    end = actions.close_accession_ballot(actor=world.coordinator(plan), accession=accession)
    party = plan.parties.get(jurisdiction=KUNSHAN)
    assert (end.outcome, party.role, party.must_sign) == ("passed", "co_maker", True)
    assert party.weight == Decimal("1.500")
    assert acts() == [
        "accession.propose",
        "accession.open_ballot",
        *["accession.take_position"] * 3,
        "accession.close_ballot",
    ]
    with pytest.raises(Conflict):
        put(world, accession)
    with pytest.raises(Invalid):
        joining(world, plan)


def test_one_objection_keeps_it_out(world: World) -> None:
    plan = later(world)
    accession = joining(world, plan)
    put(world, accession)
    for code in (QINGPU, WUJIANG):
        agree(world, accession, code)
    agree(world, accession, JIASHAN, "object")
    end = actions.close_accession_ballot(actor=world.coordinator(plan), accession=accession)
    assert (end.outcome, plan.parties.filter(jurisdiction=KUNSHAN).exists()) == ("failed", False)


def test_the_hour_ends_the_ballot_by_itself(world: World) -> None:
    plan = later(world)
    accession = joining(world, plan)
    put(world, accession)
    assert close_due_ballots(clock.now()) == 0
    with clock.stated(in_days(4)):
        assert (close_due_ballots(clock.now()), close_due_ballots(clock.now())) == (1, 0)
    assert accession.plan.ballots.get().end.outcome == "failed"


def test_in_the_first_phase_one_joins_by_invitation(world: World) -> None:
    with pytest.raises(Refused):
        joining(world, world.plan())


def test_recalled_while_nobody_has_spoken_and_put_anew(world: World) -> None:
    plan = later(world)
    accession = joining(world, plan)
    put(world, accession)
    actor = world.coordinator(plan)
    assert actions.recall_accession_ballot(actor=actor, accession=accession).outcome == "recalled"
    put(world, accession)
    agree(world, accession, QINGPU)
    with pytest.raises(Conflict):
        actions.recall_accession_ballot(actor=actor, accession=accession)
    owed = [d.holder_code for d in duties(plans=[plan], now=clock.now())]
    assert [code for code in owed if code in PARTIES] == sorted({WUJIANG, JIASHAN})


def test_an_open_ballot_keeps_its_electorate_and_the_page_says_so(
    world: World, client: Client
) -> None:
    plan = later(world)
    charter = proposed(world, plan)
    ballot = put_to_parties(world, charter)
    accession = joining(world, plan)
    put(world, accession)
    for code in PARTIES:
        agree(world, accession, code)
    actions.close_accession_ballot(actor=world.coordinator(plan), accession=accession)
    codes = list(ballot.electors.values_list("jurisdiction_id", flat=True))
    assert codes == sorted(PARTIES)
    client.force_login(world.user(QINGPU, Role.CONTACT_POINT))
    page = client.get(f"/plans/QWJ/organization/charters/{charter.number}/").content.decode()
    assert "昆山市" in page
    page = client.get(f"/plans/QWJ/organization/accessions/{accession.number}/")
    assert page.status_code == 200


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["join", "leave", "weigh", "charter"]),
            st.sampled_from([JIASHAN, WUJIANG, KUNSHAN, SHANGHAI]),
        ),
        max_size=6,
    )
)
def test_what_comes_later_never_changes_an_electorate(
    world: World, changes: list[tuple[str, str]]
) -> None:
    plan = Plan.objects.filter(key="QWJ").first() or world.plan()
    for code in PARTIES:
        add_party(plan=plan, code=code, role="co_maker", must_sign=True)
    plan.ballots.filter(end__isnull=True)
    charter = proposed(world, plan)
    for open_one in plan.ballots.filter(end__isnull=True):
        older = plan.charters.get(number=open_one.subject_id)
        actions.recall_charter_ballot(actor=world.coordinator(plan), charter=older)
    ballot = put_to_parties(world, charter)
    before = _snapshot(ballot)
    for kind, code in changes:
        party = plan.parties.filter(jurisdiction=code, left_at__isnull=True).first()
        if kind == "join":
            add_party(plan=plan, code=code, role="co_maker", must_sign=True, weight="7")
        elif kind == "charter":
            proposed(world, plan)
        elif party is not None and kind == "leave":
            end_party(party=party)
        elif party is not None:
            plan.parties.filter(pk=party.pk).update(weight=3, must_sign=False)
    assert _snapshot(ballot) == before


def _snapshot(ballot: Ballot) -> object:
    again = Ballot.objects.get(pk=ballot.pk)
    electors = Elector.objects.filter(ballot=again).values_list(
        "jurisdiction_id", "weight", "is_supporting", "weights"
    )
    return again.rule, again.charter_version, again.subject_hash, list(electors)
