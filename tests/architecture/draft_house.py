"""A house of one plan with every kind of unpublished text, each with a mark, and who may meet it."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import pytest_django
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from consult.demands.actions import add_demand
from consult.demands.steps import Entry
from plans.register.actions import admit_body
from plans.register.enums import PartyRole
from plans.register.models import Plan
from plans.register.steps import add_attachment, add_party
from plans.text.actions import (
    add_chapter,
    add_note,
    add_provision,
    add_standard,
    add_term,
    keep_typed_edit,
    propose_amendment,
    split_provision,
    start_import,
)
from plans.text.collisions import Texts
from plans.text.models import InternalNote, TextImport
from plans.text.norms import Norm, Source
from plans.text.queries import base_hash_of
from plans.text.wording import Wording
from stakeholders.files.actions import upload_file
from stakeholders.files.enums import Kind
from stakeholders.people.models import Organization
from stakeholders.terms.actor import Role
from tests.architecture.rights_world import enter
from tests.architecture.test_rights_over_http import nothing_kept
from tests.consult.phase2_preparation.stage import build
from tests.world import JIASHAN, KUNSHAN, QINGPU, WUJIANG, World, build_world

KEY = "kept"
SHANGHAI = "310000"


@dataclass
class House:
    clients: dict[str, Client]
    values: dict[str, object]


def _drafted(world: World, plan: Plan) -> None:
    """Every kind of unpublished text, each with the mark."""
    office, planner = world.coordinator(plan), world.actor(QINGPU, Role.PLANNER)
    add_chapter(
        actor=office,
        plan=plan,
        key="secret-chapter",
        title_zh="SECRETchapter",
        drafting=[QINGPU],
    )
    for key in ("secret-item", "secret-parent"):
        add_provision(
            actor=office,
            plan=plan,
            chapter="secret-chapter",
            key=key,
            wording=Wording(
                title_zh="SECRETtitle",
                text_zh="SECRETtext",
                lead=QINGPU,
                function="rule",
                given_source="SECRETsource",
                evidence="SECRETevidence",
                is_given=True,
            ),
        )
    add_note(actor=planner, plan=plan, key="secret-item", text="SECRETnote")
    keep_typed_edit(
        actor=planner, plan=plan, key="secret-item", edits=1, fields={"text_zh": ["SECRETtyped"]}
    )
    item = plan.items.get(key="secret-item")
    propose_amendment(
        actor=planner,
        plan=plan,
        item="secret-item",
        base=base_hash_of(item),
        texts=Texts(title_zh="SECRETamended", text_zh="SECRETwording"),
        reason="SECRETreason",
    )
    split_provision(
        actor=office, plan=plan, key="secret-parent", edits=1, titles=["SECRETa", "SECRETb"]
    )
    add_term(actor=office, plan=plan, term_zh="SECRETterm", definition_zh="SECRETmeaning")
    add_standard(
        actor=office,
        plan=plan,
        key="secret-standard",
        norm=Norm(title_zh="SECRETnorm", unit="m", sources=(Source(key=QINGPU, value="4711"),)),
    )
    upload = SimpleUploadedFile(
        "SECRETfile.md", "第一章 SECRET\n\n第一条 【SECRET】应当。".encode()
    )
    stored = upload_file(actor=office, upload=upload, kinds=[Kind.MARKDOWN])
    start_import(actor=office, plan=plan, file=stored)
    for title, purpose, one in (
        ("SECRETfigures", "base_figures", None),
        ("SECRETmaterial", "attachment", None),
        ("SECRETannex", "attachment", item),
    ):
        add_attachment(
            plan=plan,
            item=one,
            purpose=purpose,
            title_zh=title,
            title_en="",
            file=stored,
            classification="open" if one else "internal",
            actor=planner,
        )
    entry = Entry(title_zh="SECRETdemand", text_zh="SECRETwish", kind="local", theme="water")
    add_demand(actor=world.actor(QINGPU, Role.CONTACT_POINT), plan=plan, entry=entry)


def _family(world: World, plan: Plan) -> None:
    """A lower and an upper plan that nobody outside sees."""
    for key in ("secret-upper", "secret-lower"):
        made = world.plan(key)
        Plan.objects.filter(pk=made.pk).update(title_zh="SECRETplan", short_zh="SECRETshort")
    Plan.objects.filter(pk=plan.pk).update(parent=Plan.objects.get(key="secret-upper"))
    Plan.objects.filter(key="secret-lower").update(parent=plan)


def lay(world: World) -> House:
    scene = build(world, KEY)
    plan, office = scene.plan, scene.office
    scene.open()
    scene.revise(aim="published")
    scene.items["aim"].draft.refresh_from_db()
    _drafted(world, plan)
    _family(world, plan)
    add_party(plan=plan, code=SHANGHAI, role=PartyRole.OBSERVER, must_sign=False)
    body = Organization.objects.create(key="EX", name_zh="专家组", kind="expert_committee")
    for role in (Role.EXPERT, Role.SUPERVISOR):
        admit_body(actor=office, plan=plan, organization=body, role=role)
    users = {
        "neighbour": world.user(KUNSHAN, Role.CONTACT_POINT),
        "neighbour_planner": world.user(KUNSHAN, Role.PLANNER),
        "observer": world.user(SHANGHAI, Role.OBSERVER),
        "expert": of_body(world, body, Role.EXPERT),
        "supervisor": of_body(world, body, Role.SUPERVISOR),
        "coordinator": world.mandate(QINGPU, Role.COORDINATOR, plan_key=KEY).user,
        "planner": world.user(QINGPU, Role.PLANNER),
        "party": world.user(WUJIANG, Role.PLANNER),
        "stranger": world.user("320500", Role.CONTACT_POINT),
    }
    cache.clear()
    values = {
        "key": KEY,
        "item": "secret-item",
        "chapter": "secret-chapter",
        "code": QINGPU,
        "number": 1,
        "before": 1,
        "after": 2,
        "note": InternalNote.objects.latest("pk").pk,
        "term": 1,
        "pk": TextImport.objects.get().pk,
        "digits": "0" * 12,
        "matter": "MT1",
        "project": "PJ1",
        "kind": "docx",
    }
    return House(clients={name: enter(user) for name, user in users.items()}, values=values)


def of_body(world: World, body: Organization, role: Role):
    mandate = world.mandate(JIASHAN, role)
    mandate.jurisdiction, mandate.organization = None, body
    mandate.save()
    return mandate.user


@pytest.fixture(scope="module")
def house(
    django_db_setup: None,
    django_db_blocker: pytest_django.DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[House]:
    media = tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock(), nothing_kept(MEDIA_ROOT=media, FILES_ROOT=media):
        yield lay(build_world())


def body_of(response: HttpResponse) -> bytes:
    """What the answer says, packed files unpacked."""
    content = b"".join(response) if response.streaming else response.content
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return b"".join(packed.read(name) for name in packed.namelist())
