"""Invitations to give an opinion: by link and signed in, from the mail to the answer."""

import re
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from consult.phase2_preparation import actions
from consult.phase2_preparation.actions import asked, experts
from consult.phase2_preparation.actions.experts import Asked
from consult.phase2_preparation.adoption_table.lines import found_comments, read_lines
from consult.phase2_preparation.checks import OVER
from consult.phase2_preparation.duties import duties, duties_of_experts
from consult.phase2_preparation.enums import InvitationState, SuggestionOutcome
from consult.phase2_preparation.lengths import window_of
from consult.phase2_preparation.models import (
    Comment,
    ExpertInvitation,
    ExpertOpinion,
    Reply,
    Round,
)
from consult.phase2_preparation.queries import answering, visible_comments
from consult.phase2_preparation.queries import experts as queries
from consult.phase2_preparation.queries.dispositions import get_comment
from consult.phase2_preparation.queries.thread import thread_of
from consult.phase2_preparation.steps.experts import Person, Until, mint_link, receipt_of
from consult.phase2_preparation.tasks import remind_by_link
from stakeholders.notices.actions import drain_outbox
from stakeholders.notices.models import OutboxMessage
from stakeholders.people.actions import close_after_restore
from stakeholders.people.models import Organization
from stakeholders.record.models import RecordEntry
from stakeholders.terms import clock
from stakeholders.terms.actor import SYSTEM, Role
from stakeholders.terms.errors import Conflict, Invalid, NotVisible, Refused
from tests.consult.phase2_preparation.stage import Scene
from tests.consult.phase2_preparation.test_sight import office_client
from tests.world import QINGPU, WUJIANG, person

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
pytestmark = pytest.mark.django_db


@pytest.fixture
def stated_clock() -> Iterator[Callable[[datetime], object]]:
    """Lets a test say what time it is, as often as it likes."""
    with ExitStack() as stack:
        yield lambda at: stack.enter_context(clock.stated(at))


def invited(scene: Scene, one: Round | None = None, **options: object) -> ExpertInvitation:
    given = {"audience": "expert", "name": "王教授", "email": "wang@expert.example", **options}
    asked = given.pop("asked", Asked(items=["aim"], questions="够不够？"))
    until = given.pop("until", None)
    return experts.invite_expert(
        actor=scene.office,
        plan=scene.plan,
        one=one or scene.open(),
        person=Person(**given),
        asked=asked,
        until=until,
    )


def links_of(row: ExpertInvitation) -> list[str]:
    """The links as the mails hold them, the newest last."""
    drain_outbox(actor=SYSTEM)
    bodies = [str(one.body) for one in mail.outbox if row.email in one.to]
    return re.findall(r"(/asked/by-link/[\w-]+/)", "".join(bodies))


def link_of(row: ExpertInvitation) -> str:
    return links_of(row)[-1]


def entered(row: ExpertInvitation, link: str = "") -> Client:
    client = Client()
    answer = client.post(link or link_of(row))
    assert (answer.status_code, answer.url) == (302, "/asked/")
    return client


def by_link(row: ExpertInvitation):
    row.refresh_from_db()
    return queries.link_actor(row)


def said(row: ExpertInvitation, **values: object) -> None:
    given = {"item_key": "aim", "kind": "technical", "text": "改一改", "wording": "", **values}
    asked.save_remark(actor=by_link(row), row=row, key=uuid.uuid4(), **given)


def handed_in(row: ExpertInvitation) -> ExpertOpinion:
    said(row)
    return asked.submit_opinion(actor=by_link(row), row=row, result="minor", summary="总体可行")


def test_an_invitation_names_nobody_in_the_record(scene: Scene) -> None:
    row = invited(scene)
    entry = RecordEntry.objects.order_by("-pk")[0]
    assert entry.act == "expert.invite"
    assert "王教授" not in entry.payload
    assert "wang@" not in entry.payload
    assert list(row.items.values_list("key", flat=True)) == ["aim"]
    assert row.closes_at == row.round.closes_at


