from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from plans.text.deviations import deviation
from plans.text.enums import Distance
from plans.text.figures import Misread, figure, figure_of, read_value
from plans.text.norms import Norm, Source, sentence, sound
from stakeholders.terms.errors import Invalid
from tests.plans.text.standards import DRAINS, HEIGHT, SETBACK
from tests.world import JIASHAN, QINGPU, WUJIANG

UNIT = (
    "The value is given in “{}”, this standard is in “m”: convert it first. Words do not begin "
    "with a figure."
)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("10", "10"),
        (" 3.50 ", "3.50"),
        ("10 m", "10"),
        ("10M", "10"),
        ("１０", "10"),
        ("-0.5", "-0.5"),
        ("3-5", "3–5"),
        ("3～5 m", "3–5"),
        ("3 至 5", "3–5"),
        ("≥8", "≥ 8"),
        (">= 8 m", "≥ 8"),
        ("-", ""),
        ("无", ""),
        ("", ""),
        ("按国家标准执行", "按国家标准执行"),
    ],
)
def test_value_is_kept_as_written(text: str, kept: str) -> None:
    assert read_value(text, unit="m") == kept


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "10 km",
            UNIT.format("km"),
        ),
        (
            "5年一遇",
            UNIT.format("年一遇"),
        ),
        ("1,000", "Write the figure without separators between thousands."),
        ("5-3", "A range begins with its lower end."),
        (".5", "This is neither a figure, a range nor words."),
        ("10\u202e", "The value holds signs that cannot be seen."),
        ("字" * 201, "A value has at most 200 characters."),
    ],
)
def test_value_that_cannot_be_taken_says_why(text: str, reason: str) -> None:
    with pytest.raises(Misread) as misread:
        read_value(text, unit="m")
    assert str(misread.value.text) == reason


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9
    )
)
def test_any_figure_is_read_exactly_and_again(number: Decimal) -> None:
    text = format(number, "f")
    kept = read_value(text, unit="m")
    assert (figure_of(kept), read_value(kept, unit="m")) == (number, kept)
    assert Decimal(figure(number)) == number


@given(st.text(max_size=60))
def test_what_is_kept_is_read_the_same_again(text: str) -> None:
    try:
        kept = read_value(text, unit="m")
    except Misread:
        return
    assert read_value(kept, unit="m") == kept


@pytest.mark.parametrize(
    ("norm", "own", "distance", "figures"),
    [
        (SETBACK, "10", Distance.EQUAL, ""),
        (SETBACK, "10.0", Distance.EQUAL, ""),
        (SETBACK, "8", Distance.LOOSER, "−2 (−20 %)"),
        (SETBACK, "15", Distance.STRICTER, "+5 (+50 %)"),
        (HEIGHT, "12", Distance.LOOSER, "+2 (+20 %)"),
        (HEIGHT, "9", Distance.STRICTER, "−1 (−10 %)"),
        (replace(SETBACK, strictness=""), "8", Distance.OTHER, "−2 (−20 %)"),
        (replace(SETBACK, agreed="3", strictness="higher"), "2", Distance.LOOSER, "−1 (−33.33 %)"),
        (replace(SETBACK, agreed="0"), "2", Distance.STRICTER, "+2"),
        (SETBACK, "", Distance.UNSET, ""),
        (SETBACK, "8–10", Distance.OTHER, ""),
        (replace(SETBACK, agreed=""), "8", Distance.OPEN, ""),
    ],
)
def test_deviation(norm: Norm, own: str, distance: Distance, figures: str) -> None:
    found = deviation(norm=norm, own=own)
    assert (found.distance, found.figures) == (distance, figures)
    assert found.must_change is (distance in (Distance.LOOSER, Distance.OTHER))


def test_sources_are_put_in_order_and_empty_ones_left_out() -> None:
    mixed = (
        Source(key="x2", value="20", name_zh="乙"),
        Source(key="x1", value="15 m", name_zh="甲"),
        Source(key="national"),
        Source(key=WUJIANG, value="8"),
        Source(key=QINGPU, value="10"),
        Source(key=JIASHAN, value="-"),
    )
    found = sound(replace(SETBACK, sources=mixed))
    assert [(one.key, one.value) for one in found.sources] == [
        (QINGPU, "10"),
        (WUJIANG, "8"),
        (JIASHAN, ""),
        ("x1", "15"),
        ("x2", "20"),
    ]


@pytest.mark.parametrize(
    ("norm", "errors"),
    [
        (replace(SETBACK, title_zh=" "), {"title_zh": "This text must not be empty."}),
        (replace(SETBACK, unit=""), {"unit": "This text must not be empty."}),
        (
            replace(SETBACK, strength="anticipatory"),
            {"strength": "This is not one of the choices."},
        ),
        (
            replace(SETBACK, agreed="8"),
            {
                "agreed": "By the rule “The highest value” the agreed value is 10; choose another "
                "rule or value."
            },
        ),
        (
            replace(SETBACK, agreed="8", choice="other", reason_zh=""),
            {"reason_zh": "Say why this value was agreed, where neither end was taken."},
        ),
        (
            replace(SETBACK, sources=(Source(key="x1", value="15"),)),
            {"name_zh_x1": "Name this source."},
        ),
        (
            replace(SETBACK, sources=(Source(key=QINGPU, value="0.01 km"),)),
            {
                f"value_{QINGPU}": "The value is given in “km”, this standard is in “m”: convert it "
                "first. Words do not begin with a figure."
            },
        ),
    ],
)
def test_what_no_standard_may_be(norm: Norm, errors: dict[str, str]) -> None:
    with pytest.raises(Invalid) as invalid:
        sound(norm)
    assert {field: str(text) for field, text in invalid.value.errors.items()} == errors


def test_sentence_reads_in_both_languages() -> None:
    names = {"name_zh": "青浦区", "name_en": "Qingpu District"}
    sources = (replace(DRAINS.sources[0], **names), DRAINS.sources[3])
    told = sentence(replace(DRAINS, sources=sources, reason_zh="与内涝防治要求一致"))
    assert told["zh"] == (
        "统一标准：5 年（就高）。数值越大越严格。\n\n各方现行标准：青浦区 5 年。\n\n"
        "国家标准：3 年（GB 50014）。\n\n理由：与内涝防治要求一致。"
    )
    assert told["en"] == (
        "Common standard: 5 年 (the highest is taken). A higher value is stricter.\n\n"
        "The parties' own standards: Qingpu District 5 年.\n\n"
        "National standard: 3 年 (GB 50014)."
    )
