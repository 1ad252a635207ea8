"""Amendments: proposed, adopted, declined, withdrawn; what is refused, told and credited."""

import json

import pytest
from django.test import Client

from plans.register.enums import PartyRole
from plans.register.models import Plan
from plans.register.steps import add_party, publish_revision
from plans.text.actions import (
    apply_amendment,
    decline_amendment,
    edit_provision,
    propose_amendment,
    withdraw_amendment,
)
from plans.text.collisions import Texts
from plans.text.models import Amendment, AmendmentOutcome, Provision
from plans.text.queries import (
    base_hash_of,
    credits_of,
    get_amendment,
    get_provision,
    outline,
    proposals,
)
from plans.text.wording import Wording, wording_of
from stakeholders.notices.models import Notice
from stakeholders.record.models import RecordEntry
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.errors import Conflict, Invalid, NotVisible, Refused
from stakeholders.terms.rights import Reason
from tests.world import JIASHAN, KUNSHAN, WUJIANG, World

TEXT = "水质按Ⅲ类控制。"
LIST = "/plans/QWJ/text/amendments/"
ONE = f"{LIST}1/"


def texts(text: str) -> Texts:
    return Texts(title_zh="太浦河", text_zh=text)


def propose(actor: Actor, provision: Provision, text: str = "水质按Ⅱ类控制。") -> Amendment:
    plan = provision.item.plan
    base = base_hash_of(get_provision(plan, key="taipu").item)
    return propose_amendment(
        actor=actor, plan=plan, item="taipu", base=base, texts=texts(text), reason="下游取水"
    )


def publish(world: World, plan: Plan) -> None:
    headings, places = outline(plan)
    publish_revision(
        plan=plan,
        actor=world.coordinator(plan),
        stage="consultation",
        headings=headings,
        places=places,
        changes={},
        charter_version="1",
    )


def draft_text(plan: Plan) -> str:
    return wording_of(get_provision(plan, key="taipu").item.draft).text_zh


@pytest.fixture
def author(world: World, provision: Provision) -> Actor:
    return world.actor(JIASHAN, Role.PLANNER)


@pytest.fixture
def drafter(world: World, provision: Provision) -> Actor:
    """Wujiang drafts the chapter of the provision."""
    return world.actor(WUJIANG, Role.PLANNER)


def edit(drafter: Actor, plan: Plan, text: str) -> None:
    edits = get_provision(plan, key="taipu").item.draft.edits
    wording = Wording(title_zh="太浦河", text_zh=text, strength="binding")
    edit_provision(actor=drafter, plan=plan, key="taipu", edits=edits, wording=wording)


def test_adopting_an_amendment_makes_it_the_draft_and_credits_its_author(
    world: World, plan: Plan, provision: Provision, author: Actor, drafter: Actor
) -> None:
    publish(world, plan)
    made = propose(author, provision)
    assert (str(made), made.base_texts, made.base_version is not None) == ("A01", texts(TEXT), True)
    outcome = apply_amendment(actor=drafter, plan=plan, number=1, edits=1)
    draft = get_provision(plan, key="taipu").item.draft
    assert draft_text(plan) == "水质按Ⅱ类控制。"
    assert (outcome.edits, draft.strength) == (2, "binding")
    [unpublished] = credits_of(plan, item="taipu")
    publish(world, plan)
    [credit] = credits_of(plan, item="taipu")
    assert (unpublished.revision, credit.revision, credit.is_verbatim) == (None, 2, True)
    assert credit.amendment.jurisdiction_id == JIASHAN
    told = Notice.objects.get(kind="amendment")
    assert (told.user_id, told.url) == (author.user_id, ONE)
    assert told.title_en == "Your amendment A01 was adopted into the draft"


def test_who_drafts_the_chapter_is_told_of_a_proposal(
    world: World, plan: Plan, provision: Provision, author: Actor, drafter: Actor
) -> None:
    propose(author, provision)
    found = Notice.objects.filter(kind="amendment.proposed")
    assert [(one.user_id, one.url) for one in found] == [(drafter.user_id, ONE)]
    title = provision.item.draft.content["title"]
    assert (
        found[0].title_en
        == f"Amendment A01 of {title['en'] or title['zh']} was proposed · {plan.short_en}"
    )
    provision.chapter.drafting = []
    provision.chapter.save()
    propose(author, provision, "水质按Ⅰ类控制。")
    assert found.latest("pk").user_id == world.coordinator(plan).user_id


