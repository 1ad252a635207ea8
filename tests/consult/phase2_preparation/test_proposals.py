"""What a comment proposes, as a difference, as a fragment, or beside nothing."""

from dataclasses import dataclass

from consult.phase2_preparation.proposals import proposals_of, proposed_text

TEXT = "两岸共同巡查。水质按Ⅲ类控制。数据实时共享。"


@dataclass
class Said:
    wording_zh: str = ""
    wording_en: str = ""
    quote: str = ""
    quote_language: str = ""
    quote_at: int = 0


@dataclass
class Worded:
    text_zh: str = TEXT
    text_en: str = ""


def test_a_wording_for_the_whole_is_compared_with_the_whole() -> None:
    [found] = proposals_of(Said(wording_zh=TEXT.replace("Ⅲ", "Ⅱ")), wording=Worded())
    assert (found.language, bool(found.pieces)) == ("zh", True)


def test_a_fragment_without_its_passage_is_shown_as_it_is() -> None:
    [found] = proposals_of(Said(wording_zh="水质按Ⅱ类控制。"), wording=Worded())
    assert (found.text, found.pieces) == ("水质按Ⅱ类控制。", ())


def test_a_fragment_for_a_passage_changes_that_passage_only() -> None:
    said = Said(wording_zh="Ⅱ类", quote="Ⅲ类", quote_language="zh", quote_at=1)
    [found] = proposals_of(said, wording=Worded())
    assert proposed_text(said, language="zh", text=TEXT) == TEXT.replace("Ⅲ类", "Ⅱ类")
    assert bool(found.pieces)


def test_beside_no_wording_there_is_nothing_to_compare() -> None:
    found = proposals_of(Said(wording_zh="甲", wording_en="A"), wording=None)
    assert [(one.language, one.text, one.pieces) for one in found] == [
        ("zh", "甲", ()),
        ("en", "A", ()),
    ]
