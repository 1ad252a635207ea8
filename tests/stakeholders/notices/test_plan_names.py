"""Mails call a plan as people do, not by its key."""

from stakeholders.notices.models import OutboxMessage
from stakeholders.notices.steps import Telling, notify_all, write_mails
from stakeholders.terms.actor import Role
from tests.world import QINGPU, World


def bodies(world: World, *kinds: str, language: str = "zh-hans") -> list[str]:
    person = world.user(QINGPU, Role.PLANNER)
    person.language = language
    person.save(update_fields=["language"])
    rows = [
        Telling(people=[person.pk], kind=kind, title="t", url="/", key=f"k:{n}", plan_key="QWJ")
        for n, kind in enumerate(kinds)
    ]
    OutboxMessage.objects.all().delete()
    write_mails(notify_all(rows), key_prefix="test")
    return list(OutboxMessage.objects.values_list("body", flat=True))


def test_a_reminder_by_itself_names_its_plan(world: World) -> None:
    world.plan()
    (body,) = bodies(world, "duty.reminder")
    assert body.startswith("[青吴嘉规划]\n\nt")


def test_many_notices_stand_under_the_name_of_their_plan(world: World) -> None:
    world.plan()
    (body,) = bodies(world, "round", "duty.reminder")
    assert body.startswith("[青吴嘉规划]\n\n* t")
    assert "QWJ" not in body


def test_another_notice_by_itself_says_its_title_only(world: World) -> None:
    world.plan()
    (body,) = bodies(world, "round")
    assert body.startswith("t\n")


def test_in_both_languages_each_part_stands_apart(world: World) -> None:
    world.plan()
    (body,) = bodies(world, "duty.reminder", language="")
    assert body.startswith("[青吴嘉规划]\n\nt\n\n[QWJ plan]\n\nt\n\nhttp")
