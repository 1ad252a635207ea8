"""Audiences, announced openings, extensions, late answers, letters, displays and symposia."""

import sys
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_django
from django.db import DatabaseError, transaction
from django.utils import translation
from django.utils.timezone import localtime

from consult.phase2_preparation import actions, queries
from consult.phase2_preparation.actions import Said
from consult.phase2_preparation.duties import duties
from consult.phase2_preparation.forms.replies import ReplyForm
from consult.phase2_preparation.gate import blockers
from consult.phase2_preparation.gate import rounds as gate_of_rounds
from consult.phase2_preparation.lengths import RoundTerms
from consult.phase2_preparation.models import Reply, ReplyLetter, Round, RoundExtension
from consult.phase2_preparation.steps import Letter, Opinion, Oral, Remark
from consult.phase2_preparation.tasks import begin_due_rounds, close_due_rounds
from plans.register.actions import admit_body
from stakeholders.access.steps import role_groups
from stakeholders.files.enums import LETTERS
from stakeholders.files.models import StoredFile
from stakeholders.files.steps import keep
from stakeholders.jurisdictions.models import Adjacency, Jurisdiction
from stakeholders.notices.models import Notice, OutboxMessage
from stakeholders.people.models import Mandate, Organization
from stakeholders.people.queries import actor_of
from stakeholders.record.queries import check_chains
from stakeholders.terms import clock
from stakeholders.terms.actor import SYSTEM, Actor, Role
from stakeholders.terms.errors import Conflict, Invalid, Refused
from tests.consult.phase2_preparation.stage import Scene, later
from tests.consult.phase2_preparation.test_actions import acts, last
from tests.stakeholders.files import samples
from tests.world import JIASHAN, KUNSHAN, QINGPU, WUJIANG, in_days, person

BORDER = "310117"


# The package of queries names its function `progress` like the module it comes from.
progress_module = sys.modules["consult.phase2_preparation.queries.progress"]


@pytest.fixture(autouse=True)
def media(tmp_path: Path, settings: pytest_django.Settings) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def stored(scene: Scene, code: str = QINGPU) -> StoredFile:
    user = scene.world.user(code, Role.CONTACT_POINT)
    upload = samples.upload(samples.PDF, "函.pdf")
    return keep(upload=upload, person_id=user.pk, kinds=LETTERS)


def whole(scene: Scene, code: str = QINGPU) -> Letter:
    return Letter(number="函1", on=clock.now().date(), issuer="人民政府", file=stored(scene, code))


def said(scene: Scene, text: str = "意见", **options: Any) -> Said:
    opinion = Opinion(remark=Remark(type="general", text_zh=text), item_key="aim")
    return Said(**{"opinions": [opinion], "letter": whole(scene), **options})


def after(days: float) -> datetime:
    return clock.now() + timedelta(days=days)


def body(key: str, kind: str, *codes: str) -> Organization:
    made = Organization.objects.create(key=key, name_zh=key, kind=kind)
    made.jurisdictions.set(codes)
    return made


@pytest.fixture
def around(scene: Scene) -> Scene:
    """A neighbour that is no party, a department, experts and an enterprise."""
    neighbour = Jurisdiction.objects.create(
        code=BORDER,
        parent_id="310000",
        level="county",
        name_zh="松江区",
        name_en="Songjiang",
        name_en_unique="Songjiang",
        short_zh="松江",
        short_en="Songjiang",
        type_zh="区",
        type_en="District",
        path="100000/310000/310117/",
    )
    Adjacency.objects.create(a=neighbour, b_id=QINGPU, level="county", relation="land", shared_km=5)
    body("q-wa", "sector_department", QINGPU)
    body("ex", "expert_committee")
    body("tx", "enterprise")
    body("jo", "joint_body", QINGPU)
    return scene


def proposals(scene: Scene) -> dict[str, list[str]]:
    return {
        group.audience.value: [u.code for u in group.units] + [b.key for b in group.bodies]
        for group in queries.proposed(scene.plan)
    }


def standing(scene: Scene, one: Round, actor: Actor | None = None) -> dict[str, str]:
    one = Round.objects.select_related("plan", "revision").get(pk=one.pk)
    rows = queries.progress(actor=actor or scene.office, one=one)
    return {str(row.invitee): row.standing.value for row in rows}


