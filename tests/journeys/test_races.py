"""Many at once on real connections: exactly one wins, the others are told, the record holds."""

from collections.abc import Callable

import pytest
from django.db import transaction

from consult.ballots.steps import Letter
from consult.phase2_preparation.actions import clear_comment, close_round, submit_reply
from consult.phase2_preparation.models import Reply
from consult.phase2_preparation.steps import Letter as ReplyLetter
from consult.phase3_identification.actions import declare, end_without_result, open_sign_off
from consult.phase3_identification.models import Declaration
from consult.phase3_identification.steps import Stand
from consult.workflow.actions import advance, publish
from plans.register.enums import PartyRole, Stage
from plans.register.models import ItemDraft, Plan
from plans.register.steps import (
    Place,
    add_party,
    create_item,
    edit_draft,
    freeze,
    publish_revision,
    set_phase,
)
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.models import Mandate
from stakeholders.people.queries import actor_of
from stakeholders.record import steps as record
from stakeholders.record.models import RecordEntry
from stakeholders.terms.actor import SYSTEM, Actor, Role
from tests.attacks.racing import own, race, sound
from tests.consult.phase1_organization.scene import adopted
from tests.consult.phase2_preparation.stage import build, content
from tests.world import JIASHAN, KUNSHAN, QINGPU, WUJIANG, World, person

__all__ = ["own", "race", "sound"]
# More at once than the server has processors, each on a connection that learns the tables anew;
# forty, as many as sign a great plan, take long.
MANY = pytest.mark.parametrize("many", [6, pytest.param(40, marks=pytest.mark.prove)])


def signing(world: World, *, others: tuple[str, ...] = ()) -> Plan:
    plan = world.plan()
    adopted(world, plan)
    for code in others:
        add_party(plan=plan, code=code, role=PartyRole.CO_MAKER, must_sign=True)
        world.mandate(code, Role.SIGNATORY)
    item = create_item(
        plan=plan,
        key="aim",
        kind="provision",
        content=content("aim"),
        strength="binding",
        concerned=[QINGPU, WUJIANG, JIASHAN, *others],
        actor=world.coordinator(plan),
    )
    set_phase(plan=plan, phase=3)
    revision = publish_revision(
        plan=plan,
        actor=world.coordinator(plan),
        stage=Stage.RECOGNITION,
        headings=[],
        places=[Place(item=item, number="1")],
        changes={},
        charter_version="1",
    )
    freeze(plan=plan, revision=revision)
    open_sign_off(actor=world.coordinator(plan), plan=plan)
    return Plan.objects.get(pk=plan.pk)


def speaker(world: World, plan: Plan, code: str) -> Callable[[], object]:
    actor = world.actor(code, Role.SIGNATORY)
    return lambda: declare(
        actor=actor,
        plan=plan,
        revision_hash=plan.frozen.hash,
        general=Stand(value="agree"),
        letter=Letter(number="1"),
    )


@MANY
def test_of_many_declarations_of_one_party_one_counts(own: World, many: int) -> None:
    plan = signing(own)
    assert race(*[speaker(own, plan, QINGPU)] * many) == {"done": 1, "Conflict": many - 1}
    assert (Declaration.objects.count(), sound()) == (1, True)


def test_ending_a_sign_off_and_declaring_do_not_cross(own: World) -> None:
    plan, office = signing(own), None
    office = own.coordinator(plan)
    found = race(
        *[speaker(own, plan, code) for code in (QINGPU, WUJIANG, JIASHAN)],
        *[lambda: end_without_result(actor=office, plan=plan, reason="x")] * 2,
    )
    said = Declaration.objects.count()
    assert (found["done"], found["Conflict"]) == (said + 1, 4 - said)
    acts = list(RecordEntry.objects.order_by("pk").values_list("act", flat=True))
    assert acts[-1] == "sign_off.withdraw"
    assert sound()


