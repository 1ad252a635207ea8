"""An agreed standard goes the way of a sentence: published, changed, frozen, agreed, signed."""

from dataclasses import replace

import pytest
from django.test import Client

from consult.ballots.steps import Letter
from consult.phase1_organization.queries import rule_for
from consult.phase3_identification.actions import (
    close_sign_off,
    declare,
    open_sign_off,
    sign_statement,
)
from consult.phase3_identification.board import board
from consult.phase3_identification.papers import bundle_text, statement_docx
from consult.phase3_identification.queries import current_sign_off, statement_of
from consult.phase3_identification.steps import Stand
from consult.workflow.actions import publish, reopen
from consult.workflow.queries import pending
from plans.register.models import Plan
from plans.register.queries import entries_of, reading_of
from plans.register.steps import set_phase
from plans.text.actions import add_standard, edit_standard
from plans.text.comparing import compare
from stakeholders.terms.actor import Role
from tests.consult.phase1_organization.scene import adopted
from tests.plans.text.standards import DRAINS, SETBACK
from tests.world import JIASHAN, QINGPU, WUJIANG, World


@pytest.fixture
def plan(world: World) -> Plan:
    """A plan in its preparation, under a charter, with two standards in the draft."""
    made = world.plan()
    adopted(world, made)
    set_phase(plan=made, phase=2)
    made.refresh_from_db()
    actor = world.coordinator(made)
    add_standard(actor=actor, plan=made, norm=SETBACK, key="setback")
    add_standard(
        actor=actor, plan=made, norm=replace(DRAINS, concerned=(QINGPU, WUJIANG)), key="drains"
    )
    return made


def frozen(world: World, plan: Plan) -> None:
    publish(actor=world.coordinator(plan), plan=plan, stage="recognition", freeze=True)
    set_phase(plan=plan, phase=3)
    plan.refresh_from_db()


def say(world: World, plan: Plan, code: str, *exceptions: Stand) -> None:
    declare(
        actor=world.actor(code, Role.SIGNATORY),
        plan=plan,
        revision_hash=plan.frozen.hash,
        general=Stand(value="agree"),
        exceptions=exceptions,
        letter=Letter(),
        decided_by="区政府常务会议",
        former=None,
    )


def test_standards_are_numbered_under_their_heading_and_read(world: World, plan: Plan) -> None:
    revision = publish(actor=world.coordinator(plan), plan=plan, stage="consultation")
    entries = list(entries_of(revision))
    assert [(e.item.key, e.number, e.heading, e.change) for e in entries] == [
        ("setback", "S1", "common-standards", "added"),
        ("drains", "S2", "common-standards", "added"),
    ]
    reading = reading_of(entries[0])
    assert (reading.title_zh, reading.theme, reading.number_label) == (
        "河道蓝线后退距离",
        "standards",
        "S1",
    )
    assert reading.text_zh == (
        "统一标准：10 m（就高）。数值越大越严格。\n\n"
        "各方现行标准：青浦区 10 m（青浦区河道蓝线专项规划）；吴江区 8 m；嘉善县 6 m。\n\n"
        "参考标准：国际先进值 15 m。\n\n理由：就高取青浦值。"
    )


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ({"agreed": "12", "choice": "other", "reason_zh": "从严"}, "text"),
        ({"title_en": "Setback", "reason_en": "Highest"}, "translation"),
        ({"strength": "guiding"}, "strength_or_concern"),
    ],
)
def test_kind_of_change(world: World, plan: Plan, changed: dict[str, object], kind: str) -> None:
    actor = world.coordinator(plan)
    first = publish(actor=actor, plan=plan, stage="consultation")
    norm = replace(SETBACK, **changed)
    edit_standard(actor=actor, plan=plan, key="setback", edits=1, norm=norm)
    assert pending(plan).kinds == {"setback": kind, "drains": "unchanged"}
    second = publish(actor=actor, plan=plan, stage="consultation")
    (found,) = compare(old=first, new=second).changes
    assert found.kind == kind


def test_class_of_the_charter_is_that_of_the_strength(world: World, plan: Plan) -> None:
    charter = plan.charters.get(number=1)
    for strength in ("binding", "guiding"):
        of_provision = rule_for(charter, strength=strength, kind="provision")
        assert rule_for(charter, strength=strength, kind="standard") == of_provision


def test_standards_are_agreed_and_signed_item_by_item(
    world: World, plan: Plan, client: Client
) -> None:
    frozen(world, plan)
    open_sign_off(actor=world.coordinator(plan), plan=plan)
    reserved = Stand(item="setback", value="object", text="六米已属不易")
    say(world, plan, QINGPU)
    say(world, plan, WUJIANG)
    say(world, plan, JIASHAN, reserved)
    found = board(sign_off=current_sign_off(plan), revision=plan.frozen)
    assert [(r.key, [c.state for c in r.cells], r.passes) for r in found.rows] == [
        ("setback", ["agreed", "agreed", "objected"], False),
        ("drains", ["agreed", "agreed", "not_concerned"], True),
    ]
    client.force_login(world.user(JIASHAN, Role.SIGNATORY))
    for path in ("matrix/", "sign-off/"):
        assert client.get(f"/plans/QWJ/{path}").status_code == 200


def test_statement_of_an_agreed_standard_holds_its_sentence(world: World, plan: Plan) -> None:
    frozen(world, plan)
    open_sign_off(actor=world.coordinator(plan), plan=plan)
    for code in (QINGPU, WUJIANG, JIASHAN):
        say(world, plan, code)
    close_sign_off(actor=world.coordinator(plan), plan=plan)
    sign_statement(actor=world.actor(QINGPU, Role.SIGNATORY), plan=plan)
    statement = statement_of(current_sign_off(plan))
    assert "统一标准：10 m（就高）。" in bundle_text(plan=plan, statement=statement)
    assert statement_docx(plan=plan, statement=statement)[:2] == b"PK"


def test_changed_agreed_value_makes_consent_stale(world: World, plan: Plan) -> None:
    frozen(world, plan)
    open_sign_off(actor=world.coordinator(plan), plan=plan)
    for code in (QINGPU, WUJIANG, JIASHAN):
        say(world, plan, code)
    reopen(actor=world.coordinator(plan), plan=plan, reason="修订后退距离")
    plan.refresh_from_db()
    stricter = replace(SETBACK, agreed="12", choice="other", reason_zh="从严")
    edit_standard(actor=world.coordinator(plan), plan=plan, key="setback", edits=1, norm=stricter)
    frozen(world, plan)
    found = board(sign_off=current_sign_off(plan), revision=plan.frozen)
    assert [[c.state for c in r.cells] for r in found.rows] == [
        ["stale", "stale", "stale"],
        ["agreed", "agreed", "not_concerned"],
    ]
