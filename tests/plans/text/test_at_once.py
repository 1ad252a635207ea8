"""Two people at the same moment: real connections, one of them first; nothing is lost or doubled."""

import copy
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from threading import Barrier

import pytest
import pytest_django
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections

from consult.workflow.actions import publish
from plans.register.models import DraftSave, Item, Plan, RevisionItem
from plans.text import actions
from plans.text.collisions import Texts
from plans.text.enums import ClaimVerdict
from plans.text.forms.importing import TEXTS
from plans.text.models import AmendmentOutcome, ClaimConfirmation, EditorialClaim
from plans.text.queries import base_hash_of, get_provision, provisions_of
from plans.text.wording import Wording, wording_of
from stakeholders.files.actions import upload_file
from stakeholders.record.models import RecordEntry
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.errors import Conflict, Invalid, NotVisible, Refused
from tests.databases import clone_database, copy_database, drop_database
from tests.world import JIASHAN, QINGPU, WUJIANG, World, build_world

DONE = "done"


@dataclass
class Stage:
    world: World
    plan: Plan

    @property
    def office(self) -> Actor:
        return self.world.coordinator(self.plan)

    def planner(self, code: str) -> Actor:
        return self.world.actor(code, Role.PLANNER)

    def edits(self, key: str) -> int:
        return get_provision(self.plan, key=key).item.draft.edits

    def recorded(self, *acts: str) -> list[str]:
        return list(
            RecordEntry.objects.filter(act__in=acts).order_by("pk").values_list("act", flat=True)
        )


@contextmanager
def at_database(name: str) -> Iterator[None]:
    """The connection leads to another database, which is dropped in the end."""
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before
        drop_database(name)


