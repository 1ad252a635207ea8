"""The plan of the pilot area is left in the middle of its text: something of everything stands."""

from collections import Counter

import pytest

from consult.demonstration.actions import MAIN, PILOT, Loaded
from consult.demonstration.papers import base_figures, base_map, chapter_in_word
from consult.demonstration.replay.pilot.base_map import AROUND
from consult.demonstration.replay.pilot.opening import MAKERS
from consult.phase1_organization.base_set import base_set
from consult.phase1_organization.enums import BaseState
from consult.workflow.audits import audits_of
from consult.workflow.queries import pending
from plans.register.models import Plan
from plans.register.queries import count, whole_transmission
from plans.text.models import Amendment, InternalNote, TextImport
from plans.text.queries import claims_of


@pytest.fixture
def plan(loaded: Loaded) -> Plan:
    return Plan.objects.get(key=PILOT)


def test_it_stands_below_the_first_one_with_a_free_draft(plan: Plan) -> None:
    assert plan.parent is not None
    assert (plan.parent.key, plan.kind, plan.phase, plan.frozen) == (MAIN, "detailed", 2, None)
    assert list(plan.revisions.values_list("number", "stage")) == [(1, "consultation")]
    roles = dict(plan.parties.values_list("jurisdiction_id", "role"))
    assert roles == {
        "310118": "convenor",
        "320509": "co_maker",
        "330421": "co_maker",
        "320583": "neighbour",
    }


def test_draft_has_moved_on_in_every_way_but_on_a_map(plan: Plan) -> None:
    kinds = Counter(str(kind) for kind in pending(plan).kinds.values())
    assert kinds == {
        "moved": 9,
        "editorial": 1,
        "translation": 1,
        "text": 3,
        "strength_or_concern": 2,
        "indicator": 1,
        "added": 4,
        "removed": 2,
        "unchanged": 9,
    }


def test_gaps_of_the_text_are_of_many_kinds(plan: Plan) -> None:
    assert Counter(audit.kind for audit in audits_of(plan)) == {
        "binding_without_lead": 2,
        "binding_without_date": 3,
        "binding_without_evidence": 3,
        "translation_missing": 1,
        "claim": 1,
        "transmission.unanswered": 1,
        "transmission.conflict": 1,
        "demands.unsorted": 1,
        "item_unexplained": 8,
    }


def test_upper_plan_is_answered_in_part(plan: Plan) -> None:
    counts = count(whole_transmission(plan))
    assert (counts.adopted, counts.adapted, counts.conflict, counts.former) == (9, 2, 1, 0)
    assert counts.unanswered == 20


def test_base_is_agreed_and_its_files_are_the_same_each_time(plan: Plan) -> None:
    found = base_set(plan)
    assert found.state is BaseState.AGREED
    assert [one.file.media_type for one in found.attachments] == ["image/png", "text/csv"]
    makers = (base_figures, chapter_in_word, lambda: base_map(own=MAKERS, around=AROUND))
    assert [make() == make() for make in makers] == [True, True, True]
    evidence = plan.attachments.get(purpose="evidence")
    assert evidence.item is not None
    assert evidence.item.key == "water-share"


def test_wordings_are_proposed_and_claimed_and_notes_kept(plan: Plan) -> None:
    amendments = Amendment.objects.filter(plan=plan).order_by("number")
    ends = [one.outcome.outcome if hasattr(one, "outcome") else "" for one in amendments]
    assert ends == ["applied", "declined", "", ""]
    assert [claim.standing.value for claim in claims_of(plan)] == ["confirmed", "open"]
    holders = InternalNote.objects.filter(item__plan=plan).values_list("holder", flat=True)
    assert set(holders) == {"320509", "330421"}
    assert [one.file.name for one in TextImport.objects.filter(plan=plan, entered_at=None)] == [
        "第四章修改稿（演示）.docx"
    ]
