from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from consult.desk.queries import duties_of
from consult.workflow.actions import publish
from consult.workflow.audits import audits_of
from consult.workflow.queries import pending
from plans.register.models import Plan, RevisionItem
from plans.register.steps import freeze
from plans.text.actions import add_term, answer_claim, edit_provision, remove_term
from plans.text.enums import ClaimStanding
from plans.text.models import ClaimConfirmation, DefinedTerm, EditorialClaim, Provision
from plans.text.queries import claims_of, get_provision
from plans.text.wording import wording_of
from stakeholders.notices.models import Notice
from stakeholders.record.models import RecordEntry
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.errors import Conflict, Invalid, NotVisible, Refused
from stakeholders.terms.rights import Reason
from tests.world import JIASHAN, KUNSHAN, QINGPU, WUJIANG, World


def save(world: World, plan: Plan, actor: Actor | None = None, **fields: object) -> None:
    """Save the draft of `taipu` with some fields changed, as an editor of Wujiang."""
    draft = get_provision(plan, key="taipu").item.draft
    wording = replace(wording_of(draft), **fields)
    edit_provision(
        actor=actor or world.actor(WUJIANG, Role.PLANNER),
        plan=plan,
        key="taipu",
        edits=draft.edits,
        wording=wording,
    )


def claim(world: World, plan: Plan, text: str = "水质按Ⅲ类管控。") -> str:
    """Claim a change as editorial; the hash of the wording."""
    save(world, plan, text_zh=text, change_claim="editorial")
    return claims_of(plan)[0].claim.hash


@pytest.fixture
def published(world: World, plan: Plan, provision: Provision) -> Plan:
    for code in (QINGPU, WUJIANG, JIASHAN):
        for role in (Role.CONTACT_POINT, Role.PLANNER):
            world.actor(code, role)
    publish(actor=world.coordinator(plan), plan=plan, stage="consultation")
    return plan


def kind_of(plan: Plan) -> str:
    return pending(plan).kinds["taipu"]


def test_a_claim_counts_once_another_party_confirmed_it(world: World, published: Plan) -> None:
    draft = claim(world, published)
    assert kind_of(published) == "text"
    answer_claim(
        actor=world.actor(JIASHAN, Role.CONTACT_POINT),
        plan=published,
        key="taipu",
        draft=draft,
        verdict="confirmed",
    )
    assert kind_of(published) == "editorial"
    publish(actor=world.coordinator(published), plan=published, stage="display")
    entry = RevisionItem.objects.get(revision__number=2, item__key="taipu")
    assert entry.change == "editorial"


@pytest.mark.parametrize("verdict", ["", "refused"])
def test_an_unconfirmed_or_refused_claim_is_published_as_text(
    world: World, published: Plan, verdict: str
) -> None:
    draft = claim(world, published)
    if verdict:
        answer_claim(
            actor=world.actor(QINGPU, Role.PLANNER),
            plan=published,
            key="taipu",
            draft=draft,
            verdict=verdict,
            reason="管控比控制更宽",
        )
    assert [one.item for one in audits_of(published) if one.kind == "claim"] == ["taipu"]
    publish(actor=world.coordinator(published), plan=published, stage="display")
    entry = RevisionItem.objects.get(revision__number=2, item__key="taipu")
    assert entry.change == "text"


def test_one_refusal_outweighs_a_confirmation(world: World, published: Plan) -> None:
    draft = claim(world, published)
    for code, verdict in ((QINGPU, "confirmed"), (JIASHAN, "refused")):
        answer_claim(
            actor=world.actor(code, Role.CONTACT_POINT),
            plan=published,
            key="taipu",
            draft=draft,
            verdict=verdict,
            reason="why",
        )
    assert claims_of(published)[0].standing is ClaimStanding.REFUSED
    assert kind_of(published) == "text"


