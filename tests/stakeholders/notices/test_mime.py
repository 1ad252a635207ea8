"""How a mail is written: bytes, both parts, headers, and what stops it."""

import email
import email.policy
import re
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from stakeholders.notices.marking import as_html
from stakeholders.notices.mime import Address, Letter, Why, as_bytes, body_of, envelope_sender
from stakeholders.notices.proofing import fault_of

SITE = settings.SITE_URL
AT = datetime(2026, 11, 22, 8, tzinfo=UTC)
TO = Address(recipient="wang@qingpu.example", message_id="<1.ab@x>", at=AT)


def read(letter: Letter, address: Address = TO) -> email.message.EmailMessage:
    raw = as_bytes(body_of(letter), address)
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", raw)
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
    return email.message_from_bytes(raw, policy=email.policy.default)


def part(message: email.message.EmailMessage, kind: str) -> str:
    return message.get_body((kind,)).get_content().replace("\r\n", "\n")


def test_a_mail_has_a_whole_text_part_and_an_html_part_and_no_defects() -> None:
    letter = Letter(
        subject="第一轮意见 < 到期", text=f"请回复 & 确认\n\n{SITE}/plans/A/\n", language="zh-hans"
    )
    message = read(letter)
    assert message.get_content_type() == "multipart/alternative"
    parts = [one.get_content_type() for one in message.iter_parts()]
    assert parts == ["text/plain", "text/html"]
    assert message.defects == [] == [one for each in message.walk() for one in each.defects]
    assert message["Subject"] == "第一轮意见 < 到期"
    assert part(message, "plain").startswith(f"请回复 & 确认\n\n{SITE}/plans/A/\n\n-- \n")
    html = part(message, "html")
    assert '<html lang="zh-Hans">' in html
    assert "<title>第一轮意见 &lt; 到期</title>" in html
    assert "请回复 &amp; 确认" in html
    assert f'href="{SITE}/plans/A/"' in html
    assert not re.search(r"<script|<img|<link|src=|url\(|@import|<style", html)
    assert "@@" not in html + part(message, "plain")


def test_headers_say_who_writes_and_that_nobody_answers() -> None:
    message = read(Letter(subject="S", text="B", language="en"))
    assert message["From"] == f"Jointplan <jointplan@{settings.SITE_HOST}>"
    wanted = {
        "To": "wang@qingpu.example",
        "Date": "Sun, 22 Nov 2026 08:00:00 +0000",
        "Message-ID": "<1.ab@x>",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "OOF, AutoReply",
        "Content-Language": "en",
        "List-Unsubscribe": None,
        "List-Unsubscribe-Post": None,
        "Precedence": None,
        "Bcc": None,
    }
    assert {name: message[name] for name in wanted} == wanted
    address = Address(
        recipient="a@b.example", message_id="<x@y>", at=AT, unsubscribe_url="https://u/"
    )
    message = read(Letter(subject="S", text="B"), address)
    assert message["List-Unsubscribe"] == "<https://u/>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Content-Language"] == "zh-Hans, en"


@pytest.mark.parametrize(
    ("why", "words"),
    [
        (Why.PERSON, "You get this mail because you have an account here."),
        (Why.LEGAL, "This mail has legal effect: it is sent whatever you have unsubscribed from."),
        (Why.ACCOUNT, "This mail was asked for by somebody who entered your address."),
        (Why.KEEPER, "You get this mail because your address was entered here."),
    ],
)
def test_the_footer_says_why(why: Why, words: str) -> None:
    message = read(Letter(subject="S", text="B", language="en", why=why))
    has_settings = why in (Why.PERSON, Why.LEGAL)
    for kind in ("plain", "html"):
        assert words in part(message, kind)
        assert (f"{SITE}/notices/settings/" in part(message, kind)) is has_settings


def test_a_demonstration_says_so_in_subject_and_both_parts() -> None:
    message = read(Letter(subject="S", text="B", language="en", is_demonstration=True))
    assert message["Subject"] == "[Demonstration] S"
    for kind in ("plain", "html"):
        assert "Demonstration: nothing in this mail is real." in part(message, kind)


