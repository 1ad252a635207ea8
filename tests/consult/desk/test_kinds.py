import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from consult.desk.kinds import DUTY_KINDS, DutyGroup, acts_of, group_of, label_of
from consult.phase3_identification.duties import SECONDINGS
from stakeholders.people.catalogue import unknown_acts
from stakeholders.terms.duty import Duty

DOTTED = re.compile(r"[a-z][a-z_]*(\.[a-z_]+)+")
CONSULT = Path(settings.BASE_DIR) / "consult"
DOCS = Path(settings.BASE_DIR) / "docs" / "duties.md"


def makers() -> Iterator[ast.Module]:
    """Every module of consult that makes duties."""
    for path in sorted(CONSULT.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
        if any(isinstance(call.func, ast.Name) and call.func.id == "Duty" for call in calls):
            yield tree


def kinds_in(tree: ast.Module) -> set[str]:
    """The dotted words of a module that are not codes of blockers."""
    codes = {
        id(word.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        for word in node.keywords
        if word.arg == "code"
    }
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and DOTTED.fullmatch(node.value)
        and id(node) not in codes
    }


def test_the_table_holds_what_the_code_can_give_and_no_more() -> None:
    found = {kind for tree in makers() for kind in kinds_in(tree)}
    found |= {f"{act}.second" for act in SECONDINGS}
    assert found == set(DUTY_KINDS)


def test_the_document_lists_the_same_kinds_in_the_same_order() -> None:
    rows = re.findall(r"^\| `([a-z_.]+)` \|", DOCS.read_text(encoding="utf-8"), re.MULTILINE)
    assert rows == list(DUTY_KINDS)


def test_a_kind_has_words_and_a_group() -> None:
    with translation.override("en"):
        assert label_of("round.answer") == "Answer a comment round"
    assert group_of("round.answer") is DutyGroup.PREPARATION
    assert {group for _label, group in DUTY_KINDS.values()} == set(DutyGroup)


@pytest.mark.parametrize("ask", [label_of, group_of])
def test_an_unknown_kind_is_a_mistake(ask) -> None:
    with pytest.raises(ValueError, match=r"^no such kind of duty: thing\.do$"):
        ask("thing.do")


def test_the_key_of_a_duty_names_kind_object_and_holder() -> None:
    duty = Duty(kind="a.b", plan_id=1, subject_id=2, title="", url="", holder_code="310118")
    assert duty.key == "a.b:2:310118"


def test_every_kind_is_done_by_acts_that_a_mandate_can_be_limited_to() -> None:
    assert unknown_acts({act for kind in DUTY_KINDS for act in acts_of(kind)}) == []
    assert acts_of("round.answer") == {"reply.submit", "reply.submit_body"}
    assert acts_of("paper.file") == {"paper.file"}