def test_the_link_is_made_while_the_mail_leaves_and_only_its_hash_stays(scene: Scene) -> None:
    row = invited(scene)
    assert OutboxMessage.objects.get(minter=queries.MINTER).body.count("/asked/") == 0
    link = link_of(row)
    row.refresh_from_db()
    token = link.rstrip("/").rsplit("/", 1)[1]
    assert row.token_hash == queries.hash_of(token)
    assert token not in OutboxMessage.objects.get(minter=queries.MINTER).body
    assert row.sent_at is not None


def test_opening_the_address_does_nothing(scene: Scene) -> None:
    row = invited(scene)
    link, client = link_of(row), Client()
    with CaptureQueriesContext(connection) as asked:
        shown = client.get(link)
    assert [q["sql"] for q in asked if "expert" in q["sql"] or "session" in q["sql"]] == []
    wrong = client.get("/asked/by-link/wrong/")
    assert (shown.status_code, wrong.status_code) == (200, 200)
    assert shown["Referrer-Policy"] == "strict-origin"
    assert row.plan.title_zh not in shown.content.decode()
    row.refresh_from_db()
    assert row.opened_at is None
    assert client.get("/asked/").status_code == 404


def test_the_page_shows_what_is_asked_and_nothing_else(scene: Scene) -> None:
    row = invited(scene)
    client = entered(row)
    page = client.get("/asked/").content.decode()
    assert "够不够？" in page
    assert ">aim<" in page
    assert ">water<" not in page
    assert row.zone in page
    row.refresh_from_db()
    assert row.state == InvitationState.OPENED


@pytest.mark.parametrize(
    "path", ["/", "/plans/", "/plans/QWJ/", "/plans/QWJ/experts/", "/api/v1/plans/", "/files/"]
)
def test_every_other_address_is_not_there_for_a_link(scene: Scene, path: str) -> None:
    client = entered(invited(scene))
    assert client.get(path).status_code == 404
    assert client.post(path).status_code == 404


def test_wrong_revoked_and_overdue_links_have_one_status_and_their_words(
    scene: Scene, stated_clock
) -> None:
    one = scene.open()
    revoked, overdue = invited(scene, one), invited(scene, one, email="li@expert.example")
    links = [link_of(revoked), link_of(overdue)]
    experts.revoke_expert(actor=scene.office, plan=scene.plan, row=revoked)
    stated_clock(overdue.closes_at)
    answers = [Client().post(path) for path in ("/asked/by-link/guess/", *links)]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    texts = {str(answer.context["said"]) for answer in answers}
    assert len(texts) == 2  # a revoked link's hash is gone: it reads like one never given
    assert str(answers[2].context["said"]) == str(OVER)


def test_guesses_are_limited_per_address(scene: Scene, settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "asked_link": "3/m/ip"}
    client = Client()
    answers = [client.post(f"/asked/by-link/guess{n}/").status_code for n in range(5)]
    assert answers == [404, 404, 404, 429, 429]


def test_sending_again_kills_the_old_link_and_who_is_in_by_it(scene: Scene) -> None:
    row = invited(scene)
    old = link_of(row)
    client = entered(row, old)
    experts.remind_expert(actor=scene.office, plan=scene.plan, row=row)
    assert Client().post(old).status_code == 404
    assert client.get("/asked/").status_code == 404
    assert entered(row).get("/asked/").status_code == 200


def test_after_a_restore_no_link_opens_until_it_is_sent_again(scene: Scene) -> None:
    row = invited(scene)
    old = link_of(row)
    client = entered(row, old)
    assert close_after_restore(actor=SYSTEM)["expert_links"] == 1
    assert Client().post(old).status_code == 404
    assert client.get("/asked/").status_code == 404
    experts.remind_expert(actor=scene.office, plan=scene.plan, row=row)
    assert entered(row).get("/asked/").status_code == 200


