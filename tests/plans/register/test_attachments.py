from pathlib import Path

import pytest
import pytest_django
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from consult.workflow.actions import publish
from plans.register.actions import add_attachment, remove_attachment
from plans.register.enums import PartyRole
from plans.register.models import Attachment, Plan
from plans.register.queries import base_attachments
from plans.register.steps import add_party, freeze
from plans.text.actions import add_chapter, add_provision
from plans.text.wording import Wording
from stakeholders.files.actions import upload_file
from stakeholders.files.enums import Kind
from stakeholders.files.models import StoredFile
from stakeholders.record.models import RecordEntry
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.errors import Conflict, Invalid, Refused
from tests.world import JIASHAN, KUNSHAN, WUJIANG, World

PAGE = "/plans/QWJ/attachments/"


@pytest.fixture(autouse=True)
def media(tmp_path: Path, settings: pytest_django.Settings) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def plan(world: World) -> Plan:
    made = world.plan()
    actor = world.coordinator(made)
    add_party(plan=made, code=KUNSHAN, role=PartyRole.NEIGHBOUR, must_sign=False)
    add_chapter(actor=actor, plan=made, key="water", title_zh="水")
    wording = Wording(title_zh="太浦河", text_zh="水质按Ⅲ类控制。")
    add_provision(actor=actor, plan=made, chapter="water", key="taipu", wording=wording)
    return made


def kept(actor: Actor, text: bytes = b"a,b\n1,2\n") -> StoredFile:
    upload = SimpleUploadedFile("figures.csv", text)
    return upload_file(actor=actor, upload=upload, kinds=frozenset(Kind))


def attached(world: World, plan: Plan, **options: str) -> Attachment:
    actor = world.actor(WUJIANG, Role.PLANNER)
    given = {"title_zh": "底数", **options}
    return add_attachment(actor=actor, plan=plan, file=kept(actor), is_unclassified=True, **given)


def test_attaching_and_taking_out_are_recorded_and_delete_nothing(world: World, plan: Plan) -> None:
    before = RecordEntry.objects.count()
    one = attached(world, plan, purpose="base_figures")
    remove_attachment(actor=world.coordinator(plan), plan=plan, number=one.pk, reason="旧表")
    acts = list(RecordEntry.objects.order_by("pk").values_list("act", flat=True))[before:]
    assert acts == ["attachment.add", "attachment.remove"]
    assert (Attachment.objects.count(), base_attachments(plan)) == (1, [])
    with pytest.raises(Conflict):
        remove_attachment(actor=world.coordinator(plan), plan=plan, number=one.pk, reason="又")


