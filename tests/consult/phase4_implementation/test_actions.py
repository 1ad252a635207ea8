import json
from decimal import Decimal

import pytest

from consult.phase4_implementation.models import Reading, StatusReport, ThresholdWarning
from consult.phase4_implementation.queries import boards_of
from plans.register.steps import set_phase
from stakeholders.notices.models import Notice
from stakeholders.record.models import RecordEntry
from stakeholders.terms.actor import Role
from stakeholders.terms.errors import Invalid, NotVisible, Refused
from stakeholders.terms.rights import Reason
from tests.consult.phase4_implementation.ground import CONCERNED, Ground
from tests.plans.projects.sheets import milestone
from tests.world import JIASHAN, KUNSHAN, QINGPU, WUJIANG


def entries() -> list[tuple[str, str]]:
    """The record after the ground was laid."""
    return list(RecordEntry.objects.order_by("seq").values_list("act", "subject"))[3:]


def effects() -> dict[str, object]:
    return json.loads(RecordEntry.objects.order_by("-seq")[0].payload)["effects"]


def test_contradicting_reports_stand_side_by_side_and_the_newest_of_a_party_counts(
    ground: Ground,
) -> None:
    wujiang = ground.world.actor(WUJIANG, Role.CONTACT_POINT)
    ground.says(wujiang, "late")
    ground.says(wujiang, "on_time")
    ground.says(ground.world.actor(QINGPU, Role.PLANNER), "late", text_zh="两家企业未签约")
    board = boards_of([ground.project])[0]
    said = {one.jurisdiction.pk: one.report and one.report.progress for one in board.sides}
    assert said == {QINGPU: "late", WUJIANG: "on_time", JIASHAN: None}
    assert board.is_disputed
    assert StatusReport.objects.count() == 3
    assert entries() == [("status.report", "project:PJ3")] * 3


def test_roll_up_takes_the_responsible_units_own_report(ground: Ground) -> None:
    office = ground.world.coordinator(ground.plan)
    assert boards_of([ground.project])[0].percent is None  # 40 of 100
    milestone(actor=office, project=ground.project, weight="60")
    ground.says(ground.world.actor(QINGPU, Role.PLANNER), "done", on_milestone=True)
    assert boards_of([ground.project])[0].percent == Decimal("0.0")
    ground.says(ground.world.actor(WUJIANG, Role.PLANNER), "on_time", percent=60, on_milestone=True)
    assert boards_of([ground.project])[0].percent == Decimal("24.0")
    coordinator = ground.world.coordinator(ground.plan)
    report = ground.says(coordinator, "done", code=WUJIANG, on_milestone=True)
    assert report.is_on_behalf
    assert boards_of([ground.project])[0].percent == Decimal("40.0")
    assert entries()[1:] == [("status.report", "project:PJ3.1")] * 3


@pytest.mark.parametrize(
    ("code", "role", "reason"),
    [
        (QINGPU, Role.SIGNATORY, Reason.WRONG_ROLE),
        (WUJIANG, Role.PLANNER, Reason.NOT_YOURS),
    ],
)
def test_report_status_is_refused_with_its_reason(
    ground: Ground, code: str, role: Role, reason: Reason
) -> None:
    with pytest.raises(Refused) as refusal:
        ground.says(ground.world.actor(code, role), "late", code=QINGPU)
    assert refusal.value.verdict.reason is reason
    assert entries() == []