def test_acts_are_recorded_without_text(
    plan: Plan, provision: Provision, author: Actor, drafter: Actor
) -> None:
    for number in (1, 2, 3):
        propose(author, provision, f"水质{number}。")
    apply_amendment(actor=drafter, plan=plan, number=1, edits=1)
    decline_amendment(actor=drafter, plan=plan, number=2, reason="不成熟")
    withdraw_amendment(actor=author, plan=plan, number=3)
    entries = RecordEntry.objects.filter(act__startswith="amendment.").order_by("seq")
    assert [(entry.act, entry.subject) for entry in entries] == [
        ("amendment.propose", "amendment:1"),
        ("amendment.propose", "amendment:2"),
        ("amendment.propose", "amendment:3"),
        ("amendment.apply", "amendment:1"),
        ("amendment.decline", "amendment:2"),
        ("amendment.withdraw", "amendment:3"),
    ]
    assert not any("水质" in entry.payload or "不成熟" in entry.payload for entry in entries)


def test_adopting_where_the_draft_moved_on_needs_a_person(
    plan: Plan, provision: Provision, author: Actor, drafter: Actor
) -> None:
    propose(author, provision)
    edit(drafter, plan, "水质按Ⅲ类从严控制。")
    with pytest.raises(Conflict):
        apply_amendment(actor=drafter, plan=plan, number=1, edits=2)
    with pytest.raises(Conflict):
        apply_amendment(actor=drafter, plan=plan, number=1, edits=1, texts=texts("旧"))
    assert draft_text(plan) == "水质按Ⅲ类从严控制。"
    apply_amendment(actor=drafter, plan=plan, number=1, edits=2, texts=texts("水质按Ⅱ类从严控制。"))
    assert draft_text(plan) == "水质按Ⅱ类从严控制。"


def test_a_changed_strength_is_no_conflict_of_texts(
    plan: Plan, provision: Provision, author: Actor, drafter: Actor
) -> None:
    propose(author, provision)
    wording = Wording(title_zh="太浦河", text_zh=TEXT, strength="guiding")
    edit_provision(actor=drafter, plan=plan, key="taipu", edits=1, wording=wording)
    apply_amendment(actor=drafter, plan=plan, number=1, edits=2)
    draft = get_provision(plan, key="taipu").item.draft
    assert (wording_of(draft).text_zh, draft.strength) == ("水质按Ⅱ类控制。", "guiding")


def test_amendments_of_one_passage_collide_until_one_is_adopted(
    plan: Plan, provision: Provision, author: Actor, drafter: Actor
) -> None:
    first = propose(author, provision, "水质按Ⅱ类控制。")
    second = propose(drafter, provision, "水质按Ⅳ类控制。")
    third = propose(author, provision, "断面水质按Ⅲ类控制。")
    before = proposals([get_amendment(plan, number=n) for n in (1, 2, 3)])
    assert [one.collisions for one in before] == [[second], [first], []]
    apply_amendment(actor=drafter, plan=plan, number=1, edits=1)
    after = proposals([get_amendment(plan, number=n) for n in (1, 2, 3)])
    assert [(one.state, one.moved_on, one.collisions) for one in after] == [
        ("applied", False, []),
        ("open", True, []),
        ("open", True, []),
    ]
    assert third.number == 3


def test_an_outcome_is_final(
    plan: Plan, provision: Provision, author: Actor, drafter: Actor
) -> None:
    propose(author, provision)
    withdraw_amendment(actor=author, plan=plan, number=1)
    with pytest.raises(Invalid):
        apply_amendment(actor=drafter, plan=plan, number=1, edits=1)
    with pytest.raises(Invalid):
        decline_amendment(actor=drafter, plan=plan, number=1, reason="否")
    assert AmendmentOutcome.objects.count() == 1


def test_a_proposal_is_refused_without_change_reason_or_known_base(
    plan: Plan, provision: Provision, author: Actor
) -> None:
    base = base_hash_of(provision.item)
    values = {"actor": author, "plan": plan, "item": "taipu"}
    with pytest.raises(Invalid) as same:
        propose_amendment(**values, base=base, texts=texts(TEXT), reason="因")
    with pytest.raises(Invalid) as silent:
        propose_amendment(**values, base=base, texts=texts("新"), reason=" ")
    with pytest.raises(Conflict):
        propose_amendment(**values, base="sha256:0", texts=texts("新"), reason="因")
    assert (list(same.value.errors), list(silent.value.errors)) == (["text_zh"], ["reason"])


def test_only_drafters_of_the_chapter_decide_and_only_the_author_withdraws(
    world: World, plan: Plan, provision: Provision, author: Actor, drafter: Actor
) -> None:
    propose(author, provision)
    acts = {
        "apply": lambda: apply_amendment(actor=author, plan=plan, number=1, edits=1),
        "decline": lambda: decline_amendment(actor=author, plan=plan, number=1, reason="否"),
        "withdraw": lambda: withdraw_amendment(actor=drafter, plan=plan, number=1),
        "office": lambda: withdraw_amendment(actor=world.coordinator(plan), plan=plan, number=1),
    }
    for act in acts.values():
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.verdict.reason is Reason.NOT_YOURS


