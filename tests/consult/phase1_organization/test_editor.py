"""The editor of a charter without a browser: lines come and go, and nothing typed is lost."""

from dataclasses import replace

import pytest
from django.utils.translation import override

from consult.phase1_organization.content import CharterContent, default_content
from consult.phase1_organization.forms import CharterEditor
from tests.consult.phase1_organization.composed import edited

START = default_content()
GROUP = {
    "silence": "none",
    "requirements": [
        {"kind": "any", "of": [{"kind": "no_block"}, {"kind": "no_block"}]},
        {"kind": "no_block"},
    ],
}


def kinds(editor: CharterEditor, name: str) -> list[tuple[str, bool]]:
    rule = next(one for one in editor.rules if one.item_class == name)
    return [(line.kind, line.stands_inside) for line in rule.lines]


def with_group() -> CharterContent:
    return replace(START, rules={**START.rules, "guiding": GROUP})


@pytest.mark.parametrize(
    ("do", "left"),
    [
        ("add:guiding", ["any", "-no_block", "-no_block", "no_block", "min_share"]),
        ("inside:guiding:0", ["any", "-no_block", "-no_block", "-min_share", "no_block"]),
        ("remove:guiding:1", ["any", "-no_block", "no_block"]),
        ("remove:guiding:0", ["no_block"]),
        ("remove:guiding:9", ["any", "-no_block", "-no_block", "no_block"]),
        ("show", ["any", "-no_block", "-no_block", "no_block"]),
        ("nonsense:x:y", ["any", "-no_block", "-no_block", "no_block"]),
    ],
)
def test_lines_come_and_go(do: str, left: list[str]) -> None:
    editor = edited(with_group(), do=do, round_days="not a number", note="what I typed")
    found = [("-" if inside else "") + kind for kind, inside in kinds(editor, "guiding")]
    assert found == left
    assert editor.form["round_days"].value() == "not a number"
    assert editor.form["note"].value() == "what I typed"
    assert not editor.has_errors()


def test_a_known_rule_brings_its_lines_and_its_weight() -> None:
    fields = {"rule_guiding__preset": "double_majority", "rule_binding__0__kind": "quorum"}
    editor = edited(START, do="preset:guiding", **fields)
    assert kinds(editor, "guiding") == [("min_share", False), ("min_share", False)]
    assert kinds(editor, "binding")[0] == ("quorum", False)
    assert editor.weights.names() == ["population"]


def test_the_silence_procedure_is_not_put_on_binding_text() -> None:
    editor = edited(START, do="preset:binding", rule_binding__preset="silence")
    assert editor.rules[0].head["silence"].value() == "none"
    guiding = edited(START, do="preset:guiding", rule_guiding__preset="silence")
    assert guiding.rules[1].head["silence"].value() == "agree"


@pytest.mark.parametrize(
    ("fields", "line", "field", "text"),
    [
        ({"rule_binding__1__bound": "3/2"}, 1, "bound", "A share lies between 0 and 1 (100 %)."),
        ({"rule_binding__1__bound": "x"}, 1, "bound", "Give a share like 2/3, 65 % or 0.65."),
        ({"rule_binding__1__bound": "1/0"}, 1, "bound", "A share has no denominator of nothing."),
        ({"rule_binding__1__of": []}, 1, "of", "Choose at least one position."),
        ({"rule_binding__1__base": "values"}, 1, "over", "Choose at least one position."),
        (
            {"rule_binding__1__kind": "min_count", "rule_binding__1__bound": "2/3"},
            1,
            "bound",
            "Give a whole number.",
        ),
        (
            {"rule_binding__0__kind": "no_veto", "rule_binding__0__of": ["object"]},
            0,
            "by",
            "Name the parties that hold the veto.",
        ),
        (
            {"rule_binding__0__is_inside": "on"},
            0,
            "is_inside",
            "There is no group above this line.",
        ),
        ({"rule_binding__0__kind": "any"}, 0, "kind", "A group holds at least one requirement."),
        (
            {"rule_binding__0__kind": "kept", "rule_binding__0__kept": "{"},
            0,
            "kind",
            "What was kept can no longer be read: remove it.",
        ),
    ],
)
def test_an_error_stands_at_its_line_and_the_text_stays(
    fields: dict[str, object], line: int, field: str, text: str
) -> None:
    with override("en"):
        editor = edited(START, **fields)
        assert not editor.is_valid()
        found = editor.rules[0].lines[line]
        assert [str(one) for one in found.errors[field]] == [text]
        for name, value in fields.items():
            bound = found[name.rpartition("__")[2]]
            assert bound.value() == (True if value == "on" else value)


def test_silence_never_binds_on_binding_text() -> None:
    with override("en"):
        editor = edited(START, rule_binding__silence="agree")
        assert not editor.is_valid()
        assert "Silence never binds on binding text" in str(editor.rules[0].head.errors)


def test_silence_by_class_says_the_clause_on_silence() -> None:
    editor = edited(START, rule_guiding__silence="agree")
    assert editor.is_valid()
    assert editor.content().silence_in_sign_off == "agree"
    abstaining = edited(START, rule_guiding__silence="abstain")
    assert abstaining.is_valid()
    assert abstaining.content().silence_in_sign_off == "none"


def test_a_rule_without_lines_is_refused_and_maps_may_do_without() -> None:
    editor = edited(START, rule_indicator__TOTAL="0", rule_map__TOTAL="0")
    assert not editor.is_valid()
    assert [bool(rule.errors) for rule in editor.rules] == [False, False, True, False]
    plain = edited(START)
    assert plain.is_valid()
    assert "map" not in plain.content().rules


def test_maps_can_have_a_rule_of_their_own() -> None:
    editor = edited(START, do="add:map")
    assert kinds(editor, "map") == [("min_share", False)]
    own = replace(START, rules={**START.rules, "map": START.rules["guiding"]})
    again = edited(own)
    assert again.is_valid()
    assert again.content() == own


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"weight__0__310118": "-1"}, "310118"),
        ({"weight__0__310118": "1,5"}, "310118"),
        ({"weight__0__name": ""}, "name"),
        ({"weight__0__name": "weight"}, "name"),
    ],
)
def test_a_weight_that_cannot_be_read_is_refused(fields: dict[str, str], field: str) -> None:
    figures = {"310118": "0.10", "320509": "0.2", "330421": "64"}
    start = replace(START, weights={"population": figures})
    assert edited(start).is_valid()
    editor = edited(start, **fields)
    assert not editor.is_valid()
    assert list(editor.weights.forms[0].errors) == [field]


def test_a_weight_is_kept_exactly_as_it_is_typed() -> None:
    figures = {"310118": "0.10", "320509": "0.2", "330421": "64"}
    start = replace(START, weights={"population": figures}, weight_sources={"population": "普查"})
    editor = edited(start)
    assert editor.is_valid()
    assert editor.content() == start
