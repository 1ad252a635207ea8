import pytest

from stakeholders.files.names import clean_name, disposition


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("复函（青浦）.pdf", "复函（青浦）.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\a\\letter.docx", "letter.docx"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("zero\u200bwidth\u2066.pdf", "zerowidth.pdf"),
        ("nul\0byte\r\nline.pdf", "nulbyte line.pdf"),
        ('a<b>:"c|?*.pdf', "a_b_c_.pdf"),
        ("  ..hidden.pdf. ", "hidden.pdf"),
        ("e\u0301.txt", "é.txt"),
        ("", ""),
        ("...", ""),
    ],
)
def test_clean_name(given: str, kept: str) -> None:
    assert clean_name(given, length=120) == kept


def test_clean_name_cuts_before_the_suffix() -> None:
    assert clean_name("长" * 300 + ".docx", length=120) == "长" * 115 + ".docx"


def test_disposition_in_plain_letters_and_in_utf8() -> None:
    assert disposition('复函 "1".pdf') == (
        "attachment; filename=\"__ _1_.pdf\"; filename*=UTF-8''%E5%A4%8D%E5%87%BD%20%221%22.pdf"
    )


def test_disposition_is_one_header_whatever_a_row_holds() -> None:
    assert disposition("a\r\nSet-Cookie: x\0.pdf") == (
        'attachment; filename="a__Set-Cookie: x_.pdf";'
        " filename*=UTF-8''a%0D%0ASet-Cookie%3A%20x%00.pdf"
    )