def test_report_status_before_phase_4_is_refused(ground: Ground) -> None:
    set_phase(plan=ground.plan, phase=3)
    with pytest.raises(Refused) as refusal:
        ground.says(ground.world.actor(QINGPU, Role.PLANNER), "late")
    assert refusal.value.verdict.reason is Reason.WRONG_PHASE


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"code": KUNSHAN}, "jurisdiction"),
        ({"percent": 101}, "percent"),
        ({"progress": "soon"}, "progress"),
        ({"progress": "done", "percent": 99}, "percent"),
        ({"progress": "done", "blockage_zh": "未签约"}, "blockage_zh"),
        ({"progress": "done", "on_milestone": True, "evidence": " "}, "evidence"),
    ],
)
def test_report_status_that_cannot_stand_is_invalid(
    ground: Ground, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as error:
        ground.says(ground.world.coordinator(ground.plan), **({"progress": "late"} | changes))
    assert list(error.value.errors) == [field]


def test_reading_that_crosses_raises_its_warning_in_the_same_entry(ground: Ground) -> None:
    Notice.objects.all().delete()
    reading = ground.reads(ground.world.actor(WUJIANG, Role.CONTACT_POINT), "4.3")
    warning = ThresholdWarning.objects.get()
    assert (warning.reading, warning.level, warning.threshold) == (reading, "warning", "4.0")
    assert entries() == [("reading.report", "item:antimony")]
    (warned,) = effects()["warnings"]
    assert warned.pop("case")["number"] == 1
    assert warned == {
        "id": warning.pk,
        "reading": reading.pk,
        "level": "warning",
        "threshold": "4.0",
    }
    assert effects()["reading"]["id"] == reading.pk
    told = Notice.objects.filter(kind="warning.raise").values_list("user", flat=True)
    roles = (Role.CONTACT_POINT, Role.SIGNATORY)
    assert set(told) == {ground.world.user(c, r).pk for c in CONCERNED for r in roles}


def test_reading_within_raises_nothing_and_says_so_in_the_record(ground: Ground) -> None:
    ground.reads(ground.world.actor(WUJIANG, Role.PLANNER), "4.0")
    assert ThresholdWarning.objects.count() == 0
    assert effects()["warnings"] == []


def test_correction_that_makes_it_graver_is_a_new_row_with_a_warning_of_its_own(
    ground: Ground,
) -> None:
    actor = ground.world.actor(WUJIANG, Role.PLANNER)
    for value, reason in (("4.3", ""), ("5.4", "复测更正")):
        ground.reads(actor, value, reason=reason)
    assert list(Reading.objects.order_by("pk").values_list("value", flat=True)) == [
        Decimal("4.3"),
        Decimal("5.4"),
    ]
    levels = ThresholdWarning.objects.order_by("pk").values_list("level", flat=True)
    assert list(levels) == ["warning", "limit"]


def test_a_mean_is_tested_on_the_whole_area_and_only_the_joint_office_reports_it(
    ground: Ground,
) -> None:
    wujiang = ground.world.actor(WUJIANG, Role.PLANNER)
    ground.reads(wujiang, "90", item="sections")
    assert ThresholdWarning.objects.count() == 0
    with pytest.raises(Refused) as refusal:
        ground.reads(wujiang, "94", item="sections", jurisdiction=None)
    assert refusal.value.verdict.reason is Reason.NOT_YOURS
    coordinator = ground.world.coordinator(ground.plan)
    ground.reads(coordinator, "94", item="sections", jurisdiction=None)
    assert ThresholdWarning.objects.get().level == "warning"


def test_reading_of_an_indicator_that_the_text_does_not_hold_is_not_visible(
    ground: Ground,
) -> None:
    with pytest.raises(NotVisible):
        ground.reads(ground.world.actor(WUJIANG, Role.PLANNER), "1", item="nowhere")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"period": "2027-13"}, "period"),
        ({"evidence": " "}, "evidence"),
        ({"jurisdiction": KUNSHAN}, "jurisdiction"),
    ],
)
def test_reading_that_cannot_stand_is_invalid(
    ground: Ground, changes: dict[str, str], field: str
) -> None:
    with pytest.raises(Invalid) as error:
        ground.reads(ground.world.coordinator(ground.plan), "1", **changes)
    assert list(error.value.errors) == [field]


@pytest.mark.parametrize("value", ["NaN", "Infinity", "1000000000000", "0.0000001"])
def test_reading_of_an_impossible_figure_is_invalid(ground: Ground, value: str) -> None:
    with pytest.raises(Invalid) as error:
        ground.reads(ground.world.actor(WUJIANG, Role.PLANNER), value)
    assert list(error.value.errors) == ["value"]
    assert Reading.objects.count() == 0
