from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.register.enums import ChangeKind
from plans.text.changes import Standing, change_kind, concerned_by

BASE: dict[str, object] = {
    "kind": "provision",
    "content": {"title": {"zh": "题", "en": "t"}, "text": {"zh": "文", "en": "x"}, "theme": ""},
    "strength": "binding",
    "competence": "county",
    "given": False,
    "given_source": "",
    "concerned": ["310118"],
}


def standing(number: str = "1", heading: str = "h", claim: str = "", **wording: object) -> Standing:
    return Standing(wording={**BASE, **wording}, number=number, heading=heading, claim=claim)


def text(zh: str = "文", en: str = "x") -> dict[str, object]:
    return {"title": {"zh": "题", "en": "t"}, "text": {"zh": zh, "en": en}, "theme": ""}


@pytest.mark.parametrize(
    ("new", "kind"),
    [
        (standing(), ChangeKind.UNCHANGED),
        (standing(number="2"), ChangeKind.MOVED),
        (standing(heading="other"), ChangeKind.MOVED),
        (standing(content=text(en="y")), ChangeKind.TRANSLATION),
        (standing(content=text(zh="字")), ChangeKind.TEXT),
        (standing(content=text(zh="字"), claim="editorial"), ChangeKind.EDITORIAL),
        (standing(claim="editorial"), ChangeKind.UNCHANGED),
        (standing(strength="guiding", claim="editorial"), ChangeKind.STRENGTH),
        (standing(concerned=["310118", "320509"]), ChangeKind.STRENGTH),
        (standing(competence="province", content=text(en="y")), ChangeKind.STRENGTH),
        (standing(content=text(zh="字"), strength="guiding", number="3"), ChangeKind.TEXT),
        (None, ChangeKind.REMOVED),
    ],
)
def test_change_kind_names_the_weightiest(new: Standing | None, kind: ChangeKind) -> None:
    assert change_kind(standing(), new) is kind


def test_change_of_an_english_authentic_text_is_no_translation() -> None:
    new = standing(content=text(en="y"))
    assert change_kind(standing(), new, authentic="en") is ChangeKind.TEXT


def test_change_of_an_indicator_has_its_own_kind() -> None:
    old = standing(kind="indicator", content={"name": {"zh": "指", "en": ""}, "target": "1"})
    new = standing(kind="indicator", content={"name": {"zh": "指", "en": ""}, "target": "2"})
    assert change_kind(old, new) is ChangeKind.INDICATOR


def test_a_change_concerns_the_old_and_the_new() -> None:
    assert concerned_by(standing(concerned=["1"]), standing(concerned=["2"])) == {"1", "2"}
    assert concerned_by(None, standing(concerned=["2"])) == {"2"}


def with_fields(**fields: object) -> dict[str, object]:
    return {**text(), **fields}


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        # What is owed, by whom, until when and how it is shown is the text;
        (with_fields(lead="JO"), ChangeKind.TEXT),
        (with_fields(due="2030-12-31"), ChangeKind.TEXT),
        (with_fields(evidence="验收报告"), ChangeKind.TEXT),
        (with_fields(anything="else"), ChangeKind.TEXT),
        # by what force, for whose sake and how far public is strength or concern;
        (with_fields(function="quota"), ChangeKind.STRENGTH),
        (with_fields(demand=["local"]), ChangeKind.STRENGTH),
        (with_fields(links=["taipu"]), ChangeKind.STRENGTH),
        (with_fields(classification="internal"), ChangeKind.STRENGTH),
        # what only sorts is moved; an empty field and one left out say the same.
        (with_fields(theme="water"), ChangeKind.MOVED),
        (with_fields(pillar="co_drawn"), ChangeKind.MOVED),
        (with_fields(due="", evidence=None, links=[]), ChangeKind.UNCHANGED),
        ({"title": {"zh": "题"}, "text": {"zh": "文"}}, ChangeKind.TRANSLATION),
        ({"title": {"zh": "题", "en": "t"}, "text": {}}, ChangeKind.TEXT),
        ({"title": {"zh": "题", "en": "t"}, "text": {"en": "x"}}, ChangeKind.TEXT),
        ({**text(), "rows": [{"zh": "a", "en": "b"}]}, ChangeKind.TEXT),
        ({}, ChangeKind.TEXT),
    ],
)
def test_each_field_counts_as_its_kind(content: dict[str, object], kind: ChangeKind) -> None:
    assert change_kind(standing(), standing(content=content)) is kind


