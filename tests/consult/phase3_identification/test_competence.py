"""An item above the level of every signing party: shown, blocking nothing, left to the superior."""

import json
from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document

from consult.ballots.enums import Outcome
from consult.phase1_organization.content import default_content
from consult.phase3_identification.actions import close_sign_off
from consult.phase3_identification.board import board
from consult.phase3_identification.consent_matrix.sheets import result_word
from consult.phase3_identification.consent_matrix.wanted import Wanted, chosen_rows
from consult.phase3_identification.models import CommonStatement
from consult.phase3_identification.papers import statement_docx
from consult.phase3_identification.queries import current_sign_off
from plans.register.queries import drafts_of
from plans.register.steps import edit_draft
from tests.consult.phase3_identification.story import Story, tell
from tests.consult.phase3_identification.test_views import signed_in
from tests.world import JIASHAN, QINGPU, WUJIANG, World

PARTIES = (QINGPU, WUJIANG, JIASHAN)


@pytest.fixture
def story(world: World) -> Story:
    """Three items among three counties; the second is decided by the State."""
    content = replace(default_content(), competence="support")
    told = tell(world, items=3, parties=PARTIES[1:], charter=content)
    draft = drafts_of(told.plan).get(item__key="article-2")
    edit_draft(
        draft=draft,
        edits=draft.edits,
        actor=told.coordinator,
        changes={"competence": "national"},
    )
    told.publish({"article-1": "unchanged", "article-2": "text", "article-3": "unchanged"})
    told.plan.refresh_from_db()
    told.open()
    return told


def test_a_close_with_an_item_that_is_not_decided_here_passes_without_it(story: Story) -> None:
    for code in PARTIES:
        story.say(code)
    close_sign_off(actor=story.coordinator, plan=story.plan)
    end = current_sign_off(story.plan).end
    said = json.loads(end.result)
    assert (end.outcome, said["passed"], said["failed"]) == (Outcome.PASSED.value, 2, [])
    assert said["not_decided_here"] == ["article-2"]
    statement = CommonStatement.objects.get()
    items = {
        row["key"]: row.get("decided_here", True) for row in json.loads(statement.content)["items"]
    }
    assert items == {"article-1": True, "article-2": False, "article-3": True}
    paper = Document(BytesIO(statement_docx(plan=story.plan, statement=statement)))
    headings = [p.text for p in paper.paragraphs if p.style.name == "Heading 1"]
    # parties, basis, text, left to the superior, reservations, signatures, sheet
    assert len(headings) == 7
    client = signed_in(story, QINGPU)
    base = f"/plans/{story.plan.key}/"
    for page in ("sign-off/", "matrix/", "matrix/article-2/", "statement/"):
        assert client.get(base + page).status_code == 200, page


def test_it_is_neither_sealed_nor_open(story: Story) -> None:
    state = board(sign_off=story.sign_off, revision=story.plan.frozen)
    row = next(row for row in state.rows if row.key == "article-2")
    assert (row.passes, row.is_decided_here, row.is_sealed, row.is_open) == (
        None,
        False,
        False,
        False,
    )
    assert result_word(row) in ("Not decided here", "不在此决定")
    assert (state.decided, [one.key for one in state.undecided]) == (2, ["article-2"])
    kept = chosen_rows(state, Wanted(only="open"))
    assert [one.key for one in kept] == ["article-1", "article-3"]
    page = signed_in(story, QINGPU).get(f"/plans/{story.plan.key}/matrix/article-2/")
    text = page.content.decode()
    assert (page.status_code, "截止前密封。" in text) == (200, False)
