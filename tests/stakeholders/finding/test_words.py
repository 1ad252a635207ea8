"""Terms, pairs and passages; PostgreSQL and Python see every text alike."""

import random
import unicodedata

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stakeholders.finding.words import (
    LONGEST,
    UNBROKEN,
    grams,
    is_too_short,
    marked,
    plain,
    snippet,
    spans,
    terms_of,
    tsquery,
)

# Given a meaning after the oldest Unicode that Python or PostgreSQL here may know.
YOUNG = [(0x105C0, 0x105FF), (0x11380, 0x113FF), (0x16100, 0x1613F), (0x16D40, 0x16D7F)]
YOUNG += [(0x1CC00, 0x1CEBF), (0xA7CB, 0xA7F1)]


def is_known(sign: str) -> bool:
    code = ord(sign)
    if unicodedata.category(sign) in ("Cn", "Cs") or code == 0:
        return False
    return not any(first <= code <= last for first, last in YOUNG)


def known_signs(*, of: int) -> list[str]:
    """Signs from all of Unicode, those known here of `of` chosen by a fixed seed."""
    codes = random.Random(10).sample(range(1, 0x110000), of)  # noqa: S311 - a sample
    return [chr(code) for code in codes if is_known(chr(code))]


SIGNS = known_signs(of=100_000)
# By their places: as an alphabet of so many pieces hypothesis goes through all of them for each sign.
TEXTS = st.lists(st.integers(0, len(SIGNS) - 1).map(SIGNS.__getitem__), max_size=40).map("".join)
LIKELY = st.text("太浦河水 AbＡb１12ﬁ%_\\'\"é\u0301　\n，。𠀀𠀁", max_size=40)


def in_sql(texts: list[str]) -> list[set[str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tsvector_to_array(grams(one)) FROM unnest(%s::text[])"
            " WITH ORDINALITY AS texts (one, place) ORDER BY place",
            [texts],
        )
        return [set(row[0]) for row in cursor.fetchall()]


@pytest.mark.django_db
@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(TEXTS | LIKELY, min_size=1, max_size=20))
def test_sql_and_python_make_the_same_pairs(texts: list[str]) -> None:
    assert in_sql(texts) == [grams(one) for one in texts]


@pytest.mark.django_db
def test_every_sign_is_read_alike_at_both_ends(say: object) -> None:
    chosen = known_signs(of=120_000)
    texts = [f"甲{sign}Z" for sign in chosen]
    wrong = [
        text
        for start in range(0, len(texts), 1_000)
        for text, found in zip(
            texts[start : start + 1_000], in_sql(texts[start : start + 1_000]), strict=True
        )
        if found != grams(text)
    ]
    say("search: signs in SQL and Python", {"signs": len(texts), "differ": len(wrong)})
    assert wrong == []


@pytest.mark.django_db
def test_a_text_too_long_for_its_pairs_has_one_mark() -> None:
    text = "水" * (LONGEST + 1)
    assert in_sql([text]) == [grams(text)] == [{UNBROKEN}]
    assert in_sql(["水" * LONGEST]) == [{"水水", "水"}]


@pytest.mark.django_db
@settings(suppress_health_check=[HealthCheck.too_slow])
@given(LIKELY | TEXTS)
def test_every_query_is_one_that_postgresql_reads(text: str) -> None:
    terms = terms_of(text)
    if terms:
        with connection.cursor() as cursor:
            cursor.execute("SELECT grams(%s) @@ %s::tsquery", [text, tsquery(terms)])
            (is_found,) = cursor.fetchone()
        assert is_found == all(
            pair in grams(text) or (len(pair) == 1 and any(g[0] == pair for g in grams(text)))
            for term in terms
            for word in term.split(" ")
            for pair in (
                [word] if len(word) == 1 else [word[n : n + 2] for n in range(len(word) - 1)]
            )
        )


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("太浦河 水质", ["太浦河", "水质"]),
        ("太浦河　水质", ["太浦河", "水质"]),
        ('"water  quality" Taipu', ["water quality", "taipu"]),
        ("“跨界 水体”「界 河」", ["跨界 水体", "界 河"]),
        ("ＡＢＣ１２", ["abc12"]),
        ('half "open', ["half", "open"]),
        ("水 水 水", ["水"]),
        ('"" “” 「」', []),
        (" \n\t ", []),
        ("50% a_b c\\d o'clock", ["50%", "a_b", "c\\d", "o'clock"]),
        ("𠀀𠀁", ["𠀀𠀁"]),
    ],
)
def test_terms(text: str, terms: list[str]) -> None:
    assert terms_of(text) == terms


def test_single_letters_are_too_short_and_single_characters_are_not() -> None:
    assert is_too_short(terms_of("a 1 %"))
    assert not is_too_short(terms_of("水"))
    assert not is_too_short(terms_of("a 水"))


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS | LIKELY, st.data())
def test_a_passage_is_of_the_text_and_marks_what_was_found(text: str, data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(text)))
    terms = terms_of(text[first : first + data.draw(st.integers(1, 6))].replace('"', ""))
    pieces = marked(text, terms)
    assert "".join(one.text for one in pieces) == text
    assert all(any(t in plain(one.text) for t in terms) for one in pieces if one.is_found)
    shown = "".join(one.text for one in snippet([text], terms))
    assert shown.strip("…") in text or text in shown


@pytest.mark.parametrize(
    ("text", "term", "found"),
    [
        ("在太浦河两岸", "太浦河", ["太浦河"]),
        ("编号ＡＢＣ１２号", "abc12", ["ＡＢＣ１２"]),
        ("Taipu taipu", "taipu", ["Taipu", "taipu"]),
        ("ofﬁce", "fi", ["ﬁ"]),
        ("cafe\u0301 noir", "café", ["cafe\u0301"]),
        ("水水水", "水水", ["水水水"]),
        ("第１条\n第２条", "条 第2", ["条\n第２"]),
    ],
)
def test_what_was_found_is_marked_as_it_was_written(text: str, term: str, found: list[str]) -> None:
    assert [text[first:last] for first, last in spans(text, [term])] == found


def test_a_passage_begins_before_what_was_found_and_says_that_it_is_one() -> None:
    text = "前" * 100 + "太浦河" + "后" * 300
    pieces = snippet(["", text], ["太浦河"])
    assert [one.text for one in pieces if one.is_found] == ["太浦河"]
    assert pieces[0].text == "…" == pieces[-1].text
    assert sum(len(one.text) for one in pieces) == 162