def test_items_become_a_table_and_only_own_addresses_links() -> None:
    text = (
        f"[YRD-1]\n\n* Answer the round (due 2026-11-23 10:00)\n  see https://evil.example/\n"
        f"  {SITE}/plans/YRD-1/rounds/1/\n* 第二件\n  {SITE}/plans/2/\n\n---\n\nAll: {SITE}/inbox/"
    )
    html = as_html(text, site_url=SITE, language="zh-hans")
    assert re.findall(r'href="([^"]+)"', html) == [
        f"{SITE}/plans/YRD-1/rounds/1/",
        f"{SITE}/plans/2/",
        f"{SITE}/inbox/",
    ]
    assert html.count("<tr>") == 2
    assert html.count('lang="en"') == 3
    assert "see https://evil.example/" in html


@given(st.text(max_size=200))
def test_whatever_is_written_stays_text(text: str) -> None:
    html = as_html(text, site_url=SITE, language="en")
    bare = re.sub(r"</?(p|h2|hr|table|tr|td|a|br|span)( [a-z-]+=\"[^\"<>]*\")*>", "", html)
    assert "<" not in bare
    assert ">" not in bare


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=300))
def test_any_subject_is_read_as_it_was_written(subject: str) -> None:
    line = " ".join(subject.split())
    message = read(Letter(subject=line, text="B", language="en"))
    read_back = "".join(str(message["Subject"]).split())
    assert read_back == "".join(line.split())


def test_the_same_letter_gives_the_same_bytes() -> None:
    letter = Letter(subject="S", text="B" * 5000)
    assert as_bytes(body_of(letter), TO) == as_bytes(body_of(letter), TO)


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({}, None),
        ({"subject": ""}, "It has no subject."),
        ({"subject": "x" * 301}, "Its subject is longer than 300 characters."),
        ({"text": " \n"}, "It has no text."),
        ({"subject": "a\x07b"}, "steer a terminal"),
        ({"text": "a\u202eb"}, "steer a terminal"),
        ({"text": "a\x1b[31mb"}, "steer a terminal"),
        ({"recipient": "nobody"}, "Its address is none"),
        ({"recipient": "a@b.example\r\nRCPT TO:<c@d.example>"}, "Its address is none"),
        ({"recipient": "a@b.example, c@d.example"}, "Its address is none"),
        ({"text": "Due %(day)s"}, "A gap in it was not filled in"),
        ({"text": "Due {day}"}, "A gap in it was not filled in"),
        ({"text": "Due {{ day }}"}, "A gap in it was not filled in"),
        ({"text": "see http://evil.example/x"}, "It leads to an address that is not of this site"),
        ({"text": f"see {SITE}.evil.example/x"}, "It leads to an address that is not of this"),
        ({"text": f"see {SITE}/x and {SITE}"}, None),
        ({"subject": "100% {草案} 中文 ½", "text": "…\n\t√"}, None),
    ],
)
def test_what_is_checked_before_it_leaves(changed: dict[str, str], fault: str | None) -> None:
    mail = {"recipient": "a@b.example", "subject": "S", "text": "T"} | changed
    found = fault_of(**mail, site_url=SITE)
    assert (fault is None) is (found is None)
    if found and fault:
        with translation.override("en"):
            assert fault in str(found[0])


def test_what_an_administrator_let_leave_is_doubted_no_more() -> None:
    mail = {"recipient": "a@b.example", "subject": "S", "site_url": SITE, "is_meant": True}
    assert fault_of(**mail, text="Due {day}, http://other.example/") is None
    assert fault_of(**mail, text="") is not None


def test_mail_comes_back_to_an_address_of_its_own(settings) -> None:
    assert envelope_sender("<7.ab@x>") == settings.DEFAULT_FROM_EMAIL
    settings.EMAIL_BOUNCES = "bounces+{mail}@joint.example"
    assert envelope_sender("<7.ab@x>") == "bounces+7.ab@joint.example"


def test_receipt_breaks_inside_the_frame() -> None:
    html = part(read(Letter(subject="S", text="sha256:" + "a" * 64, language="en")), "html")
    assert html.count("overflow-wrap:anywhere") == 1
