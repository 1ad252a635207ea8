"""Each role finds exactly what it reads elsewhere: by hits, by count, by snippet."""

from datetime import date, timedelta

import pytest
from django.test import Client

from consult.matters.actions import open_matter
from consult.matters.queries import catalogue, visible_matters
from consult.matters.steps import Wording
from consult.meetings.models import (
    Meeting,
    MeetingCall,
    MeetingGuest,
    MinutesDraft,
    MinutesEdition,
)
from consult.meetings.queries import visible_meetings
from consult.phase2_preparation import actions
from consult.phase2_preparation.models import Round
from consult.phase2_preparation.queries import visible_comments
from consult.phase2_preparation.steps import Letter
from consult.search.queries import Asked, Finds, find
from plans.register.actions import admit_body
from plans.register.enums import PartyRole
from plans.register.models import ItemDraft, Plan, RevisionItem
from plans.register.queries import latest_revision, readings_of, visible_plans
from plans.register.rules import sees_draft
from plans.register.steps import add_party, edit_draft
from stakeholders.finding.words import plain
from stakeholders.people.models import Organization
from stakeholders.people.queries import actor_of
from stakeholders.terms import clock
from stakeholders.terms.actor import PUBLIC, SYSTEM, Actor, Role
from stakeholders.terms.canonical import canonical
from tests.consult.phase2_preparation.stage import Scene, build, later
from tests.world import JIASHAN, KUNSHAN, QINGPU, SHANGHAI, WUJIANG, World

WORD = "水杉"  # stands in every text laid here
TERMS = (WORD,)


@pytest.fixture
def scene(world: World) -> Scene:
    """Two plans: one with a round that is over, a sealed one, a matter, minutes and drafts, seen by
    parties, a neighbour, an observer and an expert; another that only its makers see."""
    other = build(world, "OTHER")
    other.revise(aim=f"{WORD}他处")
    one = other.open()
    _say(other, one, WUJIANG, f"{WORD}他处的意见")
    scene = build(world, "QWJ")
    scene.revise(aim=f"{WORD}旧文")
    scene.revise(aim=f"{WORD}新文", water=f"{WORD}水文")
    _say(scene, scene.open(), WUJIANG, f"{WORD}已公开")
    _say(scene, scene.open(is_sealed=True, closes_on=later(5)), WUJIANG, f"{WORD}密封")
    draft = scene.items["aim"].draft
    draft.refresh_from_db()
    edit_draft(
        draft=draft,
        edits=draft.edits,
        actor=scene.office,
        changes={"content": {"title": {"zh": "标题"}, "text": {"zh": f"{WORD}未公开稿"}}},
    )
    open_matter(
        actor=scene.actor(WUJIANG),
        plan=scene.plan,
        title=Wording(zh=f"{WORD}事项"),
        description=Wording(zh="说明"),
        codes=[WUJIANG, JIASHAN],
    )
    _minutes(scene)
    add_party(plan=scene.plan, code=SHANGHAI, role=PartyRole.OBSERVER, must_sign=False)
    return scene


def _say(scene: Scene, one: Round, code: str, text: str) -> None:
    actor = scene.actor(code)
    draft = scene.draft(one, code, item="aim", text=text)
    actions.clear_comment(actor=actor, plan=scene.plan, draft=draft)
    actions.submit_reply(actor=actor, plan=scene.plan, one=one, letter=Letter(number="1"))


def _minutes(scene: Scene) -> None:
    """A meeting that only those who draft know of, and one to which the neighbour was called."""
    now = clock.now()
    coordinator = scene.world.mandate(QINGPU, Role.COORDINATOR, plan_key=scene.plan.key)
    for number, guests in ((1, [WUJIANG]), (2, [WUJIANG, KUNSHAN])):
        meeting = Meeting.objects.create(
            plan=scene.plan,
            number=number,
            kind="regular",
            level="working",
            title_zh="会议",
            starts_at=now,
            ends_at=now + timedelta(hours=1),
            created_at=now,
        )
        MeetingGuest.objects.bulk_create(
            MeetingGuest(meeting=meeting, jurisdiction_id=code) for code in guests
        )
        by = {"meeting": meeting, "number": 1, "hash": "x", "mandate": coordinator, "at": now}
        MeetingCall.objects.create(content="{}", **by)
        said = canonical({"asked": [], "text": {"zh": f"{WORD}纪要{number}"}})
        MinutesEdition.objects.create(content=said, **by)
        MinutesDraft.objects.create(
            meeting=meeting, text_zh=f"{WORD}改纪要{number}", changed_at=now + timedelta(hours=2)
        )


