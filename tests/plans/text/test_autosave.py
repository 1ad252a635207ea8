"""What is typed and not saved: kept for one mandate, restored, dropped when saved or old."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from plans.register.models import ItemDraft, Plan
from plans.register.steps import freeze
from plans.text.actions import edit_provision, forget_typed, keep_typed_edit
from plans.text.actions.autosave import MOST
from plans.text.models import Autosave, Provision
from plans.text.queries import typed_in_provision
from plans.text.wording import wording_of
from stakeholders.record.models import RecordEntry
from stakeholders.terms import clock
from stakeholders.terms.actor import SYSTEM, Role
from stakeholders.terms.errors import NotVisible, Refused
from stakeholders.terms.rights import Reason
from tests.plans.text.test_actions import publish
from tests.plans.text.test_views import page, posted
from tests.world import JIASHAN, KUNSHAN, WUJIANG, World

EDITOR = "/plans/QWJ/text/provisions/taipu/"
NEW = "/plans/QWJ/text/chapters/water/new/"


@pytest.fixture
def planner(world: World, provision: Provision, client: Client) -> Client:
    client.force_login(world.user(WUJIANG, Role.PLANNER))
    return client


def typed(client: Client, **fields: object) -> tuple[int, str]:
    answer = client.post(f"{EDITOR}typed/", posted(**fields), headers={"accept-language": "en"})
    return answer.status_code, answer.content.decode().strip()


def test_typed_text_is_kept_without_an_act_and_said_with_the_hour(planner: Client) -> None:
    acts = RecordEntry.objects.count()
    code, said = typed(planner, text_zh="没有写完")
    row = Autosave.objects.get()
    assert (code, said.startswith("Saved "), "(Beijing time)" in said) == (200, True, True)
    assert (row.fields["text_zh"], row.edits) == (["没有写完"], 1)
    assert (ItemDraft.objects.get(item__key="taipu").edits, RecordEntry.objects.count()) == (
        1,
        acts,
    )


def test_what_equals_the_draft_is_not_kept(planner: Client, provision: Provision) -> None:
    typed(planner)
    same = wording_of(provision.item.draft)
    code, said = typed(
        planner,
        text_zh=same.text_zh,
        strength=same.strength,
        concerned=list(same.concerned),
    )
    assert (code, said, Autosave.objects.count()) == (200, "Nothing is unsaved.", 0)


def test_typed_text_comes_back_and_goes_when_it_is_saved(planner: Client) -> None:
    typed(planner, text_zh="没有写完", demand=["local"], is_given="on")
    text = page(planner, EDITOR)
    assert "没有写完" in text
    assert "was restored" in text
    assert 'value="local" id="id_demand_2" checked' in text.replace(' lang="en"', "")
    assert planner.post(EDITOR, posted(text_zh="写完了")).status_code == 302
    assert Autosave.objects.count() == 0
    assert "was restored" not in page(planner, EDITOR)


def test_typed_text_over_a_draft_that_moved_leads_to_the_three_way_page(
    world: World, plan: Plan, planner: Client, provision: Provision
) -> None:
    typed(planner, text_zh="我方改写。")
    theirs = wording_of(provision.item.draft)
    edit_provision(actor=world.coordinator(plan), plan=plan, key="taipu", edits=1, wording=theirs)
    text = page(planner, EDITOR)
    assert "Somebody saved this provision meanwhile" in text
    assert 'name="edits" value="1"' in text


def test_discarding_forgets_it(planner: Client) -> None:
    typed(planner, text_zh="没有写完")
    assert planner.post(f"{EDITOR}discard/").status_code == 302
    assert Autosave.objects.count() == 0


def test_a_new_provision_is_kept_by_chapter_and_goes_when_it_is_added(planner: Client) -> None:
    answer = planner.post(f"{NEW}typed/", posted(text_zh="新条款", key="new-one"))
    assert answer.status_code == 200
    text = page(planner, NEW)
    assert ("新条款" in text, 'value="new-one"' in text) == (True, True)
    assert planner.post(NEW, posted(key="new-one", edits="")).status_code == 302
    assert Autosave.objects.count() == 0


def test_what_comes_after_the_form_that_was_sent_is_not_kept(planner: Client) -> None:
    """What is typed travels beside the form: it must not come back as unsaved after the saving."""
    said = posted(text_zh="新条款", key="new-one", edits="")
    assert planner.post(NEW, said).status_code == 302
    assert planner.post(f"{NEW}typed/", said).status_code == 200
    assert Autosave.objects.count() == 0
    assert planner.post(f"{NEW}typed/", {**said, "text_zh": "又一条"}).status_code == 200
    assert Autosave.objects.count() == 1


def test_nobody_else_reads_it(world: World, plan: Plan, planner: Client) -> None:
    typed(planner, text_zh="只给自己看")
    for actor in (world.coordinator(plan), world.actor(WUJIANG, Role.CONTACT_POINT)):
        assert typed_in_provision(Provision.objects.get(), actor=actor) is None
    contact = world.user(WUJIANG, Role.CONTACT_POINT)
    planner.force_login(contact)
    assert "只给自己看" not in page(planner, EDITOR)


def test_who_does_not_draft_in_the_chapter_keeps_nothing(
    world: World, plan: Plan, provision: Provision
) -> None:
    common = {"plan": plan, "key": "taipu", "edits": 1, "fields": {"text_zh": ["字"]}}
    with pytest.raises(Refused) as other:
        keep_typed_edit(actor=world.actor(JIASHAN, Role.PLANNER), **common)
    with pytest.raises(Refused) as signatory:
        keep_typed_edit(actor=world.actor(WUJIANG, Role.SIGNATORY), **common)
    with pytest.raises(NotVisible):
        keep_typed_edit(actor=world.actor(KUNSHAN, Role.PLANNER), **common)
    freeze(plan=plan, revision=publish(plan, world.coordinator(plan)), reason="sign-off")
    with pytest.raises(Refused) as frozen:
        keep_typed_edit(actor=world.actor(WUJIANG, Role.PLANNER), **common)
    reasons = [one.value.verdict.reason for one in (other, signatory, frozen)]
    assert reasons == [Reason.NOT_YOURS, Reason.WRONG_ROLE, Reason.FROZEN]
    assert Autosave.objects.count() == 0


@pytest.mark.parametrize("text", ["字" * (MOST + 1), "空\x00字"])
def test_what_cannot_be_kept_is_said_and_refused(planner: Client, text: str) -> None:
    code, said = typed(planner, text_zh=text)
    assert (code, said.startswith("Not kept: "), Autosave.objects.count()) == (422, True, 0)


def test_old_typed_text_is_forgotten_by_the_house_alone(
    world: World, plan: Plan, planner: Client
) -> None:
    typed(planner, text_zh="没有写完")
    assert forget_typed(actor=SYSTEM, older_than=timedelta(days=90)) == 0
    Autosave.objects.update(saved_at=clock.now() - timedelta(days=91))
    with pytest.raises(Refused):
        forget_typed(actor=world.coordinator(plan), older_than=timedelta(days=90))
    assert forget_typed(actor=SYSTEM, older_than=timedelta(days=90)) == 1


def test_what_was_saved_meanwhile_is_not_kept_as_typed(
    world: World, plan: Plan, provision: Provision
) -> None:
    """The editor sends what is typed and then saves: the two may arrive the other way round."""
    actor = world.actor(WUJIANG, Role.PLANNER)
    saved = replace(wording_of(provision.item.draft), text_zh="已保存的文字。")
    edits = provision.item.draft.edits
    edit_provision(actor=actor, plan=plan, key="taipu", edits=edits, wording=saved)
    common = {
        "plan": plan,
        "key": "taipu",
        "edits": edits,
        "fields": {"text_zh": ["已保存的文字。"]},
    }
    assert keep_typed_edit(actor=actor, wording=saved, **common) is None
    assert Autosave.objects.count() == 0
    other = replace(saved, text_zh="后来输入的文字。")
    assert keep_typed_edit(actor=actor, wording=other, **common) is not None
