"""The command parses and calls; what it says is for the terminal."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from plans.register.models import Plan
from tests.world import World


def test_accounts_are_printed_in_a_compact_table() -> None:
    out = StringIO()
    call_command("load_demonstration", "--accounts", stdout=out)
    lines = out.getvalue().splitlines()
    assert lines[0] == "demonstration accounts, password jointplan-demonstration"
    assert len(lines) == 13
    assert lines[7].split(maxsplit=1) == ["planner@qingpu.example", "Qingpu planner / 青浦规划人员"]


def test_if_empty_does_nothing_where_a_demonstration_is(world: World) -> None:
    plan = world.plan()
    Plan.objects.filter(pk=plan.pk).update(is_demonstration=True)
    call_command("load_demonstration", "--if-empty")
    assert Plan.objects.count() == 1


@pytest.mark.django_db
def test_site_others_reach_is_refused_with_a_sentence() -> None:
    with override_settings(IS_LOOPBACK=False), pytest.raises(CommandError, match="仅限本机访问"):
        call_command("load_demonstration")