def readers(scene: Scene) -> dict[str, Actor]:
    body = Organization.objects.create(key="EX", name_zh="专家组", kind="expert_committee")
    admit_body(actor=scene.office, plan=scene.plan, organization=body, role=Role.EXPERT)
    expert = scene.world.mandate(JIASHAN, Role.EXPERT)
    expert.jurisdiction, expert.organization = None, body
    expert.save()
    limited = scene.world.actor(WUJIANG, Role.PLANNER, plan_key="OTHER")
    return {
        "office": scene.office,
        "own": scene.actor(WUJIANG),
        "own_planner": scene.actor(WUJIANG, Role.PLANNER),
        "own_signatory": scene.actor(WUJIANG, Role.SIGNATORY),
        "other": scene.actor(JIASHAN),
        "neighbour": scene.actor(KUNSHAN),
        "observer": scene.actor(SHANGHAI, Role.OBSERVER),
        "expert": actor_of(expert),
        "limited": limited,
        "stranger": scene.actor("320500"),
        "administrator": scene.world.admin,
        "public": PUBLIC,
        "system": SYSTEM,
    }


def scanned(actor: Actor) -> set[tuple[str, int]]:
    """Every row with the word that the queries of each plan's own pages show the reader."""
    held: list[tuple[str, int, str]] = []
    for plan in visible_plans(actor=actor):
        newest = latest_revision(plan)
        for entry in RevisionItem.objects.filter(revision=newest).select_related("version"):
            held.append(("version", entry.version_id, entry.version.content))
        if sees_draft(actor=actor, plan=plan):
            published = {one.key: one.text_zh for one in readings_of(newest)} if newest else {}
            for draft in ItemDraft.objects.filter(item__plan=plan):
                text = draft.content["text"]["zh"]
                if published.get(draft.item.key) != text:
                    held.append(("draft", draft.pk, text))
        comments = visible_comments(actor=actor, plan=plan)
        held += [("comment", one.pk, one.text_zh) for one in comments]
        matters = visible_matters(actor=actor, plan=plan)
        held += [("matter", one.pk, one.title_zh) for one in matters]
        for meeting in visible_meetings(actor=actor, plan=plan):
            held += [("edition", one.pk, one.content) for one in meeting.editions.all()]
            held.append(("minutes", meeting.minutes.pk, meeting.minutes.text_zh))
    held += [("matter", one.pk, one.title_zh) for one in catalogue()]
    return {(source, pk) for source, pk, text in held if WORD in plain(text)}


def rows_of(finds: Finds) -> set[tuple[str, int]]:
    """(source, id) of everything found, before it is made into hits."""
    if finds._rows is None:
        return set()
    return {(source, pk) for source, pk, _at in finds._rows.all()}


def test_every_role_finds_what_it_reads_and_nothing_else(scene: Scene, say: object) -> None:
    counts = {}
    for name, actor in readers(scene).items():
        finds = find(actor=actor, asked=Asked(terms=TERMS))
        expected = scanned(actor)
        assert rows_of(finds) == expected, name
        assert len(finds) == len(list(finds)) == len(expected), name
        counts[name] = len(expected)
    say("search: hits by role, equal to a full scan", counts)
    assert counts["stranger"] == counts["administrator"] == counts["public"] == 0
    assert counts["own"] > counts["other"] > counts["neighbour"] > counts["expert"] > 0
    assert 0 < counts["limited"] < counts["own"]


