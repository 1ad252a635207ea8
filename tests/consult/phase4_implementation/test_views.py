from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from consult.phase4_implementation.models import Reading, StatusReport, ThresholdWarning
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from tests.consult.phase4_implementation.ground import Ground
from tests.plans.projects.test_views import browser, many, page
from tests.world import JIASHAN, KUNSHAN, QINGPU, WUJIANG

ROOM = "/plans/QWJ/implementation/"


def readings(ground: Ground, years: range) -> None:
    """Readings of Wujiang by month, none of them beyond a threshold."""
    item = ground.plan.items.get(key="antimony")
    mandate = ground.world.mandate(WUJIANG, Role.PLANNER)
    Reading.objects.bulk_create(
        Reading(
            item=item,
            jurisdiction_id=WUJIANG,
            period=f"{year}",
            value=Decimal("3.5"),
            evidence="test",
            mandate=mandate,
            at=clock.now(),
        )
        for year in years
    )


@pytest.mark.parametrize("most", [250, pytest.param(1_000, marks=pytest.mark.prove)])
@pytest.mark.parametrize("path", ["", "indicators/antimony/"])
def test_pages_cost_the_same_for_ten_and_for_many(
    ground: Ground, path: str, django_assert_num_queries, most: int
) -> None:
    client = browser(ground.world, JIASHAN, Role.SIGNATORY)
    many(ground.plan, range(10))
    readings(ground, range(1000, 1010))
    ground.reads(ground.world.actor(QINGPU, Role.PLANNER), "4.5")
    page(client, ROOM + path)  # what is loaded once per process is loaded now
    with CaptureQueriesContext(connection) as few:
        page(client, ROOM + path)
    many(ground.plan, range(10, most))
    readings(ground, range(1010, 1000 + most))
    with django_assert_num_queries(len(few)):
        page(client, ROOM + path)


def test_home_shows_the_warning_by_word_until_a_reading_is_back_within(ground: Ground) -> None:
    wujiang = ground.world.actor(WUJIANG, Role.PLANNER)
    ground.reads(wujiang, "4.3", period="2025-03")
    client = browser(ground.world, JIASHAN, Role.SIGNATORY)
    text = page(client, ROOM)
    assert text.count("Warning value crossed") == 2
    assert "<td>stands</td>" in text
    ground.reads(wujiang, "3.8", period="2025-04")
    text = page(client, ROOM)
    assert text.count("Warning value crossed") == 1
    assert "<td>back within</td>" in text
    assert "Report a reading" not in text
    assert text.count("<h1") == 1


def test_pages_of_warning_indicator_and_project_show_both_sides(ground: Ground) -> None:
    ground.reads(ground.world.actor(WUJIANG, Role.PLANNER), "5.3")
    ground.says(ground.world.actor(WUJIANG, Role.PLANNER), "on_time", on_milestone=True)
    ground.says(ground.world.actor(QINGPU, Role.PLANNER), "late", on_milestone=True)
    client = browser(ground.world, JIASHAN, Role.SIGNATORY)
    warning = ThresholdWarning.objects.get()
    assert "Limit crossed" in page(client, f"{ROOM}warnings/{warning.pk}/")
    assert "突破控制值" in page(client, f"{ROOM}warnings/{warning.pk}/", "zh-hans")
    text = page(client, f"{ROOM}indicators/antimony/")
    assert "<polyline" in text
    assert text.count(">5.3") == 4
    assert page(client, f"{ROOM}projects/PJ3/").count("The reports differ") == 1


def test_pages_are_not_found_for_a_stranger(ground: Ground) -> None:
    ground.reads(ground.world.actor(WUJIANG, Role.PLANNER), "5.3")
    stranger = browser(ground.world, KUNSHAN, Role.PLANNER)
    warning = ThresholdWarning.objects.get().pk
    paths = [
        "",
        "projects/PJ3/",
        "projects/PJ3/report/",
        "indicators/antimony/",
        "readings/new/",
        f"warnings/{warning}/",
    ]
    found = {path: stranger.get(ROOM + path).status_code for path in paths}
    assert found == dict.fromkeys(paths, 404)


def test_status_form_offers_ones_own_unit_and_reports(ground: Ground) -> None:
    client = browser(ground.world, WUJIANG, Role.PLANNER)
    path = f"{ROOM}projects/PJ3/report/"
    assert QINGPU not in page(client, f"{path}?milestone=1")
    refused = client.post(path, {"jurisdiction": WUJIANG, "milestone": "1"})
    assert refused.status_code == 422
    body = {"jurisdiction": WUJIANG, "milestone": "1", "progress": "at_risk", "percent": "40"}
    answer = client.post(path, body)
    assert (answer.status_code, answer["Location"]) == (302, f"{ROOM}projects/PJ3/")
    report = StatusReport.objects.get()
    assert (report.milestone, report.progress, report.percent) == (ground.milestone, "at_risk", 40)
    assert browser(ground.world, WUJIANG, Role.SIGNATORY).get(path).status_code == 403


def test_reading_form_of_the_joint_office_offers_the_whole_area(ground: Ground) -> None:
    client = Client()
    client.force_login(ground.world.mandates[QINGPU, "coordinator", "QWJ"].user)
    path = f"{ROOM}readings/new/"
    assert 'value="whole"' in page(client, path)
    body = {
        "item": "sections",
        "jurisdiction": "whole",
        "period": "2025",
        "value": "89.5",
        "evidence": "年报",
    }
    assert client.post(path, body | {"period": "May"}).status_code == 422
    assert client.post(path, body).status_code == 302
    assert ThresholdWarning.objects.get().level == "limit"


def test_reading_form_of_a_party_offers_its_own_unit_only(ground: Ground) -> None:
    text = page(browser(ground.world, WUJIANG, Role.CONTACT_POINT), f"{ROOM}readings/new/")
    assert 'value="whole"' not in text
    assert f'value="{QINGPU}"' not in text
