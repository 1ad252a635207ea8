"""Markdown of a provision on a page: tables, and nothing that runs."""

import time

import pytest
from django.utils import translation

from plans.templatetags.prose import prose
from plans.text.documents.tables import table_fault

TABLE = "前言：\n\n| 断面 | 目标 |\n|:--|--:|\n| 金泽 | **Ⅱ** |\n\n后文"


def test_prose_table_is_a_region_with_scoped_heads() -> None:
    with translation.override("en"):
        html = prose(TABLE)
    assert html == (
        "<p>前言：</p>\n"
        '<div class="table-region" role="region" tabindex="0" aria-label="Table in the text">'
        '<table class="table table--few"><thead>\n<tr>\n'
        '<th scope="col">断面</th>\n<th class="text-end" scope="col">目标</th>\n</tr>\n</thead>\n'
        '<tbody>\n<tr>\n<td>金泽</td>\n<td class="text-end"><strong>Ⅱ</strong></td>\n</tr>\n'
        "</tbody>\n</table></div>\n<p>后文</p>\n"
    )


@pytest.mark.parametrize(
    "payload",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        '<div class="modal" onclick="alert(1)">x</div>',
        '<a href="#" style="position:fixed">x</a>',
        "![x](https://example.org/x.png)",
    ],
)
def test_prose_in_a_cell_runs_nothing(payload: str) -> None:
    html = prose(f"| a | b |\n|---|---|\n| {payload} | {payload} |")
    for live in (
        "<script",
        "<img",
        "onerror=alert(1)>",
        'javascript:alert(1)"',
        '<div class="modal',
    ):
        assert live not in html
    assert "style=" not in html.replace("style=&quot;", "").replace(
        'style="position:fixed"&gt;', ""
    )


def test_prose_table_too_wide_stays_signs_and_is_quick() -> None:
    row = "|" + "a|" * 3_000
    text = f"{row}\n|{'-|' * 3_000}\n{row}"
    began = time.process_time()
    html = prose(text)
    assert time.process_time() - began < 2
    assert "<table" not in html


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (TABLE, None),
        ("|" + "a|" * 31 + "\n|" + "-|" * 31, "A table has at most 30 columns."),
        (
            "|a|b|\n|-|-|\n" + "|a|b|\n" * 1_000,
            "The tables of a text have at most 2,000 cells.",
        ),
        # Rows without cells are filled up when shown.
        (
            "|" + "a|" * 30 + "\n|" + "-|" * 30 + "\n" + "a\n" * 100,
            "The tables of a text have at most 2,000 cells.",
        ),
        ("a | b\n--- | ---\n" + "\n\n".join("a | b\n-|-" for _n in range(3)), None),
    ],
)
def test_table_fault_names_the_limit(text: str, fault: str | None) -> None:
    with translation.override("en"):
        found = table_fault(text)
        assert (None if found is None else str(found)) == fault


def test_table_fault_is_linear() -> None:
    began = time.process_time()
    table_fault("|-" * 60_000 + "\n" + "|-" * 60_000)
    table_fault("- " * 60_000 + "|\n" + "-- " * 60_000)
    assert time.process_time() - began < 1
