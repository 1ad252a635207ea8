"""The table of lines: every kind has all of them, known to the checklist and to the pages."""

import pytest
from django.urls import reverse

from consult.approval.dossier_lines import ADVISED, TABLE, By, lines_of
from consult.phase2_preparation.checklists import PAPERS, REQUIRED
from plans.register.enums import PlanKind


def test_the_lines_stand_in_the_usual_order() -> None:
    assert [one.key for one in TABLE] == [
        "work-plan",
        "base-studies",
        "consultation",
        "public-display",
        "expert-opinion",
        "legal-review",
        "risk-assessment",
        "neighbour-opinions",
        "deliberation",
        "statement",
        "sign-off-sheet",
        "text",
        "tables",
        "left-open",
    ]


@pytest.mark.parametrize("kind", PlanKind.values)
def test_a_paper_the_preparation_requires_is_required_here(kind: str) -> None:
    required = {one.paper for one, is_required in lines_of(kind) if is_required and one.paper}
    assert required == set(REQUIRED[kind])
    assert [one for one, _ in lines_of(kind)] == list(TABLE)


def test_every_line_names_a_rule_and_a_page_that_is_there() -> None:
    assert set(ADVISED) == set(PlanKind.values)
    for one in TABLE:
        assert str(one.source), one.key
        assert all((one.name_zh, one.name_en)), one.key
        assert one.paper in ("", *PAPERS), one.key
        assert (one.page == "") is (one.by is By.DOCUMENT), one.key
        if one.page:
            assert reverse(one.page, args=["QWJ"])
