"""The source of a region is said as people cite it, not by keys."""

from django.utils import translation

from stakeholders.jurisdictions.reading import read_table
from stakeholders.jurisdictions.reading.timeline import TIMELINE
from stakeholders.jurisdictions.sources import WORKS, Cited, cited, in_words

REGIONS = TIMELINE.with_name("regions.csv")


def test_keys_become_papers_and_pages_of_the_web() -> None:
    source = "SuLiu2023 and UPF2024; public web, stored page; abstract of the 2019 outline"
    with translation.override("zh-hans"):
        found = cited(source)
    assert found == [
        Cited(work=WORKS["SuLiu2023"]),
        Cited(work=WORKS["UPF2024"]),
        Cited(said="公开网页：2019年规划纲要摘要"),
    ]
    with translation.override("en"):
        assert cited("SuLiu2023 table 1 (year)") == [
            Cited(work=WORKS["SuLiu2023"], said="table 1 (year)")
        ]
        assert cited("public web: one page") == [Cited(said="Web page: one page")]


def test_what_no_table_of_ours_says_stays_as_it_is() -> None:
    assert cited("某市政府公报; 第3期") == [Cited(said="某市政府公报"), Cited(said="第3期")]
    assert cited("") == []


def test_no_key_of_the_tables_is_shown() -> None:
    rows = [*read_table(REGIONS, required=["source"]), *read_table(TIMELINE, required=["source"])]
    words = " ".join(in_words(one.text("source")) for one in rows)
    assert len(rows) > 50
    assert [key for key in (*WORKS, "stored page", "public web") if key in words] == []