@pytest.mark.parametrize(
    ("options", "field"),
    [
        ({"title_zh": " "}, "title_zh"),
        ({"purpose": "nothing"}, "purpose"),
        ({"item": "taipu", "purpose": "base_map"}, "purpose"),
        ({"item": "none"}, "item"),
        ({"classification": "secret"}, "classification"),
    ],
)
def test_attaching_is_refused(
    world: World, plan: Plan, options: dict[str, str], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        attached(world, plan, **options)
    assert list(refused.value.errors) == [field]


def test_word_that_nothing_is_classified_is_required(world: World, plan: Plan) -> None:
    actor = world.actor(WUJIANG, Role.PLANNER)
    with pytest.raises(Invalid) as refused:
        add_attachment(
            actor=actor, plan=plan, file=kept(actor), title_zh="图", is_unclassified=False
        )
    assert list(refused.value.errors) == ["is_unclassified"]


def test_nothing_is_attached_or_taken_out_while_frozen(world: World, plan: Plan) -> None:
    one = attached(world, plan)
    revision = publish(actor=world.coordinator(plan), plan=plan, stage="consultation")
    freeze(plan=plan, revision=revision)
    with pytest.raises(Refused):
        attached(world, plan)
    with pytest.raises(Refused):
        remove_attachment(actor=world.coordinator(plan), plan=plan, number=one.pk, reason="旧")


def test_another_party_does_not_take_mine_out(world: World, plan: Plan) -> None:
    one = attached(world, plan)
    with pytest.raises(Refused):
        remove_attachment(
            actor=world.actor(JIASHAN, Role.PLANNER), plan=plan, number=one.pk, reason="旧"
        )


def test_internal_files_are_for_the_co_making_parties(
    world: World, plan: Plan, client: Client
) -> None:
    inside = attached(world, plan, classification="internal", title_zh="内部底数")
    unpublished = attached(world, plan, item="taipu", title_zh="未公布条文的附件")
    open_one = attached(world, plan, title_zh="公开底图", purpose="base_map")
    numbers = [one.pk for one in (inside, unpublished, open_one)]
    seen = {}
    for code in (KUNSHAN, JIASHAN):
        client.force_login(world.user(code, Role.PLANNER))
        listed = client.get(PAGE).context["page_obj"].object_list
        api = client.get("/api/v1/plans/QWJ/attachments/").json()["results"]
        assert [one.pk for one in listed] == [row["id"] for row in api]
        seen[code] = ([one.pk for one in listed], [_found(client, n) for n in numbers])
    assert seen[KUNSHAN][0] == [open_one.pk]
    assert seen[KUNSHAN][1] == [False, False, True]
    assert seen[JIASHAN][0] == numbers[::-1]
    assert seen[JIASHAN][1] == [True, True, True]


def _found(client: Client, number: int) -> bool:
    answer = client.get(f"{PAGE}{number}/file/")
    if answer.streaming:
        b"".join(answer.streaming_content)
    return answer.status_code != 404


def test_attaching_by_form_keeps_the_file_over_an_error(
    world: World, plan: Plan, client: Client
) -> None:
    client.force_login(world.user(WUJIANG, Role.PLANNER))
    fields = {"title_zh": "证明", "purpose": "evidence", "item": "taipu", "classification": "open"}
    upload = SimpleUploadedFile("figures.csv", b"a,b\n1,2\n")
    refused = client.post(f"{PAGE}new/", {**fields, "file": upload})
    stored = StoredFile.objects.get()
    assert refused.status_code == 422
    assert str(stored.pk) in refused.content.decode()
    done = client.post(
        f"{PAGE}new/", {**fields, "file-kept": str(stored.pk), "is_unclassified": "on"}
    )
    assert (done.status_code, done["Location"]) == (302, "/plans/QWJ/items/taipu/")
    assert "证明" in client.get("/plans/QWJ/items/taipu/").content.decode()


def test_api_attaches_an_upload_and_takes_it_out(world: World, plan: Plan, client: Client) -> None:
    client.force_login(world.user(WUJIANG, Role.PLANNER))
    stored = kept(world.actor(WUJIANG, Role.PLANNER))
    body = {"file": str(stored.pk), "title_zh": "图", "is_unclassified": True}
    api = "/api/v1/plans/QWJ/attachments/"
    made = client.post(api, body, content_type="application/json")
    assert (made.status_code, made.json()["purpose"]) == (201, "attachment")
    gone = client.post(
        f"{api}{made.json()['id']}/remove/", {"reason": "旧"}, content_type="application/json"
    )
    assert (gone.status_code, client.get(api).json()["results"]) == (204, [])
    assert client.get(f"{PAGE}?removed=on").context["page_obj"].paginator.count == 1


def test_only_what_one_may_take_out_offers_it(world: World, plan: Plan) -> None:
    number, client = attached(world, plan).pk, Client()
    address = f"/plans/{plan.key}/attachments/"
    for code in (WUJIANG, JIASHAN):
        client.force_login(world.mandate(code, Role.PLANNER).user)
        is_offered = f"{address}{number}/remove/" in client.get(address).content.decode()
        assert is_offered == (code == WUJIANG)
        assert client.get(f"{address}{number}/remove/").status_code == (200 if is_offered else 403)
