import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.text.claiming import Fault, FaultKind, faults

NAMES = ["吴江区", "吴江", "嘉善县", "嘉善", "Wujiang District", "Wujiang", "先行启动区", "蓝环"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("应当先补后占，不低于20.6%", "应当先补後占，不低于20.6 %"),
        ("水质按Ⅲ类控制。", "水质按Ⅲ类管控。"),
        ("reach 1,000 ha by 2030", "arrive at 1000 ha by 2030"),
        ("the civil code", "the code"),
        ("Wujiang District shall report.", "Wujiang District shall submit reports."),
        ("由吴江区负责。", "由吴江区牵头负责。"),
        ("", ""),
    ],
)
def test_words_alone_may_change(before: str, after: str) -> None:
    assert faults(before, after, names=NAMES) == []


@pytest.mark.parametrize(
    ("before", "after", "kind", "went", "came"),
    [
        ("不低于20.6%", "不低于20.5%", FaultKind.NUMBER, "20.6%", "20.5%"),
        ("宽20米", "宽20公里", FaultKind.NUMBER, "20米", "20公里"),
        ("二〇三〇年前", "二〇三五年前", FaultKind.NUMBER, "二〇三〇年", "二〇三五年"),
        ("百分之二十", "百分之三十", FaultKind.NUMBER, "百分之二十", "百分之三十"),
        ("2030年12月31日", "2030年6月30日", FaultKind.NUMBER, "12月, 31日", "6月, 30日"),
        ("按Ⅲ类控制", "按Ⅱ类控制", FaultKind.NUMBER, "iii", "ii"),
        ("within two years", "within three years", FaultKind.NUMBER, "two", "three"),
        ("by 31 May, 5 km", "by 31 May, 5 m", FaultKind.NUMBER, "5km", "5m"),
        ("应当报告", "可以报告", FaultKind.WORD, "应当", "可以"),
        ("应当报告", "应报告", FaultKind.WORD, "应当", "应"),
        ("不得新建", "得新建", FaultKind.WORD, "不得", ""),
        ("严禁新建", "原则上禁止新建", FaultKind.WORD, "严禁", "原则上, 禁止"),
        ("不低于20%", "不高于20%", FaultKind.WORD, "低于", "高于"),
        ("shall report", "should report", FaultKind.WORD, "shall", "should"),
        ("may not build", "may build", FaultKind.WORD, "not", ""),
        ("at least 5", "at most 5", FaultKind.WORD, "at least", "at most"),
        ("由吴江区办理", "由嘉善县办理", FaultKind.NAME, "吴江区", "嘉善县"),
        ("由吴江区办理", "由吴江办理", FaultKind.NAME, "吴江区", "吴江"),
        ("Wujiang District leads", "Wujiang leads", FaultKind.NAME, "Wujiang District", "Wujiang"),
        ("先行启动区内", "启动区内", FaultKind.NAME, "先行启动区", ""),
        ("建设蓝环", "建设环线", FaultKind.NAME, "蓝环", ""),
        ("吴江应报告，嘉善可报告", "嘉善应报告，吴江可报告", FaultKind.ORDER, "", ""),
    ],
)
def test_what_binds_may_not_change(
    before: str, after: str, kind: FaultKind, went: str, came: str
) -> None:
    assert faults(before, after, names=NAMES) == [Fault(kind=kind, before=went, after=came)]


def test_a_latin_name_counts_as_whole_words_only() -> None:
    assert not faults("the Wujianger canal", "the canal", names=NAMES)


words = st.lists(
    st.sampled_from(["应当", "不得", "20%", "吴江区", "二十", "控制", "，", "shall", " ", "管控"]),
    max_size=8,
).map("".join)


@given(words)
def test_a_text_may_stay_as_it_is(text: str) -> None:
    assert not faults(text, text, names=NAMES)


@given(words, words)
def test_a_claim_that_stands_stands_the_other_way_too(one: str, other: str) -> None:
    assert bool(faults(one, other, names=NAMES)) is bool(faults(other, one, names=NAMES))


@given(words, words, st.sampled_from(["应当", "不得", "20%", "吴江区", "shall"]))
def test_to_add_what_binds_is_never_editorial(before: str, after: str, word: str) -> None:
    assert faults(f"{before}。{after}", f"{before}。 {word} 。{after}", names=NAMES)


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_is_judged(before: str, after: str) -> None:
    found = faults(before, after, names=NAMES)
    assert len({one.kind for one in found}) == len(found)
