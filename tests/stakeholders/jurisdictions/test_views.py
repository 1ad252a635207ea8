import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from stakeholders.jurisdictions.models import Jurisdiction

LIST = "/jurisdictions/"


def page(client: Client, path: str, language: str = "en") -> str:
    with translation.override(language):
        answer = client.get(path, headers={"accept-language": language})
    assert answer.status_code == 200
    return answer.content.decode()


def unit(number: int) -> Jurisdiction:
    code = str(400_000 + number)
    return Jurisdiction(
        code=code,
        path=f"100000/{code}/",
        parent_id="100000",
        level="prefecture",
        name_zh=f"市{number}",
        name_en=f"City {number}",
        name_en_unique=f"City {number}",
        short_zh=f"市{number}",
        short_en=f"City {number}",
        type_zh="地级市",
        type_en="city",
    )


def test_list_sends_strangers_to_sign_in(db, client: Client) -> None:
    assert client.get(LIST).status_code == 302


def test_list_filters_by_the_address(delta: None, reader: Client) -> None:
    text = page(reader, f"{LIST}?text=310118")
    assert "1 jurisdiction found" in text
    assert reverse("jurisdictions:detail", args=["310118"]) in text
    assert "350 jurisdictions found" in page(reader, f"{LIST}?level=nonsense&parent=999999")
    assert "No jurisdiction matches these filters." in page(reader, f"{LIST}?text=nowhere")


@pytest.mark.parametrize("many", [250, pytest.param(1_000, marks=pytest.mark.prove)])
def test_list_costs_the_same_for_ten_and_for_many(
    delta: None, reader: Client, django_assert_num_queries, many: int
) -> None:
    Jurisdiction.objects.bulk_create(unit(number) for number in range(10))
    page(reader, LIST)  # what is loaded once per process is loaded now
    with CaptureQueriesContext(connection) as few:
        page(reader, f"{LIST}?level=prefecture")
    Jurisdiction.objects.bulk_create(unit(number) for number in range(10, many))
    with django_assert_num_queries(len(few)):
        page(reader, f"{LIST}?level=prefecture")


def test_page_of_qingpu_shows_neighbours_regions_and_outline(delta: None, reader: Client) -> None:
    text = page(reader, f"{LIST}310118/")
    assert "Wujiang District" in text
    assert "45.6" in text
    assert reverse("jurisdictions:region", args=["DZ2019"]) in text
    assert "Map: Qingpu District among its neighbours" in text
    assert text.count("<h1") == 1


def test_page_in_chinese_shows_chinese_names(delta: None, reader: Client) -> None:
    text = page(reader, f"{LIST}310118/", "zh-hans")
    assert "嘉善县" in text
    assert "Jiashan County" not in text


@pytest.mark.parametrize("path", ["999999/", "regions/NOWHERE/"])
def test_unknown_unit_or_region_is_not_found(reader: Client, path: str) -> None:
    assert reader.get(LIST + path).status_code == 404


def test_region_list_names_years_and_sizes(delta: None, reader: Client) -> None:
    text = page(reader, f"{LIST}regions/")
    assert "38 regions; regions overlap" in text


def test_region_page_marks_the_member_outside_the_table(delta: None, reader: Client) -> None:
    text = page(reader, f"{LIST}regions/SEZ1984/")
    assert "Jiangxi Province" in text
    assert "(outside the table of jurisdictions)" in text
    assert 'href="/jurisdictions/360000/"' not in text


def test_region_page_shows_who_joined(delta: None, reader: Client) -> None:
    text = page(reader, f"{LIST}regions/UECC2010/")
    assert "Change against the extent before" in text
    assert "UECC, 16 cities" in text
