"""Many small acts on one plan without a pause: who does what, and how what came of it is counted."""

import random
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Barrier, Lock
from uuid import UUID

from django.db import DatabaseError, connection, connections

from consult.matters.actions import open_matter, take_stand
from consult.matters.models import Matter, Stand
from consult.matters.steps import Wording as MatterWording
from consult.phase2_preparation.actions import (
    add_block,
    clear_comment,
    draft_comment,
    note_on_draft,
    withdraw_clearance,
)
from consult.phase2_preparation.models import CommentDraft, DraftNote, Round, TextBlock
from consult.phase2_preparation.steps import Remark
from consult.phase2_preparation.steps.blocks import BlockText
from plans.register.models import ItemDraft, Plan
from plans.text.actions import add_note, edit_provision
from plans.text.actions.drafting import add_chapter, add_provision
from plans.text.models import InternalNote
from plans.text.wording import Wording
from stakeholders.notices.actions import mark_all_read
from stakeholders.people.actions import end_mandate, grant_mandate
from stakeholders.people.models import Mandate, User
from stakeholders.terms.actor import Actor, Role
from tests.attacks.racing import DONE, START_SECONDS, TOLD
from tests.consult.phase2_preparation.stage import build
from tests.world import QINGPU, WUJIANG, World, person

Move = Callable[[random.Random], object]


@dataclass
class Ground:
    """One plan with a round, a matter, drafts of two provisions, and the people who work on it."""

    world: World
    plan: Plan
    office: Actor
    contact: Actor
    planner: Actor
    ours: Actor
    one: Round
    drafts: list[CommentDraft]
    matters: list[Matter]
    people: list[User]


def lay(world: World) -> Ground:
    scene = build(world)
    plan, office = scene.plan, scene.office
    one = scene.open()
    chapter = add_chapter(
        actor=office, plan=plan, key="first", title_zh="总则", title_en="General", drafting=[QINGPU]
    )
    for key in ("first", "second"):
        add_provision(actor=office, plan=plan, chapter=chapter.key, key=key, wording=_wording("甲"))
    matters = [
        open_matter(
            actor=office,
            plan=plan,
            title=MatterWording(zh="协调事项"),
            description=MatterWording(zh="说明"),
            codes=[QINGPU, WUJIANG],
        )
        for _number in range(2)
    ]
    people = [person(f"{number}@marathon.example", f"person {number}") for number in range(3)]
    for one_of_them in people:
        _observer(world, one_of_them)
    return Ground(
        world=world,
        plan=plan,
        office=office,
        contact=world.actor(WUJIANG, Role.CONTACT_POINT),
        planner=world.actor(WUJIANG, Role.PLANNER),
        ours=world.actor(QINGPU, Role.PLANNER),
        one=one,
        drafts=[scene.draft(one, WUJIANG, item=item) for item in ("aim", "water")],
        matters=matters,
        people=people,
    )


def _wording(text: str) -> Wording:
    return Wording(title_zh="条", text_zh=text, lead=QINGPU, function="rule")


def _observer(world: World, user: User) -> Mandate:
    return grant_mandate(
        actor=world.admin,
        user=user,
        role=Role.OBSERVER,
        document="文件",
        jurisdiction=world.mandate(WUJIANG, Role.PLANNER).jurisdiction,
    )