def test_a_reply_sent_twice_is_one(own: World) -> None:
    scene = build(own)
    one = scene.open(codes=[WUJIANG, KUNSHAN])
    draft = scene.draft(one, WUJIANG, item="water")
    actor = scene.actor(WUJIANG)
    clear_comment(actor=actor, plan=scene.plan, draft=draft)
    found = race(
        *[
            lambda: submit_reply(
                actor=actor, plan=scene.plan, one=one, letter=ReplyLetter(number="1")
            )
        ]
        * 8,
        *[lambda: close_round(actor=SYSTEM, plan=scene.plan, one=one)] * 2,
    )
    assert found == {"done": 1, "Conflict": 9}
    assert (Reply.objects.count(), sound()) == (1, True)


def test_of_two_editors_of_one_draft_one_saves(own: World) -> None:
    scene = build(own)
    draft = ItemDraft.objects.get(item=scene.items["aim"])

    def save(text: str) -> Callable[[], object]:
        mine = ItemDraft.objects.select_related("item__plan").get(pk=draft.pk)

        def act() -> None:
            with transaction.atomic():
                edit_draft(
                    draft=mine,
                    edits=draft.edits,
                    actor=scene.office,
                    changes={"content": content(text)},
                )

        return act

    found = race(*[save(str(number)) for number in range(6)])
    assert found == {"done": 1, "Conflict": 5}


def test_revisions_published_at_once_are_numbered_in_turn(own: World) -> None:
    plan = build(own).plan
    office = own.coordinator(plan)
    act = lambda: publish(  # noqa: E731 - six times the same
        actor=office, plan=plan, stage=Stage.CONSULTATION.value, freeze=True, accepts_gaps=True
    )
    found = race(*[act] * 4)
    numbers = list(plan.revisions.order_by("number").values_list("number", flat=True))
    assert (found["done"] + found["Refused"] + found["Invalid"], sound()) == (4, True)
    assert numbers == list(range(1, found["done"] + 2))


def test_a_phase_is_left_once(own: World) -> None:
    plan = own.plan()
    adopted(own, plan)
    office = own.coordinator(plan)
    found = race(*[lambda: advance(actor=office, plan=plan)] * 6)
    plan.refresh_from_db()
    assert (found["done"], sum(found.values()), plan.phase, sound()) == (1, 6, 2, True)


def test_eight_writers_append_one_chain(own: World) -> None:
    def write() -> None:
        for _number in range(10):
            with transaction.atomic():
                record.append(chain="race", actor=SYSTEM, act="x", subject="x:1", effects={})

    assert race(*[write] * 8) == {"done": 8}
    entries = RecordEntry.objects.filter(chain="race")
    assert list(entries.order_by("seq").values_list("seq", flat=True)) == list(range(1, 81))
    assert sound()


@MANY
def test_many_declarations_under_two_mandates_of_one_party_give_one(own: World, many: int) -> None:
    plan = signing(own)
    first = own.actor(QINGPU, Role.SIGNATORY)
    twin = Mandate.objects.get(pk=first.mandate_id)
    twin.pk, twin.user = None, person("twin@310118.example", "second signatory")
    twin.save()
    second = actor_of(twin)

    def say(actor: Actor, value: str) -> Callable[[], object]:
        return lambda: declare(
            actor=actor,
            plan=plan,
            revision_hash=plan.frozen.hash,
            general=Stand(value=value),
            letter=Letter(number="1"),
        )

    acts = [say(first, "agree"), say(second, "abstain")] * (many // 2)
    assert race(*acts) == {"done": 1, "Conflict": many - 1}
    assert (Declaration.objects.count(), sound()) == (1, True)


@MANY
def test_many_jurisdictions_that_declare_at_once_all_count(own: World, many: int) -> None:
    codes = tuple(f"3399{number:02}" for number in range(many))
    near = Jurisdiction.objects.get(pk=JIASHAN)
    for code in codes:
        near.pk, near.name_zh, near.name_en, near.name_en_unique = (
            code,
            f"{code}县",
            f"County {code}",
            f"County {code}",
        )
        near._state.adding = True
        near.save(force_insert=True)
    plan = signing(own, others=codes)
    assert race(*[speaker(own, plan, code) for code in codes]) == {"done": many}
    assert (Declaration.objects.count(), sound()) == (many, True)
