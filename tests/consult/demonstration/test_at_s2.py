"""At the end of round 2 the gate of phase 2 refuses with what the story left open.

A load of its own only for this; the gate itself is asked in the tests of joint preparation, and the
whole story is loaded for those beside this one.
"""

import pytest

from consult.demonstration.actions import MAIN, Loaded
from consult.phase2_preparation.gate import blockers
from plans.register.models import Plan
from stakeholders.terms.duty import Blocker


@pytest.mark.prove
def test_gate_of_phase_two_names_what_is_open(after_round_two: Loaded) -> None:
    plan = Plan.objects.get(key=MAIN)
    assert [one for one, _count in after_round_two.plans] == [MAIN]
    comments = {c.item.key: c.number for c in plan.comments.filter(item__isnull=False)}
    public = comments["shared-services"]
    editorial = plan.comments.get(type="editorial").number
    river = plan.matters.get(title_zh__startswith="太浦河").key
    assert [(blocker.code, _last(blocker)) for blocker in blockers(plan=plan)] == [
        ("comment.undisposed", str(public)),
        ("item.unexplained", "#redline-negative-list"),
        ("comment.unchanged", str(editorial)),
        ("matter.open", river),
        ("paper.missing", "#expert-opinion"),
        ("paper.missing", "#legal-review"),
        ("revision.not_frozen", "publish"),
    ]


def _last(blocker: Blocker) -> str:
    return str(blocker.url).rstrip("/").rsplit("/", 1)[1]