def test_a_draft_outlives_its_session_and_is_nobody_elses(scene: Scene) -> None:
    row = invited(scene)
    link = link_of(row)
    client = entered(row, link)
    data = {"do": "remark", "key": str(uuid.uuid4()), "item": "aim", "type": "technical"}
    assert client.post("/asked/", {**data, "text": "请明确口径"}).status_code == 302
    assert (
        client.post("/asked/", {"do": "result", "result": "major", "summary": "半"}).status_code
        == 302
    )
    again = entered(row, link).get("/asked/").content.decode()
    assert "请明确口径" in again
    assert ">半</textarea>" in again.replace("\n", "")
    assert Comment.objects.count() == 0
    office = Client()
    office.force_login(coordinator(scene))
    assert "请明确口径" not in office.get("/plans/QWJ/experts/").content.decode()


def coordinator(scene: Scene):
    return scene.world.mandate(QINGPU, Role.COORDINATOR, plan_key=scene.plan.key).user


def test_an_opinion_is_handed_in_once_and_shows_its_receipt(scene: Scene) -> None:
    row = invited(scene)
    client = entered(row)
    said(row, wording="应为三")
    data = {"do": "result", "result": "minor", "summary": "Feasible", "hand_in": "1"}
    assert client.post("/asked/", data).status_code == 302
    reply = Reply.objects.get(source="expert")
    comment = reply.comments.get()
    assert (reply.mandate_id, reply.text, reply.is_late) == (None, "Feasible", False)
    assert (comment.text_zh, comment.wording_zh, comment.item.key) == ("改一改", "应为三", "aim")
    entry = RecordEntry.objects.order_by("-pk")[0]
    assert (entry.act, entry.actor_kind) == ("opinion.submit", "link")
    assert f'"invitation":{row.pk}' in entry.payload
    page = client.get("/asked/").content.decode()
    row = queries.get_invitation(scene.plan, number=row.number)
    assert receipt_of(row) in page
    assert "改一改" in page
    second = client.post("/asked/", data)
    assert second.status_code == 422
    assert ExpertOpinion.objects.count() == 1
    assert entered(row).get("/asked/").status_code == 200


def test_the_closing_instant_takes_nothing_and_a_moment_before_all(
    scene: Scene, stated_clock
) -> None:
    row = invited(scene)
    said(row)
    row.refresh_from_db()
    stated_clock(row.closes_at)
    with pytest.raises(Conflict):
        asked.submit_opinion(actor=by_link(row), row=row, result="ready", summary="好")
    with pytest.raises(Conflict):
        said(row)
    stated_clock(row.closes_at - timedelta(microseconds=1))
    asked.submit_opinion(actor=by_link(row), row=row, result="ready", summary="好")
    assert Reply.objects.count() == 1


def test_a_post_after_the_end_gives_back_what_was_typed(scene: Scene, stated_clock) -> None:
    row = invited(scene)
    client = entered(row)
    stated_clock(row.closes_at)
    text = "这是一段写了很久的意见，超过二十个字符，不能丢失。"
    answer = client.post("/asked/", {"do": "result", "summary": text, "hand_in": "1"})
    assert answer.status_code == 404
    assert text in answer.content.decode()


def test_the_link_of_one_plan_does_nothing_in_another(scene: Scene) -> None:
    row = invited(scene)
    other = invited(scene, row.round, email="li@expert.example")
    with pytest.raises(NotVisible):
        asked.submit_opinion(actor=by_link(other), row=row, result="ready", summary="好")
    with pytest.raises(Invalid) as found:
        said(row, item_key="water")
    assert list(found.value.errors) == ["item"]
    key = uuid.uuid4()
    given = {"item_key": "", "kind": "general", "text": "好"}
    asked.save_remark(actor=by_link(row), row=row, key=key, **given)
    with pytest.raises(NotVisible):
        asked.save_remark(actor=by_link(other), row=other, key=key, **given)


