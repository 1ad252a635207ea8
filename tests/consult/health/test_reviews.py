"""Reservations that still stand are looked at again by their holder."""

from datetime import timedelta

import pytest

from consult.health import actions
from consult.health.duties import duties
from consult.phase3_identification.models import ReservationLift
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from stakeholders.terms.errors import Conflict, Invalid, NotVisible, Refused
from tests.consult.health.scene import Scene, reserve, today
from tests.world import JIASHAN, QINGPU, WUJIANG


def review(
    scene: Scene, pk: int, *, role: Role = Role.SIGNATORY, code: str = JIASHAN, **said: object
) -> object:
    return actions.review_reservation(
        actor=scene.actor(code, role),
        plan=scene.plan,
        check=scene.check,
        reservation=pk,
        **{
            "decision": "kept",
            "next_on": today() + timedelta(days=365),
            "texts": {"zh": "仍在协商"},
            **said,
        },
    )


def owed(scene: Scene) -> list[str | None]:
    found = duties(plans=[scene.plan], now=clock.now())
    return [one.holder_code for one in found if one.kind == "reservation.review"]


def test_it_is_kept_until_a_further_review(scene: Scene) -> None:
    row = reserve(scene.world, scene.plan, JIASHAN)
    assert owed(scene) == [JIASHAN]
    made = review(scene, row.pk, role=Role.CONTACT_POINT)
    assert (made.decision, owed(scene)) == ("kept", [])
    assert scene.acts() == ["reservation.review"]


def test_a_lift_is_the_act_of_the_sign_off_in_the_same_transaction(scene: Scene) -> None:
    row = reserve(scene.world, scene.plan, JIASHAN)
    with pytest.raises(Refused):
        review(scene, row.pk, role=Role.CONTACT_POINT, decision="lifted")
    assert ReservationLift.objects.count() == 0
    review(scene, row.pk, decision="lifted", texts={"zh": "规则已印发"})
    assert ReservationLift.objects.get().reservation_id == row.pk
    assert scene.acts() == ["reservation.lift", "reservation.review"]
    assert scene.whole.reservations == []
    with pytest.raises(NotVisible):
        review(scene, row.pk)


def test_a_lift_agrees_with_the_wording_its_form_showed(scene: Scene) -> None:
    row = reserve(scene.world, scene.plan, JIASHAN)
    lifted = {"decision": "lifted", "texts": {"zh": "规则已印发"}}
    with pytest.raises(Conflict):
        review(scene, row.pk, seen="sha256:another", **lifted)
    assert ReservationLift.objects.count() == 0
    assert scene.acts() == []
    review(scene, row.pk, seen="", **lifted)


def test_only_its_holder_looks_at_it(scene: Scene) -> None:
    row = reserve(scene.world, scene.plan, JIASHAN)
    for code in (QINGPU, WUJIANG):
        with pytest.raises(Refused):
            review(scene, row.pk, code=code)
    with pytest.raises(Refused):
        review(scene, row.pk, role=Role.PLANNER)


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"decision": "gone"}, "decision"),
        ({"texts": {"zh": " "}}, "text_zh"),
        ({"next_on": None}, "next_on"),
        ({"next_on": today()}, "next_on"),
    ],
)
def test_a_review_says_why_and_when_next(scene: Scene, said: dict[str, object], fault: str) -> None:
    row = reserve(scene.world, scene.plan, JIASHAN)
    with pytest.raises(Invalid) as invalid:
        review(scene, row.pk, **said)
    assert list(invalid.value.errors) == [fault]
