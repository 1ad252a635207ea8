"""Common statements on pages and by program: number, files, parts, and before there is one."""

import json
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from consult.phase3_identification.actions import (
    close_sign_off,
    number_statement,
    sign_statement,
)
from consult.phase3_identification.models import (
    CommonStatement,
    PartialAdoption,
    Signature,
    StatementNumber,
)
from consult.phase3_identification.queries import statement_of
from stakeholders.notices.models import Notice
from stakeholders.people.actions import make_token
from stakeholders.people.models import Mandate
from stakeholders.record.models import RecordEntry
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Role
from stakeholders.terms.errors import Conflict, Invalid, NotVisible, Refused
from tests.consult.phase3_identification.story import Story, tell
from tests.consult.phase3_identification.test_views import signed_in
from tests.world import QINGPU, WUJIANG, World

NUMBER = "青吴嘉联〔2026〕1号"
PAGE, LIST = 17, 7  # queries, whatever the number of statements
KINDS = ("document", "pdf", "sheet", "sheet-pdf", "bundle")


@pytest.fixture
def open_one(world: World) -> Story:
    story = tell(world, items=2, parties=(WUJIANG,))
    story.open()
    return story


@pytest.fixture
def story(open_one: Story) -> Story:
    for code in (QINGPU, WUJIANG):
        open_one.say(code)
    close_sign_off(actor=open_one.coordinator, plan=open_one.plan)
    return open_one


def today() -> date:
    return clock.now().astimezone().date()


def number(story: Story, text: str = NUMBER, **more: object) -> StatementNumber:
    given = {"statement": CommonStatement.objects.order_by("pk")[0].pk, "dated_on": today(), **more}
    return number_statement(actor=story.coordinator, plan=story.plan, number=text, **given)


def part_of(story: Story, *, revision: object | None = None) -> CommonStatement:
    """A statement of a part beside the whole one."""
    whole = statement_of(story.sign_off)
    return CommonStatement.objects.create(
        sign_off=whole.sign_off,
        is_part=True,
        revision=revision or whole.revision,
        content=whole.content,
        hash=whole.hash,
        at=whole.at,
    )


def api(story: Story, code: str = QINGPU, role: Role = Role.COORDINATOR) -> Client:
    actor = story.coordinator if role is Role.COORDINATOR else story.actor(code, role)
    mandate = Mandate.objects.get(pk=actor.mandate_id)
    _row, token = make_token(actor=actor, user=mandate.user, name="t", days=1)
    return Client(headers={"authorization": f"Token {token}", "accept-language": "en"})


def path(story: Story, rest: str = "") -> str:
    return f"/plans/{story.plan.key}/statement/{rest}"


def test_number_is_kept_told_and_recorded_without_its_text(story: Story) -> None:
    made = number(story, f"  {NUMBER} ")
    assert (made.number, made.dated_on) == (NUMBER, today())
    row = RecordEntry.objects.order_by("-pk")[0]
    statement = statement_of(story.sign_off)
    assert (row.act, json.loads(row.payload)["effects"]) == (
        "statement.number",
        {
            "statement": statement.hash,
            "number": canonical.digest(NUMBER),
            "dated_on": today().isoformat(),
        },
    )
    told = Notice.objects.filter(kind="statement.number")
    assert {one.url for one in told} == {path(story, f"{statement.pk}/")}
    assert {one.user_id for one in told} >= {
        story.world.user(code, Role.SIGNATORY).pk for code in (QINGPU, WUJIANG)
    }


