"""What is found is exactly what a full scan finds: nothing missing, nothing besides."""

import random

import pytest

from consult.matters.models import Matter
from consult.search.queries import MOST, Asked, find
from consult.search.queries.sources import SOURCES
from stakeholders.finding.expressions import by_index, holds
from stakeholders.finding.words import is_too_short, plain, terms_of
from stakeholders.terms.actor import SYSTEM
from tests.databases import analyze

SEED = 10
WORDS = [
    *("太浦河", "水质", "目标", "生态", "廊道", "断面", "共同", "管控", "红线", "补偿", "毗邻"),
    *("water", "quality", "Taipu", "River", "border", "省界", "2035年", "Ⅲ类", "ＧＢ／Ｔ２２６０"),
    *(
        "１２３",
        "50%",
        "a_b",
        "c\\d",
        "o'clock",
        "「引号」",
        "“词”",
        "&",
        "|",
        "!",
        ":*",
        "<->",
        "()",
    ),
    *("𠀀𠀁", "𪚥", "é", "É", "ﬁn"),
]
GAPS = ("", "", "", " ", "，", "\n", "　", ". ")
QUERIES = (
    "太浦河", "水质目标", "水", "质 水", '"water quality"', "WATER", "quality water", "２０３５", "gb/t2260",
    "50%", "%", "_水", "a_b", "c\\d", "\\", "o'clock", "'", "''", "& |", "<->", ":*", "𠀀", "𠀀𠀁", "𪚥水",
    "é", "É水", "fin", "引号", '"水质 目标"', '"水质 目"', "太浦河水质", "不存在的词", "水" * 30, "a", "r b",
    "水 river 𪚥", '"r b"', "III类", "Ⅲ",
)  # fmt: skip
COLUMNS = ("title_zh", "title_en", "description_zh", "description_en", "facts_zh", "facts_en")


def text(chance: random.Random, *, words: int) -> str:
    return "".join(chance.choice(WORDS) + chance.choice(GAPS) for _n in range(words))


@pytest.fixture
def matters(db: None) -> list[Matter]:
    chance = random.Random(SEED)  # noqa: S311 - a sample
    made = Matter.objects.bulk_create(
        Matter(
            key=f"K{n}",
            title_zh=text(chance, words=2)[:60],
            title_en=text(chance, words=chance.randint(0, 2))[:60],
            description_zh=text(chance, words=chance.randint(0, 12)),
            facts_en=text(chance, words=chance.randint(0, 3)),
        )
        for n in range(300)
    )
    analyze()
    return made


def scan(matters: list[Matter], terms: list[str]) -> set[int]:
    """Those whose text holds every term, looked at one by one."""
    said = {one.pk: plain("\n\n".join(getattr(one, name) for name in COLUMNS)) for one in matters}
    return {pk for pk, whole in said.items() if all(term in whole for term in terms)}


def found(terms: list[str]) -> set[int]:
    return set(Matter.objects.filter(holds(Matter, terms)).values_list("pk", flat=True))


def test_what_is_found_is_what_a_full_scan_finds(matters: list[Matter], say: object) -> None:
    chance = random.Random(SEED + 1)  # noqa: S311 - a sample
    asked = list(QUERIES)
    for _n in range(150):
        whole = getattr(chance.choice(matters), chance.choice(COLUMNS[:3:2]))
        start = chance.randrange(len(whole) + 1)
        asked.append(whole[start : start + chance.randint(1, 9)].replace("\n", " "))
    counts = {"queries": 0, "found": 0, "missing": 0, "besides": 0}
    wrong = []
    for query in asked:
        terms = terms_of(query)
        if not terms:
            continue
        ours, theirs = found(terms), scan(matters, terms)
        counts["queries"] += 1
        counts["found"] += len(theirs)
        counts["missing"] += len(theirs - ours)
        counts["besides"] += len(ours - theirs)
        if ours != theirs:
            wrong.append((query, terms, len(ours), len(theirs)))
    say("search: recall and precision on 300 texts", counts)
    assert wrong == []
    assert counts["queries"] > 150
    assert counts["found"] > 1_000


def test_a_very_long_text_is_found_by_what_it_holds_and_by_nothing_else(db: None) -> None:
    signs = [chr(code) for code in range(0x4E00, 0x9000)]
    whole = "".join(random.Random(SEED).choice(signs) for _n in range(150_000))  # noqa: S311
    one = Matter.objects.create(key="LONG", title_zh="长", description_zh=whole + "太浦")
    for word, is_there in (("太浦", True), (whole[70_000:70_005], True), ("龘龘", False)):
        assert (found([word]) == {one.pk}) is is_there


def test_the_conditions_are_answered_by_the_index(db: None) -> None:
    """Each source's own, with whatever else is asked of its rows."""
    for name, source in SOURCES.items():
        model = source.seen(SYSTEM).model
        with by_index():
            plan = source.seen(SYSTEM).filter(holds(model, ["太浦河", "水"])).order_by().explain()
        assert "_grams" in plan, (name, plan)


def test_pages_follow_each_other_without_gap_and_end(matters: list[Matter]) -> None:
    finds = find(actor=SYSTEM, asked=Asked(terms=("水质",), kind="matter"))
    expected = scan(matters, ["水质"])
    pages = [hit.label for start in range(0, 300, 7) for hit in finds[start : start + 7]]
    assert len(finds) == len(expected) == len(pages) == len(set(pages))
    assert set(pages) == {one.key for one in matters if one.pk in expected}
    assert finds[290:300] == []
    assert not finds.has_more


def test_more_than_can_be_leafed_through_is_said_and_not_counted(db: None) -> None:
    Matter.objects.bulk_create(Matter(key=f"C{n}", title_zh="很多水") for n in range(MOST + 5))
    finds = find(actor=SYSTEM, asked=Asked(terms=("水",)))
    assert (len(finds), finds.has_more) == (MOST, True)
    assert len(finds[MOST - 20 : MOST + 20]) == 20


def test_a_word_too_short_is_one_for_the_form_only(matters: list[Matter]) -> None:
    assert is_too_short(terms_of("a"))
    assert found(["a"]) == scan(matters, ["a"])