def test_whom_a_round_can_ask_is_proposed_once_each(around: Scene) -> None:
    assert proposals(around) == {
        "party": [QINGPU, WUJIANG, KUNSHAN, JIASHAN],
        "department": ["q-wa"],
        "upper": ["310000", "320500", "330400"],
        "neighbour": [BORDER],
        "expert_committee": ["ex"],
        "enterprise": ["tx"],
    }


def test_all_audiences_are_asked_and_shown_alike(around: Scene) -> None:
    one = around.open(codes=[WUJIANG], units=[BORDER, "310000"], bodies=["q-wa", "ex"])
    rows = one.invitees.order_by("pk").values_list("audience", flat=True)
    assert list(rows) == ["party", "upper", "neighbour", "expert_committee", "department"]
    assert set(standing(around, one).values()) == {"waiting"}
    told = Notice.objects.filter(kind="round").values_list("user_id", flat=True)
    assert list(told) == [around.world.user(WUJIANG, Role.CONTACT_POINT).pk]
    owed = [
        (d.holder_code, d.organization_id is not None)
        for d in duties(plans=[around.plan], now=clock.now())
    ]
    assert sorted(owed, key=str) == sorted(
        [("310000", False), (BORDER, False), (WUJIANG, False), (None, True), (None, True)], key=str
    )