def moves(ground: Ground) -> Mapping[str, Move]:
    """The acts by the name the record gives them; each picks its object by the dice."""
    plan, world = ground.plan, ground.world

    def edit(dice: random.Random) -> object:
        key = dice.choice(("first", "second"))
        edits = draft_of(plan, key).edits
        wording = _wording(f"第{dice.randrange(10**9)}稿")
        return edit_provision(actor=ground.ours, plan=plan, key=key, edits=edits, wording=wording)

    def stand(dice: random.Random) -> object:
        return take_stand(
            actor=ground.contact,
            plan=plan,
            matter=dice.choice(ground.matters),
            value="agree",
            text=MatterWording(zh="同意"),
        )

    def draft(dice: random.Random) -> object:
        return draft_comment(
            actor=ground.planner,
            plan=plan,
            one=ground.one,
            key=UUID(int=dice.getrandbits(128)),
            remark=Remark(type="technical", text_zh="意见"),
            item=None,
        )

    def end(dice: random.Random) -> object:
        held = Mandate.objects.filter(user=dice.choice(ground.people)).latest("pk")
        return end_mandate(actor=world.admin, mandate=held)

    return {
        "text_block.add": lambda dice: add_block(
            actor=ground.office,
            plan=plan,
            text=BlockText(title=f"答复{dice.random()}", text_zh="已采纳。"),
        ),
        "note.add": lambda dice: add_note(
            actor=ground.ours, plan=plan, key=dice.choice(("first", "second")), text="注"
        ),
        "provision.edit": edit,
        "matter.stand": stand,
        "comment.draft": draft,
        "comment.note": lambda dice: note_on_draft(
            actor=ground.planner, plan=plan, draft=dice.choice(ground.drafts), text="内部说明"
        ),
        "comment.clear": lambda dice: clear_comment(
            actor=ground.contact, plan=plan, draft=dice.choice(ground.drafts)
        ),
        "comment.withdraw_clearance": lambda dice: withdraw_clearance(
            actor=ground.contact, plan=plan, draft=dice.choice(ground.drafts)
        ),
        "mandate.grant": lambda dice: _observer(world, dice.choice(ground.people)),
        "mandate.end": end,
        "": lambda dice: mark_all_read(actor=ground.contact),
    }


def draft_of(plan: Plan, key: str) -> ItemDraft:
    return ItemDraft.objects.get(item__plan=plan, item__key=key)


COUNTED: Mapping[str, Callable[[], int]] = {
    "text_block.add": TextBlock.objects.count,
    "note.add": InternalNote.objects.count,
    "matter.stand": Stand.objects.count,
    "comment.draft": CommentDraft.objects.count,
    "comment.note": DraftNote.objects.count,
    "mandate.grant": Mandate.objects.count,
    "provision.edit": lambda: sum(
        ItemDraft.objects.filter(item__kind="provision").values_list("edits", flat=True)
    ),
}
"""How many rows, or saves, an act has left so far."""


@dataclass
class Course:
    """What came of a marathon: ends by act, and the errors that are no answer of the house."""

    ended: Counter[tuple[str, str]] = field(default_factory=Counter)
    broken: Counter[str] = field(default_factory=Counter)
    words: list[str] = field(default_factory=list)

    def done(self, act: str) -> int:
        return self.ended[act, DONE]

    @property
    def acts(self) -> int:
        return sum(self.ended.values()) + sum(self.broken.values())


def run(ground: Ground, *, runners: int, each: int, seed: int) -> Course:
    """`runners` threads, each on its own connection, do `each` acts of the dice's choice."""
    chosen, course = moves(ground), Course()
    start, writing = Barrier(runners), Lock()

    def runner(number: int) -> None:
        dice = random.Random(seed * 1_000 + number)  # noqa: S311 - dice, no secret
        try:
            connection.ensure_connection()
            start.wait(timeout=START_SECONDS)
            for _turn in range(each):
                act = dice.choice(list(chosen))
                end, words = _ended(chosen[act], dice)
                with writing:
                    if words:
                        course.broken[end] += 1
                        course.words.append(f"{act}: {words}")
                    else:
                        course.ended[act, end] += 1
        finally:
            connections.close_all()

    with ThreadPoolExecutor(runners) as pool:
        list(pool.map(runner, range(runners)))
    return course


def _ended(move: Move, dice: random.Random) -> tuple[str, str]:
    """How one act ended, and the words of an error that no reader should meet."""
    try:
        move(dice)
    except TOLD as error:
        return type(error).__name__, ""
    except DatabaseError as error:
        code = getattr(error.__cause__, "sqlstate", None)
        return f"{type(error).__name__} {code}", str(error)
    return DONE, ""
