"""Internal notes are sealed: one test for each surface through which one could be read."""

import json
from dataclasses import fields

import pytest
from django.contrib import admin
from django.test import Client

from plans.register.models import Plan
from plans.text.actions import add_note, remove_provision, resolve_note
from plans.text.documents.shape import DocumentProvision
from plans.text.models import Autosave, InternalNote, NoteResolution, Provision
from plans.text.queries import notes_of, open_notes
from plans.text.wording import Wording
from stakeholders.people.models import User
from stakeholders.record.admin import INSIDE
from stakeholders.record.models import RecordEntry
from stakeholders.terms import canonical
from stakeholders.terms.actor import Role
from stakeholders.terms.errors import Conflict, Invalid, NotVisible, Refused
from tests.plans.text.test_views import DRAFT, page
from tests.world import JIASHAN, KUNSHAN, WUJIANG, World

PAGE = f"{DRAFT}provisions/taipu/notes/"
API = "/api/v1/plans/QWJ/provisions/taipu/notes/"
SECRET = "底线：不低于百分之十二"


@pytest.fixture
def note(world: World, plan: Plan, provision: Provision) -> InternalNote:
    actor = world.actor(WUJIANG, Role.PLANNER)
    return add_note(actor=actor, plan=plan, key="taipu", text=SECRET)


@pytest.fixture
def others(world: World, note: InternalNote) -> list[User]:
    """Everybody who is not of the drafting people of Wujiang."""
    del note
    people = [world.user(JIASHAN, role) for role in (Role.PLANNER, Role.CONTACT_POINT)]
    people += [world.user(WUJIANG, Role.SIGNATORY), world.mandate(KUNSHAN, Role.PLANNER).user]
    return [*people, User.objects.get(email="coordinator@joint.example"), world.administrator]


def test_the_drafting_people_of_the_party_read_it(
    world: World, client: Client, note: InternalNote
) -> None:
    for role in (Role.PLANNER, Role.CONTACT_POINT):
        client.force_login(world.user(WUJIANG, role))
        assert (SECRET in page(client, PAGE), "(1)" in page(client, DRAFT)) == (True, True)
        assert [one["text"] for one in client.get(API).json()] == [SECRET]


def test_no_page_shows_it_to_another(client: Client, others: list[User]) -> None:
    paths = [PAGE, DRAFT, f"{DRAFT}provisions/taipu/", f"{DRAFT}provisions/taipu/history/"]
    for user in others:
        client.force_login(user)
        told = [client.get(path, follow=True).content.decode() for path in paths]
        assert [SECRET in text for text in told] == [False] * len(paths)
        assert [f"({InternalNote.objects.count()})" in text for text in told[1:2]] == [False]


def test_no_operation_gives_it_to_another(client: Client, others: list[User]) -> None:
    for user in others:
        client.force_login(user)
        for path in (API, "/api/v1/plans/QWJ/provisions/", "/api/v1/plans/QWJ/provisions/taipu/"):
            assert SECRET not in json.dumps(_body(client, path), ensure_ascii=False)


def _body(client: Client, path: str) -> object:
    answer = client.get(path)
    return answer.json() if answer["Content-Type"].startswith("application/json") else ""


def test_the_joint_team_keeps_its_own(world: World, plan: Plan, note: InternalNote) -> None:
    joint = add_note(actor=world.coordinator(plan), plan=plan, key="taipu", text="联合办公室备注")
    found = Provision.objects.get()
    assert [one.note.pk for one in notes_of(found, holder="joint")] == [joint.pk]
    assert [one.note.pk for one in notes_of(found, holder=WUJIANG)] == [note.pk]
    assert open_notes([found.item_id], holder=JIASHAN) == {}
    with pytest.raises(NotVisible):
        resolve_note(actor=world.coordinator(plan), plan=plan, note=note.pk)


def test_the_administration_has_no_page_of_it() -> None:
    assert {InternalNote, NoteResolution, Autosave} & admin.site._registry.keys() == set()


def test_the_record_holds_a_digest_on_the_partys_inside_chain_only(
    world: World, plan: Plan, note: InternalNote
) -> None:
    resolve_note(actor=world.actor(WUJIANG, Role.CONTACT_POINT), plan=plan, note=note.pk)
    inside = RecordEntry.objects.filter(act__startswith="note.").order_by("pk")
    assert [(one.chain, one.act) for one in inside] == [
        (f"plan:QWJ:{WUJIANG}", "note.add"),
        (f"plan:QWJ:{WUJIANG}", "note.resolve"),
    ]
    effects = json.loads(inside[0].payload)["effects"]
    assert effects == {"note": note.pk, "text": canonical.digest(SECRET)}
    assert not RecordEntry.objects.exclude(chain__regex=INSIDE).filter(act__startswith="note.")


def test_no_document_of_the_text_has_a_place_for_it() -> None:
    names = {field.name for kind in (DocumentProvision, Wording) for field in fields(kind)}
    assert [name for name in names if "note" in name] == []


def test_who_looks_on_or_signs_writes_none(world: World, plan: Plan, provision: Provision) -> None:
    with pytest.raises(Refused):
        add_note(actor=world.actor(WUJIANG, Role.SIGNATORY), plan=plan, key="taipu", text="字")
    with pytest.raises(NotVisible):
        add_note(actor=world.actor(KUNSHAN, Role.PLANNER), plan=plan, key="taipu", text="字")


@pytest.mark.parametrize("text", [" ", "字" * 2_001, "甲\u202e"])
def test_what_no_note_may_be(world: World, plan: Plan, provision: Provision, text: str) -> None:
    with pytest.raises(Invalid) as invalid:
        add_note(actor=world.actor(WUJIANG, Role.PLANNER), plan=plan, key="taipu", text=text)
    assert list(invalid.value.errors) == ["text"]


def test_a_note_is_resolved_once_and_stays_readable_on_a_removed_provision(
    world: World, plan: Plan, client: Client, note: InternalNote
) -> None:
    planner = world.actor(WUJIANG, Role.PLANNER)
    remove_provision(actor=planner, plan=plan, key="taipu", edits=1)
    client.force_login(world.user(WUJIANG, Role.PLANNER))
    answer = client.post(f"{DRAFT}notes/{note.pk}/resolve/")
    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    text = page(client, PAGE)
    assert (SECRET in text, "resolved" in text) == (True, True)
    with pytest.raises(Conflict):
        resolve_note(actor=planner, plan=plan, note=note.pk)