def test_neighbours_neither_see_nor_propose(
    world: World, plan: Plan, provision: Provision, author: Actor, client: Client
) -> None:
    propose(author, provision)
    add_party(plan=plan, code=KUNSHAN, role=PartyRole.NEIGHBOUR, must_sign=False)
    with pytest.raises((Refused, NotVisible)):
        propose(world.actor(KUNSHAN, Role.PLANNER), provision)
    client.force_login(world.user(KUNSHAN, Role.PLANNER))
    for path in (LIST, ONE, "/plans/QWJ/text/provisions/taipu/amend/"):
        assert client.get(path).status_code == 404
    credits_page = client.get("/plans/QWJ/text/provisions/taipu/credits/")
    assert (credits_page.status_code, "A01" in credits_page.content.decode()) == (404, False)


def test_propose_and_adopt_by_form(
    world: World, plan: Plan, provision: Provision, client: Client
) -> None:
    client.force_login(world.user(JIASHAN, Role.PLANNER))
    path = "/plans/QWJ/text/provisions/taipu/amend/"
    base = client.get(path).context["form"].initial["base"]
    fields = {"base": base, "title_zh": "太浦河", "text_zh": "一\r\n二", "reason": "因"}
    assert client.post(path, {**fields, "text_zh": TEXT}).status_code == 422
    assert client.post(path, {**fields, "base": "sha256:0"}).status_code == 409
    assert client.post(path, fields)["Location"] == ONE
    assert client.get(f"{LIST}?state=open&item=taipu&party={JIASHAN}").status_code == 200
    assert client.post(f"{ONE}apply/", {"edits": "1"}).status_code == 403
    client.force_login(world.user(WUJIANG, Role.PLANNER))
    assert client.post(f"{ONE}decline/", {"reason": ""}).status_code == 422
    assert client.post(f"{ONE}apply/", {"edits": "1"})["Location"] == ONE
    assert draft_text(plan) == "一\n二"


def test_the_three_texts_come_where_the_draft_moved_on(
    plan: Plan, provision: Provision, author: Actor, drafter: Actor, world: World, client: Client
) -> None:
    propose(author, provision, "水质按Ⅱ类控制。违者处罚。")
    edit(drafter, plan, "总则。水质按Ⅲ类控制。")
    client.force_login(world.user(WUJIANG, Role.PLANNER))
    shown = client.post(f"{ONE}apply/", {"edits": "2"})
    assert shown.status_code == 409
    form = shown.context["form"]
    together = {name: form.initial[name] for name in ("title_zh", "text_zh", "edits")}
    assert together["text_zh"] == shown.context["rows"][0].merged
    assert client.get(f"{ONE}apply/").status_code == 200
    edit(drafter, plan, "又改。")
    late = client.post(f"{ONE}apply/", together)
    assert (late.status_code, late.context["form"].data["edits"]) == (409, 3)
    assert client.post(f"{ONE}apply/", {**together, "edits": "3"}).status_code == 302


def test_api_proposes_lists_and_decides(
    plan: Plan, provision: Provision, world: World, client: Client
) -> None:
    client.force_login(world.user(JIASHAN, Role.PLANNER))
    api = "/api/v1/plans/QWJ/amendments/"

    def call(path: str, **body: object) -> tuple[int, dict[str, object]]:
        answer = client.post(api + path, json.dumps(body), content_type="application/json")
        return answer.status_code, answer.json()

    proposal = {"item": "taipu", "reason": "因"}
    made = call("", **proposal, texts={"title_zh": "太浦河", "text_zh": "新"})
    again = call("", **proposal, texts={"title_zh": "太浦河", "text_zh": "别"})
    assert (made[0], again[1]["collisions"]) == (201, [1])
    assert [one["number"] for one in client.get(f"{api}?state=open").json()["results"]] == [2, 1]
    assert call("2/withdraw/")[1]["state"] == "withdrawn"
    client.force_login(world.user(WUJIANG, Role.PLANNER))
    assert call("1/apply/", edits=1)[1]["state"] == "applied"
    assert call("1/decline/", reason="否")[0] == 400


def test_the_draft_stands_beside_the_published_text(
    world: World, plan: Plan, provision: Provision, drafter: Actor, client: Client
) -> None:
    client.force_login(world.user(WUJIANG, Role.PLANNER))
    path = "/plans/QWJ/text/beside/"
    assert [row.published for row in client.get(path).context["rows"]] == [None]
    publish(world, plan)
    assert [row.changes for row in client.get(path).context["rows"]] == [[]]
    edit(drafter, plan, "水质按Ⅱ类控制。")
    [row] = client.get(f"{path}?chapter=water").context["rows"]
    assert (row.published, [one.name for one in row.changes]) == (texts(TEXT), ["text_zh"])
    assert client.get(f"{path}?chapter=standards").context["rows"] == []
    assert client.get(f"{path}?chapter=nowhere").status_code == 404
    add_party(plan=plan, code=KUNSHAN, role=PartyRole.NEIGHBOUR, must_sign=False)
    client.force_login(world.user(KUNSHAN, Role.PLANNER))
    assert client.get(path).status_code == 404