def test_number_is_given_once_by_the_joint_office(story: Story) -> None:
    with pytest.raises(Refused):
        number_statement(
            actor=story.actor(QINGPU),
            plan=story.plan,
            statement=statement_of(story.sign_off).pk,
            number=NUMBER,
            dated_on=today(),
        )
    number(story)
    with pytest.raises(Conflict):
        number(story, "另一文号")
    with pytest.raises(NotVisible):
        number(story, statement=0)
    assert StatementNumber.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "days", "field"),
    [(" ", 0, "number"), (NUMBER, -1, "dated_on"), (NUMBER, 1, "dated_on")],
)
def test_number_without_text_or_with_an_impossible_day_is_refused(
    story: Story, text: str, days: int, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        number(story, text, dated_on=today() + timedelta(days=days))
    assert list(refused.value.errors) == [field]


def test_two_statements_of_a_plan_never_bear_the_same_number(story: Story) -> None:
    number(story)
    with pytest.raises(Invalid) as refused:
        number(story, statement=part_of(story).pk)
    assert list(refused.value.errors) == ["number"]


def test_before_the_close_the_page_says_what_comes_first_and_nothing_downloads(
    open_one: Story,
) -> None:
    client = signed_in(open_one, QINGPU)
    page = client.get(path(open_one), headers={"accept-language": "en"})
    text = page.content.decode()
    assert page.status_code == 200
    assert "The sign-off is open." in text
    assert f'href="/plans/{open_one.plan.key}/sign-off/"' in text
    assert [client.get(path(open_one, f"{kind}/")).status_code for kind in KINDS] == [404] * 5
    answer = api(open_one).get(f"/api/v1/plans/{open_one.plan.key}/statement/")
    assert answer.status_code == 409
    assert "the sign-off closes with every item passed" in answer.json()["detail"]
    assert api(open_one).get(f"/api/v1/plans/{open_one.plan.key}/statements/").json() == []


def test_files_of_the_newest_and_of_one_statement_are_the_same(story: Story) -> None:
    client = signed_in(story, WUJIANG)
    pk = statement_of(story.sign_off).pk
    for kind in KINDS:
        newest = client.get(path(story, f"{kind}/"))
        one = client.get(path(story, f"{pk}/{kind}/"))
        assert (newest.status_code, one.status_code) == (200, 200), kind
        assert newest.content == one.content, kind
        assert newest["Content-Disposition"].startswith("attachment"), kind
    assert client.get(path(story, "0/document/")).status_code == 404


def test_page_lists_files_signatures_and_the_other_statements(story: Story) -> None:
    part = part_of(story)
    PartialAdoption.objects.create(
        sign_off=part.sign_off,
        statement=part,
        revision=part.revision,
        reason="先行",
        mandate_id=story.coordinator.mandate_id,
        at=part.at,
    )
    sign_statement(actor=story.actor(QINGPU), plan=story.plan)
    client = signed_in(story, WUJIANG)
    text = client.get(path(story), headers={"accept-language": "en"}).content.decode()
    whole = statement_of(story.sign_off)
    for kind in KINDS:
        assert text.count(f'href="{path(story, f"{whole.pk}/{kind}/")}"') == 1
    assert text.count("Not signed yet") == 1
    assert text.count(f'href="{path(story, f"{part.pk}/")}"') == 1
    assert text.count(f'href="{path(story, "sign/")}"') == 1
    beside = client.get(path(story, f"{part.pk}/"), headers={"accept-language": "en"})
    assert "Common statement of a part" in beside.content.decode()
    assert f'href="{path(story, "sign/")}"' not in beside.content.decode()


def test_number_by_form_keeps_what_was_typed_and_then_shows(story: Story) -> None:
    office = story.world.coordinator(story.plan)
    client = Client(headers={"accept-language": "en"})
    user = Mandate.objects.get(pk=office.mandate_id).user
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    pk = statement_of(story.sign_off).pk
    url = reverse("identification:number_statement", args=[story.plan.key, pk])
    later = (today() + timedelta(days=2)).isoformat()
    said = {"number": NUMBER, "dated_on": later, "acting_mandate": office.mandate_id}
    wrong = client.post(url, said)
    assert (wrong.status_code, NUMBER in wrong.content.decode()) == (422, True)
    assert "This day is still to come." in wrong.content.decode()
    done = client.post(url, {**said, "dated_on": today().isoformat()})
    assert done.url == path(story, f"{pk}/")
    page = client.get(done.url).content.decode()
    assert page.count(NUMBER) == 1
    assert f'href="{url}"' not in page
    again = client.post(url, {**said, "dated_on": today().isoformat()})
    assert again.status_code == 422
    assert "bears the number" in client.get(url).content.decode()


def test_program_reads_statements_and_numbers_one(story: Story) -> None:
    sign_statement(actor=story.actor(QINGPU), plan=story.plan)
    client, base = api(story), f"/api/v1/plans/{story.plan.key}/"
    whole = statement_of(story.sign_off)
    said = {"number": NUMBER, "dated_on": today().isoformat()}
    made = client.post(f"{base}statements/{whole.pk}/number/", said, "application/json")
    assert made.status_code == 201
    found = client.get(f"{base}statement/").json()
    assert found == made.json() == client.get(f"{base}statements/{whole.pk}/").json()
    assert {name: found[name] for name in ("id", "is_part", "hash", "number", "unsigned")} == {
        "id": whole.pk,
        "is_part": False,
        "hash": whole.hash,
        "number": NUMBER,
        "unsigned": [WUJIANG],
    }
    assert [row["party"] for row in found["signatures"]] == [QINGPU]
    assert client.get(f"{base}statements/").json() == [found]
    again = client.post(f"{base}statements/{whole.pk}/number/", said, "application/json")
    assert again.status_code == 409


@pytest.mark.parametrize("others", [2, 20])
def test_page_and_list_cost_the_same_for_many_statements(
    story: Story, others: int, django_assert_num_queries: object
) -> None:
    for _again in range(others):
        part = part_of(story)
        Signature.objects.create(
            statement=part,
            jurisdiction_id=QINGPU,
            mandate_id=story.actor(QINGPU).mandate_id,
            at=part.at,
        )
    client = signed_in(story, WUJIANG)
    client.get(path(story))
    with django_assert_num_queries(PAGE):
        client.get(path(story))
    program = api(story)
    program.get(f"/api/v1/plans/{story.plan.key}/statements/")
    with django_assert_num_queries(LIST):
        program.get(f"/api/v1/plans/{story.plan.key}/statements/")
