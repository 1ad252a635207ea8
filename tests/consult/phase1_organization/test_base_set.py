"""Base map and base figures: put to the parties, agreed by all, put anew after a change."""

from pathlib import Path

import pytest
import pytest_django
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from consult.phase1_organization import actions
from consult.phase1_organization.base_set import base_set, set_at
from consult.phase1_organization.duties import duties
from consult.phase1_organization.gate import blockers
from consult.workflow.audits import audits_of
from plans.register.actions import add_attachment, remove_attachment
from plans.register.enums import PartyRole
from plans.register.models import Attachment, Plan
from plans.register.steps import add_party, set_phase
from stakeholders.files.actions import upload_file
from stakeholders.files.enums import Kind
from stakeholders.record.models import RecordEntry
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from stakeholders.terms.errors import Conflict, Invalid, NotVisible, Refused
from stakeholders.terms.rights import Reason
from tests.consult.phase1_organization.scene import adopted
from tests.world import JIASHAN, KUNSHAN, QINGPU, WUJIANG, World, in_days

PAGE = "/plans/QWJ/organization/base/"
API = "/api/v1/plans/QWJ/base/"


@pytest.fixture(autouse=True)
def media(tmp_path: Path, settings: pytest_django.Settings) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def plan(world: World) -> Plan:
    made = world.plan()
    add_party(plan=made, code=KUNSHAN, role=PartyRole.NEIGHBOUR, must_sign=False)
    attached(world, made, "底数")
    return made


def attached(world: World, plan: Plan, title: str, **options: str) -> Attachment:
    actor = world.actor(WUJIANG, Role.PLANNER)
    upload = SimpleUploadedFile("figures.csv", title.encode())
    file = upload_file(actor=actor, upload=upload, kinds=frozenset(Kind))
    return add_attachment(
        actor=actor,
        plan=plan,
        file=file,
        title_zh=title,
        is_unclassified=True,
        **{"purpose": "base_figures", **options},
    )


def put(world: World, plan: Plan) -> None:
    actions.open_base_ballot(actor=world.coordinator(plan), plan=plan, closes_at=in_days(3))


def speak(world: World, plan: Plan, code: str, value: str = "agree", text: str = "") -> None:
    actor = world.actor(code, Role.SIGNATORY)
    actions.take_base_position(actor=actor, plan=plan, value=value, text=text)


def agree(world: World, plan: Plan) -> None:
    put(world, plan)
    for code in (QINGPU, WUJIANG, JIASHAN):
        speak(world, plan, code)
    actions.close_base_ballot(actor=world.coordinator(plan), plan=plan)


def state(plan: Plan) -> str:
    return str(base_set(plan).state)


def acts() -> list[str]:
    rows = RecordEntry.objects.order_by("pk").values_list("act", flat=True)
    return [act for act in rows if act.startswith("base.")]


def test_all_agree_and_a_later_change_asks_again(world: World, plan: Plan) -> None:
    assert state(plan) == "not_put"
    agree(world, plan)
    assert state(plan) == "agreed"
    assert acts() == ["base.open_ballot", *["base.take_position"] * 3, "base.close_ballot"]
    with pytest.raises(Conflict):
        put(world, plan)
    added = attached(world, plan, "底图", purpose="base_map")
    assert state(plan) == "changed"
    remove_attachment(actor=world.coordinator(plan), plan=plan, number=added.pk, reason="误传")
    assert state(plan) == "agreed"
    attached(world, plan, "新底图", purpose="base_map")
    agree(world, plan)
    assert state(plan) == "agreed"
    assert [b.subject_id for b in (base_set(plan).newest, base_set(plan).agreed)] == ["2", "2"]


def test_other_attachments_are_no_base(world: World, plan: Plan) -> None:
    agree(world, plan)
    attached(world, plan, "附件", purpose="attachment")
    assert state(plan) == "agreed"


def test_one_objection_and_it_is_not_agreed(world: World, plan: Plan) -> None:
    put(world, plan)
    for code, value in ((QINGPU, "agree"), (WUJIANG, "agree"), (JIASHAN, "object")):
        speak(world, plan, code, value, "面积有误" if value == "object" else "")
    end = actions.close_base_ballot(actor=world.coordinator(plan), plan=plan)
    assert (end.outcome, state(plan)) == ("failed", "refused")


def test_set_changed_under_an_open_ballot_takes_no_more_positions(world: World, plan: Plan) -> None:
    put(world, plan)
    opened = base_set(plan).running.opened_at
    attached(world, plan, "底图", purpose="base_map")
    assert base_set(plan).is_outdated is True
    with pytest.raises(Conflict):
        speak(world, plan, QINGPU)
    with pytest.raises(Conflict):
        actions.close_base_ballot(actor=world.coordinator(plan), plan=plan)
    with pytest.raises(Invalid) as invalid:
        actions.close_base_without_result(actor=world.coordinator(plan), plan=plan, reason=" ")
    assert list(invalid.value.errors) == ["reason"]
    actions.close_base_without_result(actor=world.coordinator(plan), plan=plan, reason="换图")
    assert (state(plan), acts()[-1]) == ("not_put", "base.close_without_result")
    assert [one.title_zh for one in set_at(plan, at=opened)] == ["底数"]
    put(world, plan)
    assert state(plan) == "open"


