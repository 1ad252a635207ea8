"""Every text stands in Chinese and in English; nothing is fuzzy, and the compiled file is true."""

import csv
import re
from gettext import GNUTranslations

import polib
import pytest

from tests.architecture.messages import ROOT, in_python, in_template, used_messages

FOLDER = ROOT / "locale" / "zh_Hans" / "LC_MESSAGES"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
HAN = re.compile(r"[一-鿿]")


@pytest.fixture(scope="module")
def catalogue() -> dict[tuple[str | None, str], polib.POEntry]:
    return {
        (entry.msgctxt, entry.msgid): entry for entry in polib.pofile(str(FOLDER / "django.po"))
    }


def test_every_text_is_translated(catalogue: dict[tuple[str | None, str], polib.POEntry]) -> None:
    missing = {
        f"{message} ({path})"
        for message, path in used_messages().items()
        if message not in catalogue or not catalogue[message].translated()
    }
    assert sorted(missing) == []


def test_no_translation_is_fuzzy_or_unused(
    catalogue: dict[tuple[str | None, str], polib.POEntry],
) -> None:
    used = used_messages()
    assert [e.msgid for e in catalogue.values() if e.fuzzy] == []
    assert [m for m in catalogue if m not in used] == []


def test_placeholders_are_kept(catalogue: dict[tuple[str | None, str], polib.POEntry]) -> None:
    def names(text: str) -> set[str]:
        return set(PLACEHOLDER.findall(text))

    wrong = [
        entry.msgid
        for entry in catalogue.values()
        for text in (entry.msgstr, *entry.msgstr_plural.values())
        if text and not names(text) <= names(entry.msgid) | names(entry.msgid_plural)
    ]
    assert wrong == []


def test_messages_are_written_in_english() -> None:
    assert [message for message in used_messages() if HAN.search(message[1])] == []


def test_compiled_catalogue_is_that_of_the_source(
    catalogue: dict[tuple[str | None, str], polib.POEntry],
) -> None:
    with open(FOLDER / "django.mo", "rb") as file:
        compiled = GNUTranslations(file)
    plural = {m for m, entry in catalogue.items() if entry.msgid_plural}
    found = {
        (context, text): compiled.pgettext(context, text) if context else compiled.gettext(text)
        for context, text in catalogue.keys() - plural
    }
    assert found == {m: catalogue[m].msgstr for m in catalogue.keys() - plural}
    for context, text in plural:
        entry = catalogue[context, text]
        asked = (text, entry.msgid_plural, 2)
        read = compiled.npgettext(context, *asked) if context else compiled.ngettext(*asked)
        assert read == entry.msgstr_plural[0]


def test_forbidden_words_do_not_appear(
    catalogue: dict[tuple[str | None, str], polib.POEntry],
) -> None:
    """The field speaks of 表态 and 意见, never of 投票 and 评论 (the glossary)."""
    wrong = [e.msgid for e in catalogue.values() if re.search(r"投票|评论", e.msgstr)]
    assert wrong == []


def test_terms_of_the_glossary_are_used(
    catalogue: dict[tuple[str | None, str], polib.POEntry],
) -> None:
    """The titles of the four phases are those of the glossary, to the letter."""
    with open(ROOT / "locale" / "glossary.csv", encoding="utf-8-sig", newline="") as rows:
        glossary = {row["en"]: row["zh"] for row in csv.DictReader(rows)}
    titles = [
        "Joint organization",
        "Joint preparation",
        "Common identification",
        "Common implementation",
    ]
    assert [catalogue[None, t].msgstr for t in titles] == [glossary[t] for t in titles]


def test_extraction_finds_what_makemessages_finds() -> None:
    template = (
        '{% load i18n %}{% translate "One (two)" %}{% translate "T" context "c" %}'
        "{% blocktranslate count n=n %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}"
    )
    assert in_template(template, "x.html") == {
        (None, "One (two)"),
        ("c", "T"),
        (None, "%(n)s day"),
    }
    assert in_python('_("a" "b")\npgettext_lazy("c", "d")') == {(None, "ab"), ("c", "d")}