@pytest.fixture(scope="module")
def laid(
    django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[tuple[str, Stage]]:
    """A database with two chapters and two provisions, to be copied; nobody stays connected."""
    name = f"jointplan_text_laid_{os.getpid()}"
    with django_db_blocker.unblock():
        clone_database(name)
        with at_database(name):
            world = build_world()
            plan = world.plan()
            office = world.coordinator(plan)
            for chapter, code in (("water", WUJIANG), ("land", JIASHAN)):
                actions.add_chapter(
                    actor=office, plan=plan, key=chapter, title_zh=chapter, drafting=[code]
                )
            for key in ("taipu", "shore"):
                actions.add_provision(
                    actor=office,
                    plan=plan,
                    chapter="water",
                    key=key,
                    wording=Wording(title_zh=key, text_zh=f"{key}应当保护。", strength="binding"),
                )
            connection.close()
            yield name, Stage(world, plan)


@pytest.fixture
def stage(
    laid: tuple[str, Stage],
    django_db_blocker: pytest_django.DjangoDbBlocker,
    settings: pytest_django.Settings,
    tmp_path: object,
) -> Iterator[Stage]:
    """A database of its own, so that what threads commit is dropped with it."""
    settings.MEDIA_ROOT = str(tmp_path)
    source, told = laid
    name = f"jointplan_text_{os.getpid()}"
    with django_db_blocker.unblock():
        copy_database(source, name)
        with at_database(name):
            yield copy.deepcopy(told)


def at_once(*acts: Callable[[], object]) -> list[str]:
    """What became of each act, all run at the same moment on a connection of its own."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> str:
        try:
            connection.ensure_connection()
            start.wait(timeout=20)
            act()
        except (Conflict, Invalid, NotVisible, Refused) as error:
            return type(error).__name__
        else:
            return DONE
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def edit(stage: Stage, actor: Actor, key: str, text: str, edits: int) -> object:
    held = wording_of(get_provision(stage.plan, key=key).item.draft)
    return actions.edit_provision(
        actor=actor, plan=stage.plan, key=key, edits=edits, wording=replace(held, text_zh=text)
    )


def test_two_saves_of_a_provision_one_is_told(stage: Stage) -> None:
    office, planner = stage.office, stage.planner(WUJIANG)
    for turn in range(5):
        edits = stage.edits("taipu")
        came = at_once(
            partial(edit, stage, office, "taipu", f"甲{turn}应当。", edits),
            partial(edit, stage, planner, "taipu", f"乙{turn}应当。", edits),
        )
        assert sorted(came) == ["Conflict", DONE]
        assert stage.edits("taipu") == edits + 1
    assert stage.recorded("provision.edit") == ["provision.edit"] * 5
    saves = DraftSave.objects.filter(item__key="taipu").order_by("edits")
    assert [one.edits for one in saves] == [1, 2, 3, 4, 5, 6]


def test_an_amendment_is_adopted_once(stage: Stage) -> None:
    office, planner = stage.office, stage.planner(WUJIANG)
    proposal = actions.propose_amendment(
        actor=stage.planner(JIASHAN),
        plan=stage.plan,
        item="taipu",
        base=base_hash_of(stage.plan.items.get(key="taipu")),
        texts=Texts(title_zh="taipu", text_zh="另文应当。"),
        reason="理由",
    )
    given = {"plan": stage.plan, "number": proposal.number, "edits": 1}
    came = at_once(
        lambda: actions.apply_amendment(actor=office, **given),
        lambda: actions.apply_amendment(actor=planner, **given),
        lambda: actions.decline_amendment(
            actor=planner, plan=stage.plan, number=proposal.number, reason="否"
        ),
    )
    assert sorted(came) == ["Invalid", "Invalid", DONE]
    assert AmendmentOutcome.objects.count() == 1
    assert len(stage.recorded("amendment.apply", "amendment.decline")) == 1


def test_an_import_is_entered_once(stage: Stage) -> None:
    office = stage.office
    upload = SimpleUploadedFile("plan.md", "# 第一章 water\n\n第一条 【新条】应当落实。\n".encode())
    stored = upload_file(actor=office, upload=upload, kinds=TEXTS, plan_key=stage.plan.key)
    found = actions.start_import(actor=office, plan=stage.plan, file=stored)
    given = {"actor": office, "plan": stage.plan, "pk": found.pk}
    came = at_once(
        lambda: actions.import_text(**given, edits=0),
        lambda: actions.import_text(**given, edits=0),
        lambda: actions.take_changes(**given, takes_changes=False),
    )
    assert came.count(DONE) <= 2
    assert stage.recorded("text.import") == ["text.import"] * came[:2].count(DONE)
    assert Item.objects.count() == 2 + came[:2].count(DONE)


def test_publishing_while_a_save_runs_holds_a_whole_draft(stage: Stage) -> None:
    office, planner = stage.office, stage.planner(WUJIANG)
    for turn in range(4):
        edits = stage.edits("taipu")
        text = f"第{turn}稿应当保护。"
        came = at_once(
            lambda: publish(actor=office, plan=stage.plan, stage="consultation"),
            partial(edit, stage, planner, "taipu", text, edits),
        )
        assert came[1] == DONE
        assert came[0] in (DONE, "Conflict")
        assert stage.edits("taipu") == edits + 1
    numbers = list(stage.plan.revisions.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    held = RevisionItem.objects.filter(revision__plan=stage.plan).count()
    assert held == 2 * len(numbers)


def test_moving_and_removing_leaves_the_places_in_order(stage: Stage) -> None:
    office, planner = stage.office, stage.planner(WUJIANG)
    came = at_once(
        lambda: actions.move_provision(
            actor=office, plan=stage.plan, key="taipu", chapter="land", position=1
        ),
        lambda: actions.remove_provision(actor=planner, plan=stage.plan, key="shore", edits=1),
        lambda: actions.remove_chapter(actor=office, plan=stage.plan, key="land"),
    )
    assert came[1] == DONE
    assert (came[0], came[2]) in ((DONE, "Invalid"), ("NotVisible", DONE))
    standing = [one.item.key for one in provisions_of(stage.plan)]
    assert standing == ["taipu"]


def test_a_claim_is_answered_for_the_wording_that_was_read(stage: Stage) -> None:
    office, planner, judge = stage.office, stage.planner(WUJIANG), stage.planner(QINGPU)
    publish(actor=office, plan=stage.plan, stage="consultation")
    held = wording_of(get_provision(stage.plan, key="taipu").item.draft)
    claimed = replace(held, text_zh="taipu应当保护", change_claim="editorial")
    actions.edit_provision(actor=planner, plan=stage.plan, key="taipu", edits=1, wording=claimed)
    claim = EditorialClaim.objects.get()
    came = at_once(
        lambda: actions.answer_claim(
            actor=judge,
            plan=stage.plan,
            key="taipu",
            draft=claim.hash,
            verdict=ClaimVerdict.CONFIRMED.value,
        ),
        lambda: actions.edit_provision(
            actor=planner,
            plan=stage.plan,
            key="taipu",
            edits=2,
            wording=replace(held, text_zh="taipu严格保护。"),
        ),
    )
    assert came[1] == DONE
    assert came[0] in (DONE, "Conflict", "NotVisible")
    assert {one.claim_id for one in ClaimConfirmation.objects.all()} <= {claim.pk}
    draft = get_provision(stage.plan, key="taipu").item.draft
    assert (draft.edits, draft.change_claim) == (3, "")
