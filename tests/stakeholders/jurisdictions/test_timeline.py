"""The timeline is read whole, in both languages, with its caveat."""

from pathlib import Path

import pytest
from django.test import Client

from stakeholders.jurisdictions.reading import RowError, platforms, read_platforms

HEAD = "year,name_en,name_zh,source,caveat_en,caveat_zh\n"


def test_own_timeline_has_twenty_rows_in_both_languages() -> None:
    rows = platforms()
    assert len(rows) == 20
    assert (rows[0].year, rows[0].name_zh) == (1957, "经济协作会议")
    assert (rows[-1].year, rows[-1].name_zh) == (2020, "上海大都市圈")
    assert [one.year for one in rows] == sorted(one.year for one in rows)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",A,甲,s,,\n", "This cell must not be empty."),
        ("57,A,甲,s,,\n", "57 is not between 1900 and 2200."),
        ("1957,A,,s,,\n", "This cell must not be empty."),
    ],
)
def test_bad_row_is_refused_with_its_place(tmp_path: Path, row: str, reason: str) -> None:
    path = tmp_path / "timeline.csv"
    path.write_text(HEAD + row, encoding="utf-8")
    with pytest.raises(RowError) as refusal:
        read_platforms(path)
    assert (refusal.value.line, refusal.value.reason) == (2, reason)


def test_page_names_the_caveat_and_links_the_regions_of_a_year(delta: None, reader: Client) -> None:
    response = reader.get("/jurisdictions/timeline/", headers={"accept-language": "en"})
    text = response.content.decode()
    assert "OCR of the table is damaged; years before 2019 read with care" in text
    assert 'href="/jurisdictions/regions/UECC1997/"' in text
    assert "Economic Collaboration Conference" in text


def test_page_in_chinese_names_the_platforms_in_chinese(delta: None, reader: Client) -> None:
    response = reader.get("/jurisdictions/timeline/", headers={"accept-language": "zh-hans"})
    text = response.content.decode()
    assert "沪苏浙经济合作与发展座谈会" in text
    assert "来源表扫描识别有缺损" in text


def test_api_gives_the_timeline(db, reader: Client) -> None:
    rows = reader.get("/api/v1/regions/timeline/").json()
    assert (len(rows), rows[1]["name_zh"]) == (20, "华东协作区")
