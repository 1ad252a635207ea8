"""Inside a site: plans in which people write comments, hand them in and take positions over HTTP."""

import json
from collections import Counter
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from django.db import transaction
from django.test import Client, RequestFactory

from consult.phase2_preparation.actions import clear_comment
from consult.phase2_preparation.models import Comment, CommentAutosave, CommentDraft
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
from stakeholders.record.models import RecordEntry
from stakeholders.terms.actor import Role
from tests.consult.phase1_organization.scene import adopted
from tests.consult.phase2_preparation.stage import build, content
from tests.world import JIASHAN, KUNSHAN, QINGPU, WUJIANG, World, build_world, in_days

WRITTEN, ANSWERED, SIGNED = "WRITTEN", "ANSWERED", "SIGNED"
ROUNDS = 30  # each can be answered once by each jurisdiction
# Where each kind of form ends, and the act it is on record with.
ACTS = {
    "comment": (WRITTEN, "comment.draft"),
    "answer": (ANSWERED, "reply.submit"),
    "position": (SIGNED, "position.take"),
}


@transaction.atomic
def lay() -> list[dict[str, Any]]:
    """Make the plans; each person with the kind of its work, its pages and its session."""
    world = build_world()
    scene = build(world, WRITTEN)
    one = scene.open()
    _sign_off(world)
    answers = _rounds(world)
    rounds = f"/plans/{WRITTEN}/rounds/{one.number}/comments"
    people = [
        ("comment", f"{rounds}/new/", world.user(WUJIANG, Role.PLANNER)),
        ("comment", f"{rounds}/new/", world.user(JIASHAN, Role.PLANNER)),
        ("typed", f"{rounds}/typed/?item=aim", world.user(QINGPU, Role.PLANNER)),
        ("typed", f"{rounds}/typed/?item=water", world.user(KUNSHAN, Role.PLANNER)),
        ("position", f"/plans/{SIGNED}/sign-off/position/", world.user(WUJIANG, Role.SIGNATORY)),
        ("position", f"/plans/{SIGNED}/sign-off/position/", world.user(JIASHAN, Role.SIGNATORY)),
    ]
    found = [{"kind": kind, "page": page, **_signed_in(user)} for kind, page, user in people]
    for code in (WUJIANG, JIASHAN):
        one_by_one = {"kind": "answer", "page": "", "left": list(answers)}
        found.append({**one_by_one, **_signed_in(world.user(code, Role.CONTACT_POINT))})
    return found


def _rounds(world: World) -> list[str]:
    """Rounds in which two jurisdictions hold a cleared comment each; the pages to hand it in."""
    scene = build(world, ANSWERED)
    pages = []
    for _number in range(ROUNDS):
        one = scene.open(codes=[WUJIANG, JIASHAN])
        for code in (WUJIANG, JIASHAN):
            draft = scene.draft(one, code)
            clear_comment(actor=scene.actor(code), plan=scene.plan, draft=draft)
        pages.append(f"/plans/{ANSWERED}/rounds/{one.number}/reply/")
    return pages


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
    """What the site has: comments by text, the comments handed in and the positions by letter
    number, each with how often it is there; what is typed last on each item. `acts`: rows beside
    the entries of the record, by kind."""
    letters = [
        json.loads(one.content)["letter"]["number"]
        for one in Declaration.objects.filter(sign_off__plan__key=SIGNED)
    ]
    typed = {
        row.item.key: "".join(row.fields.get("text_zh", []))
        for row in CommentAutosave.objects.select_related("item")
        if row.item is not None
    }
    drafts = CommentDraft.objects.filter(round__plan__key=WRITTEN)
    handed_in = Comment.objects.filter(plan__key=ANSWERED)
    rows = {"comment": len(drafts), "answer": len(handed_in), "position": len(letters)}
    entries = {
        kind: RecordEntry.objects.filter(act=act, chain__startswith=f"plan:{key}").count()
        for kind, (key, act) in ACTS.items()
    }
    return {
        "comment": Counter(text for text in drafts.values_list("text_zh", flat=True) if text),
        "answer": Counter(handed_in.values_list("reply__letter_number", flat=True)),
        "position": Counter(letters),
        "typed": typed,
        "acts": {kind: (rows[kind], entries[kind]) for kind in ACTS},
    }