def test_long_and_hostile_text(scene: Scene) -> None:
    row = invited(scene)
    client = entered(row)
    data = {"do": "remark", "key": str(uuid.uuid4()), "item": "", "type": "general"}
    long = client.post("/asked/", {**data, "text": "字" * 100_000})
    assert long.status_code == 422
    assert "字" * 1000 in long.content.decode()
    assert row.remarks.count() == 0
    payload = "<script>alert(1)</script>"
    client.post("/asked/", {**data, "text": payload, "wording": payload})
    page = client.get("/asked/").content.decode()
    assert payload not in page
    assert "&lt;script&gt;" in page


def test_files_come_through_the_link_and_huge_or_strange_ones_do_not(
    scene: Scene, settings, tmp_path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    row = invited(scene)
    client = entered(row)
    pdf = SimpleUploadedFile("意见.pdf", PDF)
    assert client.post("/asked/", {"do": "file", "file": pdf}).status_code == 302
    kept = row.files.get(is_answer=True)
    assert kept.stored.uploaded_by_id is None
    given = client.get(f"/asked/files/{kept.stored_id}/")
    assert b"".join(given.streaming_content) == PDF
    assert Client().get(f"/asked/files/{kept.stored_id}/").status_code == 404
    exe = SimpleUploadedFile("x.pdf", b"MZ" + b"\0" * 100)
    assert client.post("/asked/", {"do": "file", "file": exe}).status_code == 422
    settings.FILE_MAX_SIZE = 1000
    huge = SimpleUploadedFile("y.pdf", PDF + b" " * 2000)
    assert client.post("/asked/", {"do": "file", "file": huge}).status_code == 422
    assert row.files.count() == 1
    office = Client()
    office.force_login(coordinator(scene))
    path = reverse("preparation:opinion_file", args=["QWJ", kept.stored_id])
    assert office.get(path).status_code == 404  # not handed in
    handed_in(row)
    assert b"".join(office.get(path).streaming_content) == PDF


def test_a_sealed_round_hides_opinions_until_it_ends(scene: Scene, stated_clock) -> None:
    row = invited(scene, scene.open(is_sealed=True))
    opinion = handed_in(row)
    shown = {"actor": scene.office, "plan": scene.plan}
    assert list(queries.visible_opinions(**shown)) == []
    assert list(visible_comments(**shown)) == []
    entry = RecordEntry.objects.filter(act="opinion.submit").get()
    assert "commitment" in entry.payload
    assert "minor" not in entry.payload
    stated_clock(row.closes_at)
    actions.close_round(actor=SYSTEM, plan=scene.plan, one=row.round)
    assert list(queries.visible_opinions(**shown)) == [opinion]
    opened = RecordEntry.objects.filter(act="round.close").get()
    assert '\\"result\\":\\"minor\\"' in opened.payload


def test_the_parties_see_the_name_or_the_number(scene: Scene) -> None:
    one = scene.open()
    named, numbered = (
        invited(scene, one),
        invited(scene, one, email="b@x.example", shown_as="number"),
    )
    for row in (named, numbered):
        handed_in(row)
    speakers = [str(reply.speaker) for reply in Reply.objects.order_by("pk")]
    assert speakers == ["王教授", f"专家 {numbered.number}"]
    client = Client()
    client.force_login(scene.world.user(WUJIANG, Role.PLANNER))
    page = client.get("/plans/QWJ/experts/").content.decode()
    assert page.count("王教授") == 1
    assert "expert.example" not in page


def test_an_expert_answers_what_became_of_its_remark(scene: Scene) -> None:
    row = invited(scene)
    comment = handed_in(row).reply.comments.get()
    scene.decide(comment, "not_adopted", reason_zh="不采纳理由")
    link = link_of(row)
    client = entered(row, link)
    assert "不采纳理由" not in client.get("/asked/").content.decode()
    actions.publish_dispositions(actor=scene.office, plan=scene.plan)
    assert "不采纳理由" in client.get("/asked/").content.decode()
    shown = comment.dispositions.get()
    data = {"do": "answer", "disposition": shown.pk, "accepts": "no"}
    assert client.post("/asked/", {**data, "text": ""}).status_code == 422
    assert client.post("/asked/", {**data, "text": "仍有疑问"}).status_code == 302
    answer = shown.answers.get()
    assert (answer.accepts, answer.mandate_id, answer.text) == (False, None, "仍有疑问")
    # Whoever refuses, the list of what is not accepted holds it, as the queue does.
    Round.objects.update(closed_at=clock.now())
    refused = answering.not_accepted(actor=scene.office, plan=scene.plan)
    assert [one.comment_id for one in refused] == [comment.pk]
    assert not answering.own_answered(actor=scene.office, plan=scene.plan).exists()
    page = office_client(scene).get("/plans/QWJ/answers/")
    assert "王教授" in page.content.decode()


def test_declining_needs_a_reason_and_a_name_can_be_suggested_in_its_place(scene: Scene) -> None:
    row = invited(scene)
    with pytest.raises(Invalid):
        asked.decline_opinion(actor=by_link(row), row=row, reason=" ")
    asked.decline_opinion(actor=by_link(row), row=row, reason="利益冲突")
    row.refresh_from_db()
    assert row.state == InvitationState.DECLINED
    with pytest.raises(Conflict):
        handed_in(row)
    made = asked.suggest_expert(
        actor=by_link(row), row=row, name="李工", field="交通", email="li@expert.example"
    )
    wait = [d.kind for d in duties(plans=[scene.plan], now=clock.now())]
    assert "expert.decide_suggestion" in wait
    experts.decide_suggestion(actor=scene.office, plan=scene.plan, suggestion=made, invite=True)
    made.refresh_from_db()
    assert made.outcome == SuggestionOutcome.INVITED
    assert (made.led_to.email, made.led_to.questions) == ("li@expert.example", "够不够？")
    assert list(made.led_to.items.values_list("key", flat=True)) == ["aim"]
    with pytest.raises(Conflict):
        experts.decide_suggestion(
            actor=scene.office, plan=scene.plan, suggestion=made, invite=False
        )


def test_more_time_is_asked_for_and_given_and_a_late_answer_says_so(
    scene: Scene, stated_clock
) -> None:
    row = invited(scene)
    end = row.closes_at
    day = (end + timedelta(days=5)).date()
    asked.ask_longer(actor=by_link(row), row=row, until=day, reason="出差")
    assert "expert.extend" in [d.kind for d in duties(plans=[scene.plan], now=clock.now())]
    experts.extend_expert(
        actor=scene.office,
        plan=scene.plan,
        row=row,
        until=Until(at=end + timedelta(days=5), zone=row.zone),
    )
    stated_clock(end + timedelta(days=1))
    assert handed_in(row).reply.is_late is True


def test_erasing_forgets_the_person_and_keeps_what_was_said(scene: Scene) -> None:
    row = invited(scene)
    handed_in(row)
    asked.suggest_expert(actor=by_link(row), row=row, name="李工", field="", email="l@x.example")
    drain_outbox(actor=SYSTEM)
    experts.erase_expert(actor=scene.world.admin, plan=scene.plan, row=row)
    row.refresh_from_db()
    assert (row.name, row.email, row.nonce, row.token_hash) == ("", "", "", "")
    assert row.suggestions.get().name == ""
    assert OutboxMessage.objects.filter(recipient="wang@expert.example").count() == 0
    assert str(Reply.objects.get().speaker) == f"专家 {row.number}"
    entry = RecordEntry.objects.order_by("-pk")[0]
    assert entry.act == "expert.erase"
    with pytest.raises(Conflict):
        experts.erase_expert(actor=scene.office, plan=scene.plan, row=row)
    with pytest.raises(Refused):
        experts.erase_expert(actor=scene.actor(WUJIANG), plan=scene.plan, row=row)


def test_erased_before_the_mail_left_no_link_is_made(scene: Scene) -> None:
    row = invited(scene)
    experts.erase_expert(actor=scene.office, plan=scene.plan, row=row)
    assert OutboxMessage.objects.filter(minter=queries.MINTER).count() == 0
    assert mint_link(str(row.pk)) is None


def test_links_are_sent_once_more_per_window_and_leave_who_writes_in(
    scene: Scene, stated_clock
) -> None:
    row = invited(scene)
    link, now = link_of(row), row.closes_at - timedelta(days=2)
    stated_clock(now)
    client = entered(row, link)
    Round.objects.filter(pk=row.round_id).update(opens_at=now)
    assert [remind_by_link(now), remind_by_link(now)] == [1, 0]
    assert len(links_of(row)) == 2
    assert client.get("/asked/").status_code == 200
    assert remind_by_link(row.closes_at - timedelta(hours=1)) == 1
    stated_clock(row.closes_at)
    assert remind_by_link(row.closes_at) == 0


def test_windows_of_reminders() -> None:
    end = clock.now() + timedelta(days=30)
    found = [window_of(closes_at=end, now=end - timedelta(days=d)) for d in (8, 7, 3, 1, 0)]
    assert [text.partition(":")[0] for text in found] == ["", "7", "3", "1", ""]


def test_an_expert_with_an_account_answers_from_the_desk(scene: Scene) -> None:
    mandate = scene.world.mandate(QINGPU, Role.EXPERT)
    row = invited(scene, user=mandate.user, name="", email="")
    assert OutboxMessage.objects.filter(minter=queries.MINTER).count() == 0
    actor = scene.world.actor(QINGPU, Role.EXPERT)
    owed = [d.kind for d in duties(plans=[scene.plan], now=clock.now()) if d.user_id]
    invited_duties = duties_of_experts(actor=actor, now=clock.now())
    assert owed == ["opinion.submit"]
    assert [d.url for d in invited_duties] == [f"/asked/{row.pk}/"]
    client = Client()
    client.force_login(mandate.user)
    assert client.get(f"/asked/{row.pk}/").status_code == 200
    data = {"do": "result", "result": "ready", "summary": "好", "hand_in": "1"}
    assert client.post(f"/asked/{row.pk}/", data).status_code == 302
    assert Reply.objects.get(source="expert").mandate_id == mandate.pk
    other = Client()
    other.force_login(person("x@x.example", "x"))
    assert other.get(f"/asked/{row.pk}/").status_code == 404


def test_only_the_office_asks_and_only_in_a_running_round(scene: Scene, stated_clock) -> None:
    one = scene.open()
    with pytest.raises(Refused):
        experts.invite_expert(
            actor=scene.actor(WUJIANG),
            plan=scene.plan,
            one=one,
            person=Person(audience="expert", name="x", email="x@x.example"),
            asked=Asked(),
        )
    for wrong in ({"email": "no"}, {"name": ""}, {"audience": "king"}):
        with pytest.raises(Invalid):
            invited(scene, one, **wrong)
    stated_clock(one.closes_at)
    with pytest.raises(Conflict):
        invited(scene, one)


def test_who_was_promised_a_number_is_named_by_no_body_in_the_thread(scene: Scene) -> None:
    mandate = scene.world.mandate(QINGPU, Role.EXPERT)
    row = invited(scene, user=mandate.user, name="", email="", shown_as="number")
    actor = scene.world.actor(QINGPU, Role.EXPERT)
    remark = {"key": uuid.uuid4(), "item_key": "aim", "kind": "technical", "text": "改"}
    asked.save_remark(actor=actor, row=row, **remark)
    asked.submit_opinion(actor=actor, row=row, result="minor", summary="可行")
    comment = Comment.objects.get()
    given = scene.decide(comment, "noted")
    actions.publish_dispositions(actor=scene.office, plan=scene.plan)
    row.refresh_from_db()
    asked.answer_by_invitation(actor=actor, row=row, disposition=given, accepts=True)
    read = get_comment(actor=scene.actor(WUJIANG), plan=scene.plan, number=comment.number)
    thread = thread_of(actor=scene.actor(WUJIANG), comment=read)
    said = [(one.kind, one.mandate) for one in thread if one.kind in ("submitted", "answered")]
    assert said == [("submitted", None), ("answered", None)]


def test_the_page_is_read_under_the_mandate_for_its_plan(scene: Scene) -> None:
    """An expert of two plans opens the pages of both, whichever the header names."""
    mandate = scene.world.mandate(QINGPU, Role.EXPERT, plan_key="OTHER")
    own = scene.world.mandate(QINGPU, Role.EXPERT, plan_key=scene.plan.key)
    assert own.user == mandate.user
    row = invited(scene, user=own.user, name="", email="")
    client = Client()
    client.force_login(own.user)
    session = client.session
    session["acting_mandate"] = mandate.pk
    session.save()
    assert client.get(f"/asked/{row.pk}/").status_code == 200
    own.delete()
    assert client.get(f"/asked/{row.pk}/").status_code == 404


def test_two_experts_of_one_body_count_as_two(scene: Scene) -> None:
    one = scene.open()
    body = Organization.objects.create(key="I1", name_zh="研究院", kind="expert_committee")
    for name in ("王教授", "李教授"):
        handed_in(
            invited(scene, one, name=name, email=f"{name == '王教授'}@e.example", organization=body)
        )
    found = found_comments(actor=scene.office, plan=scene.plan, filters={})
    lines = read_lines(found, plan=scene.plan, after=0)
    assert [line.name for line in lines] == ["王教授", "李教授"]
    assert len({line.who for line in lines}) == 2


def test_remarks_bear_the_sign_and_title_of_their_article(scene: Scene) -> None:
    row = invited(scene)
    client = entered(row)
    said(row)
    drafted = client.get("/asked/", headers={"accept-language": "en"}).content.decode()
    assert '<span class="muted">Article 1 Title · ' in drafted
    assert '<option value="aim">Article 1 Title</option>' in drafted
    asked.submit_opinion(actor=by_link(row), row=row, result="minor", summary="可行")
    shown = client.get("/asked/", headers={"accept-language": "en"}).content.decode()
    assert "<h3>Article 1 Title</h3>" in shown


def test_the_mail_says_who_asks_on_what_until_when_and_who_answers_questions(scene: Scene) -> None:
    row = invited(scene)
    link_of(row)
    sent = mail.outbox[-1]
    user, ends = row.mandate.user, f"{timezone.localtime(row.closes_at):%Y-%m-%d %H:%M}"
    assert row.plan.short_zh in sent.subject
    for words in (
        "尊敬的王教授：",
        f"“{row.plan.title_zh}”联合办公室（{row.mandate.holder_name}）",
        f"{ends}（北京时间）",
        f"如有疑问，请与{user.name_zh}联系，电子邮箱：{user.email}。",
        "Dear 王教授,",
        f"{ends} (Beijing time)",
    ):
        assert words in sent.body
    assert "Asia/Shanghai" not in sent.body


def test_a_result_is_asked_for_where_the_opinion_is_handed_in(scene: Scene) -> None:
    client = entered(invited(scene))
    page = client.get("/asked/", headers={"accept-language": "en"}).content.decode()
    assert re.search(r'<label[^>]*for="result-result">Result</label>', page)
    kept = {"do": "result", "result": "", "summary": "可行"}
    assert client.post("/asked/", kept).status_code == 302
    assert client.post("/asked/", {**kept, "hand_in": "1"}).status_code == 422


def test_provisions_to_ask_about_are_named_in_the_readers_language(scene: Scene) -> None:
    scene.open()
    page = office_client(scene).get(
        f"/plans/{scene.plan.key}/rounds/1/experts/new/", headers={"accept-language": "en"}
    )
    assert "Article 1 Title" in page.content.decode()