@pytest.mark.parametrize(
    ("options", "field"),
    [
        ({"units": ["110000"]}, "units"),
        ({"bodies": ["jo"]}, "bodies"),
        ({"codes": [], "units": [], "bodies": []}, "codes"),
        ({"opens_on": later(-1)}, "opens_on"),
        ({"opens_on": later(9), "closes_on": later(5)}, "closes_on"),
        ({"closes_on": later(5), "closes_hour": time(0, 0)}, "closes_hour"),
        ({"kind": "display"}, "place"),
        ({"kind": "reconsultation"}, "note"),
        ({"kind": "reconsultation", "note": "x"}, "repeats"),
        ({"kind": "urgent", "letter_days": 0}, "letter_days"),
    ],
)
def test_a_round_that_cannot_be_held_names_the_field(
    around: Scene, options: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as error:
        around.open(**options)
    assert (list(error.value.errors), Round.objects.count()) == ([field], 0)


def test_a_neighbour_answers_by_letter_which_the_office_enters(around: Scene) -> None:
    one, since = around.open(codes=[WUJIANG], units=[BORDER]), last()
    enter = {"actor": around.office, "plan": around.plan, "one": one, "code": BORDER}
    with pytest.raises(Invalid) as error:
        actions.enter_answer(**enter, said=said(around, letter=Letter()))
    assert list(error.value.errors) == ["letter_number", "letter_on", "issuer", "letter_file"]
    reply = actions.enter_answer(**enter, said=said(around))
    assert (reply.source, reply.jurisdiction_id, reply.comments.count()) == ("party", BORDER, 1)
    assert standing(around, one)[BORDER] == "comments"
    assert [act for _chain, act, _s in acts(since)] == ["round.enter_answer"]
    with pytest.raises(Conflict):
        actions.enter_answer(**enter, said=said(around))
    with pytest.raises(Invalid) as error:
        actions.enter_answer(**{**enter, "code": WUJIANG}, said=said(around))
    assert list(error.value.errors) == ["code"]


def test_a_body_that_sees_the_plan_answers_itself(around: Scene) -> None:
    one = around.open(codes=[WUJIANG], bodies=["q-wa", "ex"], is_sealed=True)
    department = Organization.objects.get(key="q-wa")
    planner = Mandate.objects.create(
        user=person("planner@water.example", "water"),
        organization=department,
        role="planner",
        document="test",
        valid_from=in_days(-9),
        granted_by=around.world.administrator,
    )
    role_groups(holder=f"org-{department.pk}", roles=["planner"])
    admit_body(actor=around.office, plan=around.plan, organization=department, role=Role.PLANNER)
    actor = actor_of(planner)
    reply = actions.answer_for_body(
        actor=actor, plan=around.plan, one=one, said=said(around, letter=Letter())
    )
    key = str(department.pk)
    assert (reply.source, reply.organization) == ("body", department)
    assert standing(around, one, actor)[key] == "comments"
    assert standing(around, one)[key] == "answered"
    with pytest.raises(Conflict):
        actions.answer_for_body(actor=actor, plan=around.plan, one=one, said=said(around))
    other = around.open(codes=[WUJIANG])
    with pytest.raises(Refused):
        actions.answer_for_body(actor=actor, plan=around.plan, one=other, said=said(around))


def test_only_the_silence_of_parties_follows_the_charter(
    around: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    strict = RoundTerms(silence_lapses=False)
    for module in (gate_of_rounds, progress_module):
        monkeypatch.setattr(module, "terms_of", lambda plan: strict)
    one = around.open(codes=[WUJIANG], units=[BORDER], bodies=["tx"], closes_on=later(5))
    tx = str(Organization.objects.get(key="tx").pk)
    with clock.stated(after(7)):
        assert standing(around, one) == {BORDER: "lapsed", WUJIANG: "silent", tx: "lapsed"}
        found = [b.code for b in blockers(plan=around.plan)]
        assert found.count("round.unanswered") == 1


def test_an_announced_round_takes_nothing_before_its_hour(scene: Scene) -> None:
    one = scene.open(opens_on=later(3), closes_on=later(9))
    opens = one.opens_at
    assert set(standing(scene, one).values()) == {"not_yet"}
    assert duties(plans=[scene.plan], now=clock.now()) == []
    with pytest.raises(Conflict) as error:
        scene.draft(one, WUJIANG)
    assert f"{opens:%Y-%m-%d}" in str(error.value.text)
    with pytest.raises(Conflict):
        scene.reply(one, WUJIANG)
    with pytest.raises(Conflict):
        actions.enter_opinion(
            actor=scene.office,
            plan=scene.plan,
            one=one,
            source="public",
            opinions=said(scene).opinions,
            letter=Letter(),
        )
    assert begin_due_rounds(clock.now()) == 0
    with clock.stated(opens - timedelta(microseconds=1)), pytest.raises(Conflict):
        scene.draft(one, WUJIANG)
    with clock.stated(opens):
        scene.draft(one, WUJIANG)
        since = last()
        assert (begin_due_rounds(clock.now()), begin_due_rounds(clock.now())) == (1, 0)
        assert acts(since) == [("plan:QWJ", "round.begin", "round:1")]
        assert len(duties(plans=[scene.plan], now=clock.now())) == 5
    with clock.stated(one.closes_at):
        assert close_due_rounds(clock.now()) == 1


def test_the_mail_names_revision_scope_hours_zone_and_address(scene: Scene) -> None:
    one = scene.open(closes_on=later(9))
    text = OutboxMessage.objects.filter(dedupe_key__startswith="round:").latest("pk").body
    for part in (f"{one.closes_on} 17:00", "Beijing time", "revision 1", "all provisions"):
        assert part in text
    assert "/plans/QWJ/rounds/1/" in text


def test_a_round_nobody_answered_is_recalled_and_stays_visible(scene: Scene) -> None:
    one, since = scene.open(), last()
    recall = {"actor": scene.office, "plan": scene.plan, "one": one}
    with pytest.raises(Invalid):
        actions.recall_round(**recall, reason=" ")
    one = actions.recall_round(**recall, reason="附图有误")
    assert acts(since) == [("plan:QWJ", "round.recall", "round:1")]
    assert set(standing(scene, one).values()) == {"recalled"}
    assert duties(plans=[scene.plan], now=clock.now()) == []
    assert blockers(plan=scene.plan)[0].code == "round.none"
    with pytest.raises(Conflict):
        scene.draft(one, WUJIANG)
    with pytest.raises(Conflict):
        actions.extend_round(**recall, closes_on=later(40), reason="x", code=WUJIANG)
    again = scene.open(only_changed=True)
    assert len(queries.scope_of(again)) == 2
    scene.reply(again, WUJIANG)
    with pytest.raises(Conflict):
        actions.recall_round(**{**recall, "one": again}, reason="x")


def test_every_extension_is_kept(scene: Scene) -> None:
    one = scene.open(closes_on=later(5))
    extend = {"actor": scene.office, "plan": scene.plan, "one": one}
    actions.extend_round(**extend, closes_on=later(9), reason="防汛")
    actions.extend_round(**extend, closes_on=later(12), reason="人事变动", code=KUNSHAN)
    rows = [
        (str(r.invitee or ""), r.reason, (r.to_at - r.from_at).days, r.is_late)
        for r in queries.extensions_of(one)
    ]
    assert rows == [("", "防汛", 4, False), (KUNSHAN, "人事变动", 3, False)]
    with pytest.raises(DatabaseError), transaction.atomic():
        RoundExtension.objects.update(reason="x")


def test_a_late_answer_is_taken_when_admitted_and_stays_marked(scene: Scene) -> None:
    one = scene.open(closes_on=later(5), is_sealed=True)
    admit = {"actor": scene.office, "plan": scene.plan, "one": one, "code": WUJIANG}
    with pytest.raises(Conflict):
        actions.admit_late(**admit, closes_on=later(9), reason="x")
    with clock.stated(after(7)):
        close_due_rounds(clock.now())
        with pytest.raises(Conflict) as error:
            scene.reply(one, WUJIANG)
        with translation.override("en"):
            assert "late answer" in str(error.value.text)
        since = last()
        actions.admit_late(**admit, closes_on=later(3), reason="来函在途")
        assert acts(since) == [("plan:QWJ", "round.admit_late", "round:1")]
        assert [b.code for b in blockers(plan=scene.plan)].count("round.unanswered") == 1
        with pytest.raises(Conflict):
            scene.reply(one, JIASHAN)
        reply = scene.reply(one, WUJIANG, "aim")
        assert (reply.is_admitted_late, reply.is_late) == (True, False)
        row = next(r for r in queries.progress(actor=scene.office, one=one) if r.reply)
        assert (row.is_late, row.standing.value) == (True, "comments")
        with pytest.raises(Conflict):
            actions.admit_late(**admit, closes_on=later(4), reason="x")
    assert {check.fault for check in check_chains()} == {""}


def test_reconsultation_asks_about_what_changed_since_the_round_it_repeats(scene: Scene) -> None:
    first = scene.open(closes_on=later(5))
    with clock.stated(after(7)):
        close_due_rounds(clock.now())
        scene.revise(aim="改后")
        one = scene.open(kind="reconsultation", note="改动较大", repeats=1)
        assert (one.repeats, one.only_changed) == (first, True)
        found = queries.changes_asked(one)
        assert [row.entry.item.key for row in found.changed] == ["aim"]
        assert (found.added, found.removed, found.total) == ([], [], 1)
        assert queries.scope_of(one) == {scene.items["aim"].pk}


def test_an_official_round_asks_for_the_whole_letter(scene: Scene) -> None:
    one = scene.open(is_official=True)
    with pytest.raises(Invalid) as error:
        scene.reply(one, WUJIANG)
    assert list(error.value.errors) == ["letter_on", "issuer", "letter_file"]
    assert Reply.objects.count() == 0
    actions.submit_reply(
        actor=scene.actor(WUJIANG),
        plan=scene.plan,
        one=one,
        letter=whole(scene, WUJIANG),
        is_nil=True,
    )
    assert Reply.objects.get().letter_due_at is None


def test_an_oral_answer_counts_now_and_its_letter_follows(scene: Scene) -> None:
    plain = scene.open()
    urgent = scene.open(kind="urgent", letter_days=2, closes_on=later(9))
    give = {"actor": scene.actor(WUJIANG), "plan": scene.plan, "letter": Letter(), "is_nil": True}
    oral = Oral(by="规划科", at=clock.now())
    with pytest.raises(Invalid) as error:
        actions.submit_reply(**give, one=plain, oral=oral)
    assert list(error.value.errors) == ["oral_by"]
    for bad, field in (
        (Oral(by="", at=clock.now()), "oral_by"),
        (Oral(by="x", at=after(1)), "oral_at"),
    ):
        with pytest.raises(Invalid) as error:
            actions.submit_reply(**give, one=urgent, oral=bad)
        assert list(error.value.errors) == [field]
    reply = actions.submit_reply(**give, one=urgent, oral=oral)
    owed = [d.kind for d in duties(plans=[scene.plan], now=clock.now()) if d.holder_code == WUJIANG]
    assert owed == ["round.answer", "reply.letter"]
    due = reply.letter_due_at
    with clock.stated(due - timedelta(seconds=1)):
        assert "reply.letter_missing" not in [b.code for b in blockers(plan=scene.plan)]
    with clock.stated(due):
        assert "reply.letter_missing" in [b.code for b in blockers(plan=scene.plan)]
    add = {"plan": scene.plan, "reply": reply}
    with pytest.raises(Refused):
        actions.add_letter(actor=scene.actor(JIASHAN), **add, letter=whole(scene))
    with pytest.raises(Invalid):
        actions.add_letter(actor=scene.actor(WUJIANG), **add, letter=Letter(number="1"))
    actions.add_letter(actor=scene.actor(WUJIANG), **add, letter=whole(scene, WUJIANG))
    with pytest.raises(Conflict):
        actions.add_letter(actor=scene.actor(WUJIANG), **add, letter=whole(scene, WUJIANG))
    assert (ReplyLetter.objects.count(), Reply.objects.get().letter_number) == (1, "")
    with clock.stated(due):
        assert "reply.letter_missing" not in [b.code for b in blockers(plan=scene.plan)]


def test_a_display_asks_the_public_for_thirty_days_and_runs_them_whole(scene: Scene) -> None:
    one = scene.open(kind="display", place="展示馆", media="网站", codes=[WUJIANG])
    assert (one.closes_on - one.opens_at.date()).days in (30, 31)
    assert standing(scene, one)["public"] == "waiting"
    scene.reply(one, WUJIANG)
    with pytest.raises(Conflict):
        actions.close_round(actor=scene.office, plan=scene.plan, one=one)
    enter = {
        "actor": scene.office,
        "plan": scene.plan,
        "one": one,
        "source": "public",
        "opinions": said(scene).opinions,
        "letter": Letter(),
    }
    actions.enter_opinion(**enter)
    assert standing(scene, one)["public"] == "comments"
    with clock.stated(one.closes_at + timedelta(days=2)):
        with pytest.raises(Invalid) as error:
            actions.enter_opinion(**enter)
        assert list(error.value.errors) == ["received_on"]
        reply = actions.enter_opinion(**enter, received_on=one.closes_on)
        assert reply.received_on == one.closes_on


def test_a_symposium_is_entered_with_its_minutes(scene: Scene) -> None:
    one = scene.open()
    enter = {
        "actor": scene.office,
        "plan": scene.plan,
        "one": one,
        "held_on": localtime(clock.now()).date(),
    }
    with pytest.raises(Invalid) as error:
        actions.enter_symposium(
            **enter, said=said(scene, letter=Letter()), place="", participants=" "
        )
    assert list(error.value.errors) == ["place", "participants", "letter_file"]
    with pytest.raises(Invalid) as error:
        actions.enter_symposium(
            **{**enter, "held_on": later(-9)}, said=said(scene), place="镇", participants="代表"
        )
    assert list(error.value.errors) == ["held_on"]
    reply = actions.enter_symposium(**enter, said=said(scene), place="镇", participants="代表12人")
    assert (reply.source, reply.symposium.place, reply.comments.count()) == ("symposium", "镇", 1)
    assert [r.pk for r in queries.entered_replies(actor=scene.office, one=one)] == [reply.pk]


def test_system_alone_tells_an_opening(scene: Scene) -> None:
    one = scene.open(opens_on=later(3), closes_on=later(9))
    with pytest.raises(Refused):
        actions.begin_round(actor=scene.office, plan=scene.plan, one=one)
    with pytest.raises(Conflict):
        actions.begin_round(actor=SYSTEM, plan=scene.plan, one=one)


@pytest.mark.parametrize("official", [False, True])
def test_no_field_of_an_official_letter_is_called_optional(scene: Scene, official: bool) -> None:
    one = scene.open(is_official=official)
    form = ReplyForm(actor=scene.actor(WUJIANG), plan_key=scene.plan.key, one=one)
    fields = ("letter_number", "letter_on", "issuer", "letter_file")
    assert [form.fields[name].required for name in fields] == [official] * 4
