"""Recalled rounds ask nobody, and a late answer is waited for: the same on every surface."""

from datetime import timedelta
from itertools import product

import pytest

from consult.phase2_preparation import actions
from consult.phase2_preparation.actions.displays import finish_display, write_display
from consult.phase2_preparation.audits import comment_audits
from consult.phase2_preparation.duties import duties
from consult.phase2_preparation.gate import blockers
from consult.phase2_preparation.models import Round, RoundInvitee
from consult.phase2_preparation.queries import deadline_of, is_past, takes_replies, taking
from consult.phase2_preparation.queries.neighbours import neighbour_opinions
from consult.phase2_preparation.queries.rounds import ended
from stakeholders.record.models import RecordEntry
from stakeholders.terms import clock
from stakeholders.terms.errors import Conflict
from tests.consult.phase2_preparation.stage import Scene
from tests.consult.phase2_preparation.test_experts import entered, invited, link_of
from tests.consult.phase2_preparation.test_papers import TEXT, issue
from tests.world import KUNSHAN, WUJIANG

DAY = timedelta(days=1)


def recalled(scene: Scene, one: Round) -> Round:
    return actions.recall_round(actor=scene.office, plan=scene.plan, one=one, reason="附图有误")


def kinds(scene: Scene) -> set[str]:
    return {duty.kind for duty in duties(plans=[scene.plan], now=clock.now())}


def admitted(scene: Scene, code: str) -> Round:
    """A closed round in which `code` is admitted late."""
    one = scene.open()
    Round.objects.filter(pk=one.pk).update(closed_at=clock.now())
    one.refresh_from_db()
    until = clock.now() + 3 * DAY
    RoundInvitee.objects.filter(round=one, jurisdiction=code).update(late_until=until)
    return one


def test_conditions_and_questions_about_one_round_agree(scene: Scene) -> None:
    one, now = scene.open(), clock.now()
    invitee = one.invitees.get(jurisdiction=WUJIANG)
    ends = (None, now - DAY, now + DAY)
    for closes, closed, recall, longer, late in product(ends[1:], *[ends[:2]] * 2, *[ends] * 2):
        closed = closed or recall
        reason = "x" if recall else ""
        Round.objects.filter(pk=one.pk).update(
            opens_at=now - 9 * DAY,
            closes_at=closes,
            closed_at=closed,
            recalled_at=recall,
            recall_reason=reason,
        )
        RoundInvitee.objects.filter(pk=invitee.pk).update(extended_until=longer, late_until=late)
        row = RoundInvitee.objects.select_related("round").get(pk=invitee.pk)
        said = RoundInvitee.objects.filter(taking(now), pk=row.pk).exists()
        assert said == takes_replies(row.round, row, at=now), (closes, closed, recall, longer, late)
        over = Round.objects.filter(ended(now), pk=one.pk).exists()
        assert over == is_past(row.round, at=now)


def test_a_recalled_round_ends_the_invitations_of_experts(scene: Scene) -> None:
    one = scene.open()
    row = invited(scene, one=one)
    link, client = link_of(row), entered(row)
    recalled(scene, one)
    assert RecordEntry.objects.latest("pk").payload.count(f'"experts":[{row.number}]') == 1
    assert (client.get("/asked/").status_code, client.post(link).status_code) == (404, 404)


def test_a_neighbour_asked_in_a_recalled_round_only_is_missing(scene: Scene) -> None:
    recalled(scene, scene.open())
    scene.open(codes=[WUJIANG])
    assert "neighbour.missing" in [row.code for row in blockers(plan=scene.plan)]


def test_a_recalled_round_makes_no_papers_due(scene: Scene) -> None:
    recalled(scene, scene.open())
    assert "paper.file" not in kinds(scene)
    assert comment_audits(scene.plan) == []


def test_a_recalled_display_has_no_result(scene: Scene) -> None:
    one = scene.open(kind="display", place="规划展示馆")
    sheet = {"actor": scene.office, "plan": scene.plan, "one": one}
    write_display(**sheet, text=TEXT)
    recalled(scene, one)
    with pytest.raises(Conflict):
        finish_display(**sheet, number=1, issue=issue())


def test_comments_of_who_is_admitted_late_wait_for_their_clearance(scene: Scene) -> None:
    one = admitted(scene, WUJIANG)
    draft = scene.draft(one, WUJIANG, item="aim")
    draft.state = "shared"
    draft.save(update_fields=["state"])
    owed = {d.kind: d for d in duties(plans=[scene.plan], now=clock.now())}
    invitee = one.invitees.get(jurisdiction=WUJIANG)
    assert owed["comment.clear"].due_at == owed["round.answer"].due_at == deadline_of(one, invitee)


def test_a_neighbour_admitted_late_is_not_yet_silent(scene: Scene) -> None:
    admitted(scene, KUNSHAN)
    assert [row.written for row in neighbour_opinions(scene.plan)] == [[]]
    codes = [row.code for row in blockers(plan=scene.plan)]
    assert (codes.count("round.unanswered"), "neighbour.missing" in codes) == (1, False)
