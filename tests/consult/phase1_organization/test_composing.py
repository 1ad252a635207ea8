"""Every rule the form can compose comes through content, canonical text and form unchanged."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.ballots.enums import PositionValue
from consult.phase1_organization.composing import (
    ShareError,
    lines_of,
    preset_rule,
    read_share,
    rule_of,
)
from consult.phase1_organization.content import default_content, from_dict, share_rule
from consult.phase1_organization.enums import Preset
from consult.phase1_organization.sentences import rule_sentence
from stakeholders.terms import canonical
from tests.consult.phase1_organization.composed import NAMES, edited

CODES = sorted(NAMES)
VALUES = list(PositionValue.values)
some_values = st.sets(st.sampled_from(VALUES), min_size=1).map(
    lambda chosen: [value for value in VALUES if value in chosen]
)
shares = st.one_of(
    st.builds(lambda a, b: f"{min(a, b)}/{max(a, b)}", st.integers(0, 99), st.integers(1, 99)),
    st.sampled_from(["1", "0.65", "65/100", "625/1000"]),
)


def _share(kind: str) -> st.SearchStrategy[dict[str, object]]:
    edge = "at_most" if kind == "max_share" else "at_least"
    required: dict[str, st.SearchStrategy[object]] = {
        "kind": st.just(kind),
        "of": some_values,
        edge: shares,
    }
    optional: dict[str, st.SearchStrategy[object]] = {
        "weight": st.sampled_from(["weight", "population"]),
        "strict": st.just(True),
    }
    if kind == "quorum":
        optional["over"] = some_values
    else:
        required["over"] = st.one_of(st.just("electorate"), some_values)
    return st.fixed_dictionaries(required, optional=optional)


def _count(kind: str) -> st.SearchStrategy[dict[str, object]]:
    edge = "at_most" if kind == "max_count" else "at_least"
    return st.fixed_dictionaries(
        {"kind": st.just(kind), "of": some_values, edge: st.integers(0, 1000)},
        optional={"strict": st.just(True)},
    )


vetoes = st.fixed_dictionaries(
    {
        "kind": st.just("no_veto"),
        "by": st.sets(st.sampled_from(CODES), min_size=1).map(sorted),
        "of": some_values,
    }
)
singles = st.one_of(
    st.just({"kind": "no_block"}),
    *(_share(kind) for kind in ("min_share", "max_share", "quorum")),
    *(_count(kind) for kind in ("min_count", "max_count")),
    vetoes,
)
groups = st.fixed_dictionaries(
    {"kind": st.sampled_from(["any", "all"]), "of": st.lists(singles, min_size=1, max_size=3)}
)
rules = st.fixed_dictionaries(
    {
        "silence": st.sampled_from(["none", "agree", "abstain", "recused"]),
        "requirements": st.lists(st.one_of(singles, groups), min_size=1, max_size=4),
    }
)
# What the API may say and the editor has no lines for: it is kept as it came.
odd = st.sampled_from(
    [
        {"kind": "any", "of": [{"kind": "all", "of": [{"kind": "no_block"}]}]},
        {"kind": "min_count", "of": ["object", "agree"], "at_least": 2},
        {"kind": "quorum", "of": ["agree"], "over": "electorate", "at_least": "1/2"},
        {"kind": "max_count", "of": ["object"], "at_most": 3, "strict": False},
        {"kind": "no_veto", "by": ["330421", "310118"], "of": ["object"]},
    ]
)
WEIGHTS = {"population": dict.fromkeys(CODES, "1.50")}


@given(rule=rules)
def test_a_composed_rule_comes_through_unchanged(rule: dict[str, object]) -> None:
    assert rule_of(lines_of(rule), silence=str(rule["silence"])) == rule
    assert not [line for line in lines_of(rule) if line.kept]
    content = replace(
        default_content(),
        rules={**default_content().rules, "guiding": rule},
        weights=WEIGHTS,
        weight_sources={"population": "人口普查"},
        silence_in_sign_off="agree" if rule["silence"] == "agree" else "none",
    )
    again = from_dict(json.loads(canonical.canonical(content.as_dict())))
    assert again == content
    editor = edited(again)
    assert editor.is_valid(), [line.errors for one in editor.rules for line in one.lines]
    assert editor.content().as_dict() == content.as_dict()


@given(rule=rules)
def test_a_rule_is_never_silent_in_either_language(rule: dict[str, object]) -> None:
    sentence = rule_sentence(rule, NAMES)
    assert sentence["zh"].endswith("。")
    assert sentence["en"].endswith(".")
    assert min(len(sentence["zh"]) - 8, len(sentence["en"]) - 16) > 0
    for code in CODES:
        assert code not in sentence["zh"] + sentence["en"]


@given(rule=rules, more=odd)
def test_what_the_editor_cannot_show_is_kept_to_the_letter(
    rule: dict[str, list[object]], more: dict[str, object]
) -> None:
    whole = {**rule, "requirements": [*rule["requirements"], more]}
    assert [line.kind for line in lines_of(whole)][-1] == "kept"
    content = replace(
        default_content(),
        rules={**default_content().rules, "guiding": whole},
        weights=WEIGHTS,
        silence_in_sign_off="agree" if rule["silence"] == "agree" else "none",
    )
    editor = edited(content)
    assert editor.is_valid()
    assert editor.content().rules["guiding"] == whole


@pytest.mark.parametrize("name", Preset.values)
def test_a_known_body_can_be_shown_line_by_line(name: str) -> None:
    rule = preset_rule(name, codes=CODES)
    assert rule_of(lines_of(rule), silence=str(rule["silence"])) == rule
    assert not [line for line in lines_of(rule) if line.kept]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("2/3", "2/3"),
        (" 2 / 3 ", "2/3"),
        ("65 %", "65/100"),
        ("６５％", "65/100"),
        ("62.5%", "625/1000"),
        ("0.65", "0.65"),
        ("三分之二", "2/3"),
        ("百分之六十五", "65/100"),
        ("十分之一", "1/10"),
        ("1", "1"),
        ("100 %", "100/100"),
    ],
)
def test_a_share_is_read_exactly(typed: str, read: str) -> None:
    assert read_share(typed) == read


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "unreadable"),
        ("many", "unreadable"),
        ("-1/2", "unreadable"),
        ("1e3", "unreadable"),
        ("2/3/4", "unreadable"),
        ("1/0", "zero"),
        ("3/2", "range"),
        ("101 %", "range"),
        ("9" * 200, "unreadable"),
    ],
)
def test_what_is_no_share_is_refused(typed: str, why: str) -> None:
    with pytest.raises(ShareError) as refusal:
        read_share(typed)
    assert str(refusal.value) == why


def test_the_ordinary_rule_has_two_lines() -> None:
    assert [line.kind for line in lines_of(share_rule("2/3"))] == ["no_block", "min_share"]