def test_a_sealed_comment_is_found_by_its_own_side_without_its_number(scene: Scene) -> None:
    asked = Asked(terms=("密封",))
    (hit,) = find(actor=scene.actor(WUJIANG), asked=asked)
    assert (hit.label, hit.url) == ("", "/plans/QWJ/rounds/2/")
    for actor in (scene.office, scene.actor(JIASHAN), scene.actor(KUNSHAN)):
        finds = find(actor=actor, asked=asked)
        assert (len(finds), list(finds), finds.has_more) == (0, [], False)
    with clock.stated(clock.now() + timedelta(days=30)):
        (hit,) = find(actor=scene.actor(JIASHAN), asked=asked)
    assert hit.label == "C02"


def test_every_hit_leads_to_a_page_that_its_reader_may_open(scene: Scene) -> None:
    users = {
        "own": scene.world.user(WUJIANG, Role.CONTACT_POINT),
        "other": scene.world.user(JIASHAN, Role.CONTACT_POINT),
        "neighbour": scene.world.user(KUNSHAN, Role.CONTACT_POINT),
        "office": scene.world.mandate(QINGPU, Role.COORDINATOR, plan_key="QWJ").user,
    }
    actors = {"own": scene.actor(WUJIANG), "other": scene.actor(JIASHAN)}
    actors |= {"neighbour": scene.actor(KUNSHAN), "office": scene.office}
    kinds = set()
    for name, user in users.items():
        client = Client()
        client.force_login(user)
        for state in ("", "former"):
            for hit in find(actor=actors[name], asked=Asked(terms=TERMS, state=state)):
                assert client.get(hit.url).status_code == 200, (name, hit.url)
                kinds.add((hit.kind, str(hit.standing)))
    assert len(kinds) >= 7


def test_a_revoked_mandate_finds_nothing_at_the_next_request(scene: Scene) -> None:
    client = Client()
    mandate = scene.world.mandate(WUJIANG, Role.CONTACT_POINT)
    client.force_login(mandate.user)
    assert client.get("/search/", {"q": WORD}).context["page_obj"].paginator.count > 0
    type(mandate).objects.filter(pk=mandate.pk).update(valid_until=clock.now())
    assert client.get("/search/", {"q": WORD}).context["page_obj"].paginator.count == 0


@pytest.mark.parametrize(
    ("filters", "sources"),
    [
        ({"kind": "comment"}, {"comment"}),
        ({"kind": "provision"}, {"version", "draft"}),
        ({"kind": "indicator"}, set()),
        ({"kind": "minutes"}, {"edition", "minutes"}),
        ({"kind": "matter"}, {"matter"}),
        ({"state": "former"}, {"version"}),
        ({"state": "settled"}, set()),
        ({"plan": "OTHER"}, {"version", "comment"}),
        ({"jurisdiction": KUNSHAN}, {"edition", "minutes"}),
        ({"jurisdiction": JIASHAN, "plan": "QWJ"}, {"version", "draft", "matter"}),
        ({"since": date(2999, 1, 1)}, set()),
        ({"until": date(1999, 1, 1)}, set()),
    ],
)
def test_filters_leave_what_they_name(
    scene: Scene, filters: dict[str, object], sources: set[str]
) -> None:
    finds = find(actor=scene.actor(WUJIANG), asked=Asked(terms=TERMS, **filters))
    assert {source for source, _pk in rows_of(finds)} == sources
    assert len(list(finds)) == len(finds)


def test_text_in_force_is_settled_and_former_wordings_are_asked_for(scene: Scene) -> None:
    Plan.objects.filter(key="QWJ").update(in_force=scene.plan.revisions.get(number=2))
    actor = scene.actor(JIASHAN)

    def texts(state: str) -> list[str]:
        asked = Asked(terms=TERMS, plan="QWJ", kind="provision", state=state)
        return sorted("".join(p.text for p in hit.pieces) for hit in find(actor=actor, asked=asked))

    assert texts("settled") == [f"{WORD}旧文"]
    assert texts("open") == sorted([f"{WORD}新文", f"{WORD}水文", f"{WORD}未公开稿"])
    assert texts("former") == []