def test_lists_of_pairs_are_compared_in_the_authentic_language() -> None:
    old = standing(content={"rows": [{"zh": "甲", "en": "a"}, {"zh": "乙", "en": ""}]})
    new = standing(content={"rows": [{"zh": "甲", "en": "A"}, {"zh": "乙"}]})
    assert change_kind(old, new) is ChangeKind.TRANSLATION
    assert change_kind(old, new, authentic="en") is ChangeKind.TEXT


@pytest.mark.parametrize("content", [text(en="y"), text(zh="字")])
def test_with_a_new_authentic_language_either_text_binds(content: dict[str, object]) -> None:
    new = standing(content=content)
    assert change_kind(standing(), new, authentic="en", formerly="zh") is ChangeKind.TEXT
    assert change_kind(standing(), standing(), authentic="en", formerly="zh") is (
        ChangeKind.UNCHANGED
    )


@pytest.mark.parametrize(
    ("new", "kind"),
    [
        (
            standing(content=text(zh="字"), strength="guiding", claim="editorial"),
            "strength_or_concern",
        ),
        (standing(content=text(zh="字"), concerned=[], claim="editorial"), "strength_or_concern"),
        (standing(content={**text(zh="字"), "lead": "JO"}, claim="editorial"), "text"),
        (standing(content={**text(zh="字"), "theme": "x"}, claim="editorial"), "editorial"),
    ],
)
def test_a_claim_covers_words_and_nothing_else(new: Standing, kind: str) -> None:
    assert change_kind(standing(), new) == kind


def test_an_indicator_is_never_editorial() -> None:
    old = standing(kind="indicator", content={"name": {"zh": "指", "en": ""}})
    new = standing(kind="indicator", content={"name": {"zh": "标", "en": ""}}, claim="editorial")
    assert change_kind(old, new) is ChangeKind.INDICATOR


standings = st.builds(
    Standing,
    wording=st.fixed_dictionaries(
        {
            "kind": st.just("provision"),
            "content": st.fixed_dictionaries(
                {
                    "title": st.fixed_dictionaries({"zh": st.text(max_size=2), "en": st.just("")}),
                    "text": st.fixed_dictionaries(
                        {"zh": st.text(max_size=2), "en": st.text(max_size=2)}
                    ),
                }
            ),
            "strength": st.sampled_from(["binding", "guiding"]),
            "concerned": st.lists(st.sampled_from(["1", "2", "3"]), unique=True).map(sorted),
        }
    ),
    number=st.sampled_from(["1", "2"]),
    heading=st.sampled_from(["a", "b"]),
)
plans = st.dictionaries(st.sampled_from("abcdef"), standings)


def changes(old: dict[str, Standing], new: dict[str, Standing]) -> dict[str, ChangeKind]:
    return {key: change_kind(old.get(key), new.get(key)) for key in old.keys() | new.keys()}


@given(old=plans, new=plans)
def test_changes_cover_both_states_and_nothing_changes_into_itself(
    old: dict[str, Standing], new: dict[str, Standing]
) -> None:
    found = changes(old, new)
    assert set(found) == set(old) | set(new)
    assert {k for k, kind in found.items() if kind is ChangeKind.ADDED} == set(new) - set(old)
    assert {k for k, kind in found.items() if kind is ChangeKind.REMOVED} == set(old) - set(new)
    assert set(changes(new, new).values()) <= {ChangeKind.UNCHANGED}
    is_other: Callable[[str], bool] = lambda k: old[k] != new[k]  # noqa: E731
    shared = set(old) & set(new)
    assert {k for k in shared if found[k] is not ChangeKind.UNCHANGED} == set(
        filter(is_other, shared)
    )


@given(old=plans, new=plans)
def test_change_and_its_return_agree(old: dict[str, Standing], new: dict[str, Standing]) -> None:
    swapped = {ChangeKind.ADDED: ChangeKind.REMOVED, ChangeKind.REMOVED: ChangeKind.ADDED}
    back = changes(new, old)
    assert {k: swapped.get(v, v) for k, v in changes(old, new).items()} == back
