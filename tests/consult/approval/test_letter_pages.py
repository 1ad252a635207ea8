"""The page of the steps and the forms of the letters, as each role meets them."""

from pathlib import Path

import pytest
import pytest_django
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from consult.approval.actions.after_reply import correct_letter, publish_plan
from consult.approval.actions.going_up import ask_completion, forward_plan, submit_plan
from consult.approval.enums import ReplyOutcome
from consult.approval.models import ApprovalLetter
from consult.approval.steps.letters import LetterText
from stakeholders.people.actions import make_token
from stakeholders.people.queries import actor_of
from stakeholders.terms.actor import Role
from tests.alike import multiply
from tests.consult.approval.way import (
    SUZHOU,
    agreed,
    reply,
    request_text,
    signed,
    submitted,
    today,
)
from tests.consult.phase3_identification.story import PROVINCES, Story, tell
from tests.world import JIANGSU, JIASHAN, KUNSHAN, QINGPU, SHANGHAI, WUJIANG, World

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def files(settings: pytest_django.Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def page(story: Story, path: str = "") -> str:
    return f"/plans/{story.plan.key}/approval/{path}"


def office(story: Story) -> Client:
    mandate = story.world.mandate(QINGPU, Role.COORDINATOR, plan_key=story.plan.key)
    return entered(mandate.user)


def contact(story: Story, code: str) -> Client:
    return entered(story.world.user(code, Role.CONTACT_POINT))


def entered(user: object) -> Client:
    client = Client(headers=ENGLISH)
    client.force_login(user)
    return client


def request_data(**changes: object) -> dict[str, object]:
    given = {
        "senders": [QINGPU, WUJIANG, JIASHAN],
        "addressees": PROVINCES,
        "number": "青吴嘉联报〔2026〕1号",
        "dated_on": today().isoformat(),
    }
    return {**given, **changes}


def buttons(client: Client, story: Story) -> list[str]:
    lines = client.get(page(story)).context["lines"]
    return [line.url for line in lines if line.url]


def test_before_the_statement_the_page_says_what_comes_first(world: World) -> None:
    story = agreed(world)
    answer = office(story).get(page(story))
    assert "The common statement comes first" in answer.content.decode()
    assert buttons(office(story), story) == []


def test_before_the_sign_off_has_passed_nobody_is_asked_to_sign(world: World) -> None:
    story = tell(world, items=2)
    client = office(story)
    early = client.get(page(story)).context["lines"][0]
    assert (early.turn, str(early.waits)) == (None, "after the sign-off has passed")


def test_each_role_finds_its_button(world: World) -> None:
    story, _letter = submitted(world)
    forwarding, answering = page(story, f"forward/?unit={SUZHOU}"), page(story, "reply/")
    assert buttons(office(story), story) == [
        forwarding,
        page(story, "forward/?unit=330400"),
        answering,
    ]
    assert buttons(contact(story, SUZHOU), story) == [forwarding]
    assert buttons(contact(story, JIANGSU), story) == [answering]
    assert buttons(contact(story, WUJIANG), story) == []
    asks = {
        code: contact(story, code).get(page(story)).context["can_ask"]
        for code in (JIANGSU, SUZHOU, WUJIANG)
    }
    assert asks == {JIANGSU: True, SUZHOU: False, WUJIANG: False}


def test_a_neighbour_learns_outcome_and_publication_only(world: World) -> None:
    story, letter = submitted(world)
    reply(story, on=today())
    place = "https://www.example.gov.cn/plan"
    publish_plan(
        actor=story.coordinator,
        plan=story.plan,
        said=LetterText(dated_on=today(), place=place),
    )
    answer = contact(story, KUNSHAN).get(page(story))
    text = answer.content.decode()
    kinds = [line.step.kind.value for line in answer.context["lines"]]
    assert kinds == ["reply", "publication"]
    assert ("Approved" in text, place in text, letter.number in text) == (True, True, False)
    assert contact(story, KUNSHAN).get(page(story, f"letters/{letter.pk}/file/")).status_code == 404


def test_a_neighbour_is_not_told_what_is_under_way(world: World) -> None:
    story, _letter = submitted(world)
    lines = contact(story, KUNSHAN).get(page(story)).context["lines"]
    assert [str(line.state) for line in lines] == ["Not yet", "Not yet"]
    assert [line.step.due_on for line in lines] == [None, None]


def test_a_request_by_form_keeps_its_letter(world: World) -> None:
    story = signed(world)
    upload = SimpleUploadedFile("请示.pdf", PDF, content_type="application/pdf")
    answer = office(story).post(page(story, "submit/"), request_data(file=upload))
    assert (answer.status_code, answer["Location"]) == (302, page(story))
    letter = ApprovalLetter.objects.get()
    assert letter.file.name == "请示.pdf"
    download = contact(story, SHANGHAI).get(page(story, f"letters/{letter.pk}/file/"))
    assert (download.status_code, download.getvalue()) == (200, PDF)
    download.close()


def test_wrong_input_keeps_the_text_and_stands_at_the_field(world: World) -> None:
    story = signed(world)
    wrong = SimpleUploadedFile("a.exe", b"MZ\x00\x00", content_type="application/pdf")
    data = request_data(dated_on=today(3).isoformat(), text="附件三份", file=wrong)
    answer = office(story).post(page(story, "submit/"), data)
    form = answer.context["form"]
    assert (answer.status_code, list(form.errors)) == (422, ["file"])
    assert "附件三份" in answer.content.decode()
    answer = office(story).post(
        page(story, "submit/"), request_data(addressees=[], others="999999，abc")
    )
    assert list(answer.context["form"].errors) == ["others"]
    answer = office(story).post(page(story, "submit/"), request_data(senders=[KUNSHAN]))
    assert list(answer.context["form"].errors) == ["senders"]
    assert ApprovalLetter.objects.count() == 0


def test_a_double_click_enters_one_request(world: World) -> None:
    story = signed(world)
    client = office(story)
    codes = [client.post(page(story, "submit/"), request_data()).status_code for _n in range(2)]
    assert (codes, ApprovalLetter.objects.count()) == ([302, 422], 1)


def test_what_is_missing_is_named_with_its_page(world: World) -> None:
    story = agreed(world)
    answer = office(story).post(page(story, "submit/"), request_data())
    codes = {one.code for one in answer.context["blockers"]}
    assert (answer.status_code, codes) == (422, {"statement.unsigned", "dossier.missing"})


def test_who_may_not_is_refused_and_strangers_find_nothing(world: World) -> None:
    story, letter = submitted(world)
    paths = ["submit/", "forward/", "notices/ask/", "publish/", "file/"]
    codes = [contact(story, WUJIANG).get(page(story, path)).status_code for path in paths]
    assert codes == [403] * len(paths)
    stranger = entered(world.user("100000", Role.CONTACT_POINT))
    paths += ["", f"letters/{letter.pk}/correct/"]
    assert [stranger.get(page(story, path)).status_code for path in paths] == [404] * len(paths)


def test_a_correction_shows_the_former_letter_and_keeps_it_readable(world: World) -> None:
    story, letter = submitted(world)
    client, path = office(story), page(story, f"letters/{letter.pk}/correct/")
    initial = client.get(path).context["form"].initial
    assert (initial["number"], initial["senders"]) == (letter.number, letter.senders)
    client.post(path, request_data(number="2号", reason="录错"))
    shown = client.get(page(story)).context["letters"]
    assert [(one.row.number, one.is_corrected) for one in shown] == [
        ("2号", False),
        (letter.number, True),
    ]
    assert client.get(path).status_code == 409


@pytest.mark.parametrize("many", [8, pytest.param(1_000, marks=pytest.mark.prove)])
def test_the_page_costs_the_same_for_two_and_for_many_letters(world: World, many: int) -> None:
    story, _letter = submitted(world)
    forward_plan(
        actor=story.coordinator,
        plan=story.plan,
        said=LetterText(dated_on=today(), number="1号", senders=[SUZHOU], addressees=[JIANGSU]),
    )
    client = office(story)
    client.get(page(story))

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(page(story)).status_code == 200
        return len(captured)

    few = cost()
    for number in range(6):
        last = ask_completion(
            actor=story.coordinator,
            plan=story.plan,
            said=LetterText(
                dated_on=today(),
                number=f"{number}号",
                senders=[SHANGHAI],
                text=f"补充{number}",
                due_on=today(5),
            ),
        )
    multiply(last, many - 8, number=lambda number: f"又{number}号")
    assert (cost(), len(client.get(page(story)).context["letters"])) == (few, many)


def test_programs_read_the_steps_and_enter_letters(world: World) -> None:
    story = signed(world)
    mandate = world.mandate(QINGPU, Role.COORDINATOR, plan_key=story.plan.key)
    _row, token = make_token(actor=actor_of(mandate), user=mandate.user, name="program", days=1)
    client = Client(headers={"authorization": f"Token {token}", **ENGLISH})
    address = f"/api/v1/plans/{story.plan.key}/approval/"
    made = client.post(address + "submission/", request_data(), "application/json")
    assert made.status_code == 201
    again = client.post(address + "submission/", request_data(), "application/json")
    assert again.status_code == 409
    wrong = client.post(
        address + "notices/",
        {"dated_on": today().isoformat(), "senders": [KUNSHAN], "number": "1", "text": "x"},
        "application/json",
    )
    assert wrong.status_code == 400
    told = client.get(address).json()
    assert [one["kind"] for one in told["letters"]] == ["submission"]
    assert [one["state"] for one in told["steps"] if one["kind"] == "forwarding"] == [
        "open",
        "open",
    ]


def test_a_returned_plan_shows_so(world: World) -> None:
    story, _letter = submitted(world)
    reply(story, ReplyOutcome.RETURNED)
    text = office(story).get(page(story)).content.decode()
    assert "Returned" in text
    assert page(story, "publish/") not in text


def test_what_a_letter_says_is_text_and_never_markup(world: World) -> None:
    story = signed(world)
    letter = submit_plan(
        actor=story.coordinator,
        plan=story.plan,
        said=request_text(text="<script>alert(1)</script>"),
    )
    correct_letter(
        actor=story.coordinator,
        plan=story.plan,
        letter=letter.pk,
        said=request_text(),
        reason="<b>x</b>",
    )
    text = office(story).get(page(story)).content.decode()
    assert ("<script>alert" in text, "<b>x</b>" in text) == (False, False)