def test_a_further_edit_voids_claim_and_confirmation(world: World, published: Plan) -> None:
    draft = claim(world, published)
    confirm = {
        "actor": world.actor(JIASHAN, Role.CONTACT_POINT),
        "plan": published,
        "key": "taipu",
        "verdict": "confirmed",
    }
    answer_claim(draft=draft, **confirm)
    save(world, published, text_zh="水质按Ⅲ类予以管控。")
    assert [one.standing for one in claims_of(published)] == [ClaimStanding.OPEN]
    assert kind_of(published) == "text"
    with pytest.raises(Conflict):
        answer_claim(draft=draft, **confirm)
    save(world, published, text_zh="水质按Ⅲ类管控。", change_claim="")
    assert claims_of(published) == []
    with pytest.raises(NotVisible):
        answer_claim(draft=draft, **confirm)


@pytest.mark.parametrize("role", [Role.CONTACT_POINT, Role.PLANNER])
def test_the_party_that_claims_does_not_confirm(world: World, published: Plan, role: Role) -> None:
    draft = claim(world, published)
    with pytest.raises(Refused) as refusal:
        answer_claim(
            actor=world.actor(WUJIANG, role),
            plan=published,
            key="taipu",
            draft=draft,
            verdict="confirmed",
        )
    assert refusal.value.verdict.reason is Reason.NOT_YOURS


def test_the_joint_office_is_no_second_party(world: World, published: Plan) -> None:
    draft = claim(world, published)
    with pytest.raises(Refused) as refusal:
        answer_claim(
            actor=world.coordinator(published),
            plan=published,
            key="taipu",
            draft=draft,
            verdict="confirmed",
        )
    assert refusal.value.verdict.reason is Reason.WRONG_ROLE


def test_a_claim_is_not_there_for_strangers(world: World, published: Plan) -> None:
    draft = claim(world, published)
    with pytest.raises(NotVisible):
        answer_claim(
            actor=world.actor(KUNSHAN, Role.CONTACT_POINT),
            plan=published,
            key="taipu",
            draft=draft,
            verdict="confirmed",
        )


@pytest.mark.parametrize(
    ("verdict", "reason", "field"),
    [("refused", " ", "reason"), ("perhaps", "", "verdict"), ("refused", "x" * 501, "reason")],
)
def test_an_answer_says_what_it_must(
    world: World, published: Plan, verdict: str, reason: str, field: str
) -> None:
    draft = claim(world, published)
    with pytest.raises(Invalid) as invalid:
        answer_claim(
            actor=world.actor(JIASHAN, Role.PLANNER),
            plan=published,
            key="taipu",
            draft=draft,
            verdict=verdict,
            reason=reason,
        )
    assert list(invalid.value.errors) == [field]


def test_a_party_answers_once_and_nothing_after_the_freeze(world: World, published: Plan) -> None:
    draft = claim(world, published)
    answer = {"plan": published, "key": "taipu", "draft": draft, "verdict": "confirmed"}
    answer_claim(actor=world.actor(JIASHAN, Role.PLANNER), **answer)
    with pytest.raises(Conflict):
        answer_claim(actor=world.actor(JIASHAN, Role.CONTACT_POINT), **answer)
    freeze(plan=published, revision=published.revisions.get(), reason="sign-off")
    with pytest.raises(Refused) as refusal:
        answer_claim(actor=world.actor(QINGPU, Role.PLANNER), **answer)
    assert refusal.value.verdict.reason is Reason.FROZEN


def test_answer_leaves_one_entry_in_the_record_without_the_words(
    world: World, published: Plan
) -> None:
    draft = claim(world, published)
    answer_claim(
        actor=world.actor(JIASHAN, Role.PLANNER),
        plan=published,
        key="taipu",
        draft=draft,
        verdict="refused",
        reason="管控更宽",
    )
    acts = RecordEntry.objects.filter(chain="plan:QWJ").order_by("-seq")
    assert list(acts.values_list("act", "subject")[:2]) == [
        ("claim.answer", "item:taipu"),
        ("provision.edit", "item:taipu"),
    ]
    assert "管控更宽" not in acts[0].payload


