"""A position counts in the ballot whose page it was taken on: a form that was opened before the
ballot ended and another was opened counts in neither, whatever is decided on."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from types import SimpleNamespace

import pytest
import pytest_django

from consult.ballots.models import Ballot, Position
from consult.meetings import actions as meetings
from consult.phase1_organization import actions
from tests.consult.health.scene import play
from tests.consult.meetings.scene import make
from tests.consult.meetings.test_ballots import given
from tests.consult.meetings.test_ballots import opened as put_at_meeting
from tests.consult.phase1_organization import test_base_set, test_joining
from tests.consult.phase1_organization.scene import proposed, put_to_parties
from tests.consult.phase3_identification.test_views import signed_in
from tests.shown import opened
from tests.world import QINGPU, World

MEANWHILE = "What you read has changed meanwhile: read it anew and decide."
# The address of the position's form, what happens meanwhile, and the hour of all of it.
Laid = tuple[str, Callable[[], object], AbstractContextManager[None]]


@pytest.fixture(autouse=True)
def media(tmp_path: Path, settings: pytest_django.Settings) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def base(world: World) -> Laid:
    plan = world.plan()
    test_base_set.attached(world, plan, "底数")
    test_base_set.put(world, plan)

    def meanwhile() -> None:
        test_base_set.attached(world, plan, "另一底数")
        office = world.coordinator(plan)
        actions.close_base_without_result(actor=office, plan=plan, reason="补充")
        test_base_set.put(world, plan)

    return f"{test_base_set.PAGE}position/", meanwhile, nullcontext()


def charter(world: World) -> Laid:
    plan = world.plan()
    found = proposed(world, plan)
    put_to_parties(world, found)

    def meanwhile() -> None:
        actions.recall_charter_ballot(actor=world.coordinator(plan), charter=found)
        put_to_parties(world, found)

    return "/plans/QWJ/organization/charters/1/position/", meanwhile, nullcontext()


def accession(world: World) -> Laid:
    plan = test_joining.later(world)
    found = test_joining.joining(world, plan)
    test_joining.put(world, found)

    def meanwhile() -> None:
        actions.recall_accession_ballot(actor=world.coordinator(plan), accession=found)
        test_joining.put(world, found)

    return "/plans/QWJ/organization/accessions/1/position/", meanwhile, nullcontext()


def report(world: World) -> Laid:
    """An edition is what was read: the next one takes no word that was meant for it."""
    scene = play(world)
    scene.fill_all()
    scene.put()

    def meanwhile() -> None:
        scene.fill(QINGPU, text="改写的结论")
        scene.put()

    return f"/plans/QWJ/health/{scene.check.pk}/report/position/", meanwhile, nullcontext()


def decision(world: World) -> Laid:
    scene = make(world)
    put_at_meeting(scene)

    def meanwhile() -> None:
        meetings.recall_decision_ballot(actor=scene.office, **given(scene))
        meetings.open_decision_ballot(actor=scene.office, **given(scene))

    path = f"/plans/QWJ/meetings/{scene.number}/agenda/{scene.item.pk}/position/"
    return path, meanwhile, scene.after(hours=2)


@pytest.mark.parametrize("lay", [base, charter, accession, report, decision])
def test_a_position_counts_in_the_ballot_its_page_showed(
    world: World, lay: Callable[[World], Laid]
) -> None:
    path, meanwhile, hour = lay(world)
    client = signed_in(SimpleNamespace(world=world), QINGPU)  # type: ignore[arg-type]
    with hour:
        stale, before = opened(client, path), Position.objects.count()
        meanwhile()
        for sent in (stale, {**stale, "seen": ""}):
            answer = client.post(
                path,
                {**sent, "value": "agree", "text": "不变的话"},
                headers={"accept-language": "en"},
            )
            page = answer.content.decode()
            assert answer.status_code in {409, 422}
            assert (MEANWHILE in page, "不变的话" in page) == (True, True)
            assert Position.objects.count() == before
        fresh = {**opened(client, path), "value": "agree"}
        assert client.post(path, fresh).status_code == 302
    assert Position.objects.order_by("-pk")[0].ballot == Ballot.objects.order_by("-pk")[0]