def test_ballot_needs_files_a_future_close_and_an_end_of_the_former(
    world: World, plan: Plan
) -> None:
    with pytest.raises(Invalid) as invalid:
        actions.open_base_ballot(actor=world.coordinator(plan), plan=plan, closes_at=in_days(-1))
    assert list(invalid.value.errors) == ["closes_at"]
    put(world, plan)
    with pytest.raises(Conflict):
        put(world, plan)
    with pytest.raises(Conflict):
        actions.close_base_ballot(actor=world.coordinator(plan), plan=plan)
    bare = world.plan("BARE")
    with pytest.raises(Conflict):
        put(world, bare)


@pytest.mark.parametrize(
    ("code", "role", "reason"),
    [
        (QINGPU, Role.CONTACT_POINT, Reason.WRONG_ROLE),
        (KUNSHAN, Role.SIGNATORY, Reason.NOT_VISIBLE),
    ],
)
def test_only_signatories_of_co_makers_take_positions(
    world: World, plan: Plan, code: str, role: Role, reason: Reason
) -> None:
    put(world, plan)
    with pytest.raises((NotVisible, Refused)) as refusal:
        actions.take_base_position(actor=world.actor(code, role), plan=plan, value="agree")
    found = getattr(refusal.value, "verdict", None)
    assert (found.reason if found is not None else Reason.NOT_VISIBLE) is reason


def test_contact_point_may_not_put_it(world: World, plan: Plan) -> None:
    with pytest.raises(Refused) as refusal:
        actions.open_base_ballot(
            actor=world.actor(QINGPU, Role.CONTACT_POINT), plan=plan, closes_at=in_days(3)
        )
    assert refusal.value.verdict.reason is Reason.WRONG_ROLE


def test_gate_duties_and_audit_say_what_is_open(world: World, plan: Plan) -> None:
    adopted(world, plan)
    assert [a.kind for a in audits_of(plan) if a.kind.startswith("base")] == ["base.not_agreed"]
    assert [blocker.code for blocker in blockers(plan=plan)] == []
    put(world, plan)
    speak(world, plan, QINGPU)
    assert [blocker.code for blocker in blockers(plan=plan)] == ["base"]
    owed = [(d.kind, d.holder_code, d.url) for d in duties(plans=[plan], now=clock.now())]
    assert owed == [
        ("base.take_position", WUJIANG, PAGE),
        ("base.take_position", JIASHAN, PAGE),
    ]
    for code in (WUJIANG, JIASHAN):
        speak(world, plan, code)
    actions.close_base_ballot(actor=world.coordinator(plan), plan=plan)
    assert [blocker.code for blocker in blockers(plan=plan)] == []
    assert [a.kind for a in audits_of(plan) if a.kind.startswith("base")] == []


def test_page_shows_who_agreed_when_and_what_changed(
    world: World, plan: Plan, client: Client
) -> None:
    agree(world, plan)
    client.force_login(world.user(JIASHAN, Role.PLANNER))
    english = {"headers": {"accept-language": "en"}}
    line = client.get(f"{PAGE}?line=1", **english).content.decode()
    assert "Qingpu District, Wujiang District, Jiashan County." in line
    attached(world, plan, "新底图", purpose="base_map")
    page = client.get(PAGE, **english).content.decode()
    assert page.count("Added since the ballot") == 1
    assert "changed since they were agreed" in page
    for path in ("organization/", "attachments/", "text/"):
        assert "organization/base/" in client.get(f"/plans/QWJ/{path}").content.decode()


def test_neighbour_sees_no_internal_file(world: World, plan: Plan, client: Client) -> None:
    attached(world, plan, "内部底图", purpose="base_map", classification="internal")
    client.force_login(world.user(KUNSHAN, Role.CONTACT_POINT))
    page = client.get(PAGE).content.decode()
    assert ("底数" in page, "内部底图" in page) == (True, False)
    assert [one["title_zh"] for one in client.get(API).json()["attachments"]] == ["底数"]


def test_form_and_api_put_close_and_end(world: World, plan: Plan, client: Client) -> None:
    client.force_login(world.mandates[QINGPU, "coordinator", plan.key].user)
    day = in_days(3).date().isoformat()
    assert client.post(f"{PAGE}open-ballot/", {"closes_on": day}).status_code == 302
    assert client.post(f"{PAGE}close/").status_code == 422
    assert client.post(f"{PAGE}close-without-result/", {"reason": ""}).status_code == 422
    assert client.post(f"{PAGE}close-without-result/", {"reason": "换图"}).status_code == 302
    sent = {"content_type": "application/json"}
    made = client.post(f"{API}ballots/", {"closes_at": in_days(3).isoformat()}, **sent)
    assert (made.status_code, made.json()["state"]) == (201, "open")
    assert client.post(f"{API}ballots/close/").status_code == 409
    ended = client.post(f"{API}ballots/close-without-result/", {"reason": "换图"}, **sent)
    assert ended.json()["outcome"] == "without_result"
    assert client.get(API).json()["agreed_hash"] is None


def test_phase_three_takes_no_more(world: World, plan: Plan) -> None:
    set_phase(plan=plan, phase=3)
    plan.refresh_from_db()
    with pytest.raises(Refused) as refusal:
        put(world, plan)
    assert refusal.value.verdict.reason is Reason.WRONG_PHASE


def test_queries_of_the_page_do_not_grow_with_the_files(
    world: World, plan: Plan, client: Client
) -> None:
    client.force_login(world.user(JIASHAN, Role.PLANNER))
    counts = []
    for _round in range(2):
        client.get(PAGE)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(PAGE).status_code == 200
        counts.append(len(captured))
        for number in range(5):
            attached(world, plan, f"底图{number}", purpose="base_map")
    assert counts[0] == counts[1]
