"""Inside a site: two plans in which people write comments and take positions over HTTP."""

import json
from collections import Counter
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from django.db import transaction
from django.test import Client, RequestFactory

from consult.phase2_preparation.models import CommentAutosave, CommentDraft
from consult.phase3_identification.actions import open_sign_off
from consult.phase3_identification.models import Declaration
from plans.register.enums import PartyRole, Stage
from plans.register.models import Plan
from plans.register.steps import (
    Place,
    add_party,
    create_item,
    freeze,
    publish_revision,
    set_phase,
)
from stakeholders.people.models import User
from stakeholders.terms.actor import Role
from tests.consult.phase1_organization.scene import adopted
from tests.consult.phase2_preparation.stage import build, content
from tests.world import JIASHAN, KUNSHAN, QINGPU, WUJIANG, World, build_world, in_days

WRITTEN, SIGNED = "WRITTEN", "SIGNED"


@transaction.atomic
def lay() -> list[dict[str, Any]]:
    """Make both plans; each person with the kind of its work, its page and its session."""
    world = build_world()
    scene = build(world, WRITTEN)
    one = scene.open()
    _sign_off(world)
    rounds = f"/plans/{WRITTEN}/rounds/{one.number}/comments"
    people = [
        ("comment", f"{rounds}/new/", world.user(WUJIANG, Role.PLANNER)),
        ("comment", f"{rounds}/new/", world.user(JIASHAN, Role.PLANNER)),
        ("typed", f"{rounds}/typed/?item=aim", world.user(QINGPU, Role.PLANNER)),
        ("typed", f"{rounds}/typed/?item=water", world.user(KUNSHAN, Role.PLANNER)),
        ("position", f"/plans/{SIGNED}/sign-off/position/", world.user(WUJIANG, Role.SIGNATORY)),
        ("position", f"/plans/{SIGNED}/sign-off/position/", world.user(JIASHAN, Role.SIGNATORY)),
    ]
    return [{"kind": kind, "page": page, **_signed_in(user)} for kind, page, user in people]


def _sign_off(world: World) -> Plan:
    plan = world.plan(SIGNED)
    add_party(plan=plan, code=KUNSHAN, role=PartyRole.NEIGHBOUR, must_sign=False)
    adopted(world, plan)
    office = world.coordinator(plan)
    item = create_item(
        plan=plan,
        key="aim",
        kind="provision",
        content=content("aim"),
        strength="binding",
        concerned=[QINGPU, WUJIANG, JIASHAN],
        actor=office,
    )
    set_phase(plan=plan, phase=3)
    revision = publish_revision(
        plan=plan,
        actor=office,
        stage=Stage.RECOGNITION,
        headings=[],
        places=[Place(item=item, number="1")],
        changes={},
        charter_version="1",
    )
    freeze(plan=plan, revision=revision)
    open_sign_off(actor=office, plan=plan, closes_at=in_days(30))
    return plan


def _signed_in(user: User) -> dict[str, str]:
    """A session of a person who has just proved itself."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    asked = RequestFactory().get("/")
    asked.session = session
    record_authentication(asked, user, method="password", reauthenticated=True)
    session.save()
    return {"name": user.email, "session": str(session.session_key)}


def kept() -> dict[str, Any]:
    """Comments by text and positions by letter number, each with how often it is there; what is
    typed last on each item."""
    letters = Counter(
        json.loads(one.content)["letter"]["number"]
        for one in Declaration.objects.filter(sign_off__plan__key=SIGNED)
    )
    typed = {
        row.item.key: "".join(row.fields.get("text_zh", []))
        for row in CommentAutosave.objects.select_related("item")
        if row.item is not None
    }
    drafts = Counter(
        text for text in CommentDraft.objects.values_list("text_zh", flat=True) if text
    )
    return {"comment": drafts, "position": letters, "typed": typed}
