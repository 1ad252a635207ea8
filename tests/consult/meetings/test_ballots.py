import pytest

from consult.ballots.models import Ballot
from consult.meetings import actions
from consult.meetings.models import Decision
from consult.meetings.tasks import close_due_decisions
from stakeholders.record.models import RecordEntry
from stakeholders.terms.errors import Conflict, Refused
from stakeholders.terms.rights import Reason
from tests.consult.meetings.scene import ALL, Scene
from tests.consult.phase1_organization.scene import adopted
from tests.world import JIASHAN, QINGPU, WUJIANG


def given(scene: Scene) -> dict[str, object]:
    return {"plan": scene.plan, "meeting": scene.meeting, "item": scene.item}


def opened(scene: Scene) -> Ballot:
    adopted(scene.world, scene.plan)
    scene.held()
    with scene.after(hours=1):
        return actions.open_decision_ballot(actor=scene.office, **given(scene))


def speak(scene: Scene, code: str, value: str = "agree", text: str = "") -> None:
    with scene.after(hours=2):
        actions.take_decision_position(
            actor=scene.signatory(code), **given(scene), value=value, text=text
        )


def test_positions_of_all_present_decide_by_the_rule_of_the_charter(scene: Scene) -> None:
    ballot = opened(scene)
    for code in ALL:
        speak(scene, code)
    with scene.after(hours=2):
        actions.close_decision_ballot(actor=scene.office, **given(scene))
    decision = Decision.objects.get()
    assert (decision.outcome, decision.ballot_id) == ("agreed", ballot.pk)
    assert decision.text_zh == scene.item.text_zh
    with scene.after(hours=3), pytest.raises(Conflict):
        scene.decided()
    entries = RecordEntry.objects.filter(subject=f"ballot:{ballot.pk}").order_by("pk")
    assert list(entries.values_list("act", flat=True)) == [
        "decision.open_ballot",
        *["decision.take_position"] * 3,
        "decision.close_ballot",
    ]


def test_an_objection_hinders_it_and_the_hour_closes_it_once(scene: Scene) -> None:
    ballot = opened(scene)
    speak(scene, QINGPU)
    speak(scene, WUJIANG, "object", "期限过短")
    assert ballot.closes_at is not None
    with scene.after(days=1):
        assert close_due_decisions(scene.starts_at) == 0
        assert close_due_decisions(ballot.closes_at) == 1
        assert close_due_decisions(ballot.closes_at) == 0
    assert Decision.objects.get().outcome == "not_agreed"


def test_no_positions_without_charter_or_while_a_party_that_must_sign_is_absent(
    scene: Scene,
) -> None:
    scene.held(QINGPU, WUJIANG)
    with scene.after(hours=1), pytest.raises(Conflict) as caught:
        actions.open_decision_ballot(actor=scene.office, **given(scene))
    adopted(scene.world, scene.plan)
    with scene.after(hours=1), pytest.raises(Conflict) as caught:
        actions.open_decision_ballot(actor=scene.office, **given(scene))
    assert "嘉善" in str(caught.value.text) or "Jiashan" in str(caught.value.text)
    with pytest.raises(Refused) as refused:
        speak(scene, JIASHAN)
    assert refused.value.verdict.reason is Reason.NOT_YOURS


def test_minutes_wait_for_an_open_ballot_and_a_recalled_one_frees_the_item(scene: Scene) -> None:
    opened(scene)
    scene.written()
    with pytest.raises(Conflict):
        scene.put()
    with scene.after(hours=2):
        actions.recall_decision_ballot(actor=scene.office, **given(scene))
        actions.open_decision_ballot(actor=scene.office, **given(scene))
    speak(scene, QINGPU)
    with scene.after(hours=2):
        with pytest.raises(Conflict):
            actions.recall_decision_ballot(actor=scene.office, **given(scene))
        with pytest.raises(Conflict):
            actions.close_decision_ballot(actor=scene.office, **given(scene))
        actions.close_decision_without_result(actor=scene.office, **given(scene), reason="改期")
    assert Decision.objects.count() == 0
    scene.put()
