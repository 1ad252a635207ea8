"""A difference as its reader sees it: own language and the authentic one."""

from django.utils.translation import override

from plans.register.enums import ChangeKind
from plans.text.shown import ItemDifference, for_reader

ZH, EN = [object()], [object()]


def difference(*, zh: object, en: object) -> ItemDifference:
    texts = {"title_zh": [], "title_en": [], "text_zh": zh, "text_en": en}
    return ItemDifference(
        kind=ChangeKind.TEXT, old=None, new=None, old_hash="", new_hash="", texts=texts, fields=[]
    )


def languages(one: ItemDifference, *, reads: str) -> list[str]:
    with override(reads):
        return [row[0] for row in for_reader(one, authentic="zh").languages]


def test_for_reader_chinese_reads_the_authentic_text_only() -> None:
    assert languages(difference(zh=ZH, en=EN), reads="zh-hans") == ["zh-Hans"]


def test_for_reader_english_reads_both() -> None:
    assert languages(difference(zh=ZH, en=EN), reads="en") == ["zh-Hans", "en"]


def test_for_reader_where_only_the_translation_changed() -> None:
    assert languages(difference(zh=[], en=EN), reads="zh-hans") == ["en"]