@pytest.mark.parametrize(
    "fields",
    [
        {"text_zh": "水质按2类控制。"},
        {"title_zh": "太浦湖" * 2 + "吴江区"},
        {"text_zh": "水质按Ⅲ类管控。", "strength": "guiding"},
        {"text_zh": "水质按Ⅲ类管控。", "lead": "吴江"},
        {"text_zh": "水质按Ⅲ类管控，滨水蓝带。"},
        {"text_zh": "水质按Ⅲ类管控，昆山市。"},
    ],
)
def test_a_claim_that_cannot_stand_is_refused_when_saving(
    world: World, published: Plan, fields: dict[str, object]
) -> None:
    add_term(
        actor=world.coordinator(published),
        plan=published,
        term_zh="滨水蓝带",
        definition_zh="河湖两侧五十米。",
    )
    with pytest.raises(Invalid) as invalid:
        save(world, published, change_claim="editorial", **fields)
    assert list(invalid.value.errors) == ["change_claim"]
    assert EditorialClaim.objects.count() == 0


def test_a_translation_needs_no_confirmation(world: World, published: Plan) -> None:
    save(world, published, text_en="Class III.", change_claim="editorial")
    assert claims_of(published) == []
    assert kind_of(published) == "translation"


def test_other_parties_owe_an_answer_until_one_is_given(world: World, published: Plan) -> None:
    def owing() -> list[tuple[str, str]]:
        now = clock.now() + timedelta(seconds=1)
        found = []
        for code in (QINGPU, WUJIANG, JIASHAN):
            actor = world.actor(code, Role.CONTACT_POINT)
            kinds = [duty.kind for duty in duties_of(actor=actor, now=now)]
            found += [(code, kind) for kind in kinds if kind == "claim.answer"]
        return found

    draft = claim(world, published)
    assert owing() == [(QINGPU, "claim.answer"), (JIASHAN, "claim.answer")]
    notices = Notice.objects.filter(kind="claim.made")
    title = published.items.get(key="taipu").draft.content["title"]
    assert f"{title['en'] or title['zh']} in {published.short_en}" in notices[0].title_en
    assert title["zh"] in notices[0].title_zh
    told = notices.values_list("user__email", flat=True)
    assert sorted(told) == sorted(
        f"{role}@{code}.example"
        for code in (QINGPU, JIASHAN)
        for role in ("contact_point", "planner")
    )
    answer_claim(
        actor=world.actor(JIASHAN, Role.CONTACT_POINT),
        plan=published,
        key="taipu",
        draft=draft,
        verdict="confirmed",
    )
    assert owing() == []


def test_page_of_claims_answers_by_form(world: World, published: Plan, client: Client) -> None:
    draft = claim(world, published)
    client.force_login(world.user(JIASHAN, Role.PLANNER))
    url = "/plans/QWJ/text/claims/"
    text = client.get(url, headers={"accept-language": "en"}).content.decode()
    assert text.count('name="verdict"') == 2
    refused = client.post(f"{url}taipu/", {"draft": draft, "verdict": "refused", "reason": ""})
    assert refused.status_code == 422
    done = client.post(f"{url}taipu/", {"draft": draft, "verdict": "confirmed", "reason": ""})
    assert done.status_code == 302
    assert list(ClaimConfirmation.objects.values_list("jurisdiction", "verdict")) == [
        (JIASHAN, "confirmed")
    ]
    assert 'name="verdict"' not in client.get(url).content.decode()
    client.force_login(world.user(WUJIANG, Role.PLANNER))
    assert 'name="verdict"' not in client.get(url).content.decode()


def test_terms_are_added_and_removed_by_the_joint_team(world: World, published: Plan) -> None:
    office = world.coordinator(published)
    term = add_term(actor=office, plan=published, term_zh="蓝环", definition_zh="水系。")
    with pytest.raises(Invalid) as again:
        add_term(actor=office, plan=published, term_zh="蓝环", definition_zh=" ")
    assert sorted(again.value.errors) == ["definition_zh", "term_zh"]
    with pytest.raises(Refused):
        remove_term(actor=world.actor(QINGPU, Role.PLANNER), plan=published, term=term.pk)
    remove_term(actor=office, plan=published, term=term.pk)
    with pytest.raises(NotVisible):
        remove_term(actor=office, plan=published, term=term.pk)
    add_term(actor=office, plan=published, term_zh="蓝环", definition_zh="别的。")
    assert DefinedTerm.objects.count() == 2
    acts = RecordEntry.objects.filter(chain="plan:QWJ").order_by("-seq").values_list("act")
    assert [act for (act,) in acts[:3]] == ["term.add", "term.remove", "term.add"]
