"""A mail as the bytes that leave: headers, a text part and an HTML part.

Built by hand and not by the `email` package: ten thousand mails that say the same are encoded
once, and each costs its own headers alone.
"""

import email
import email.message
from base64 import encodebytes
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.utils import format_datetime, formataddr, parseaddr
from enum import StrEnum
from functools import lru_cache
from html import escape

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from stakeholders.notices.marking import as_html
from stakeholders.terms import canonical

BOTH = ("zh-hans", "en")
NAMES = {"zh-hans": "zh-Hans", "en": "en"}  # of languages, as BCP 47 writes them
_CONTENT, _SUBJECT = "@@content@@", "@@subject@@"


class Why(StrEnum):
    """Why somebody gets a mail; said in its footer."""

    PERSON = "person"
    LEGAL = "legal"
    ACCOUNT = "account"
    KEEPER = "keeper"


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What is said in a mail, whoever gets it."""

    subject: str
    text: str
    language: str = ""  # empty: both
    why: Why = Why.PERSON
    is_demonstration: bool = False

    @property
    def languages(self) -> tuple[str, ...]:
        return (self.language,) if self.language in BOTH else BOTH

    @property
    def line(self) -> str:
        """The subject as it is sent, on one line."""
        if not self.is_demonstration:
            return self.subject
        with translation.override(self.languages[0]):
            return _("[Demonstration] %(subject)s") % {"subject": self.subject}


@dataclass(frozen=True, kw_only=True)
class Body:
    """The part of a mail that is the same for all who get the letter."""

    text: str
    html: str
    head: bytes  # its own headers, without the blank line
    content: bytes


@dataclass(frozen=True, kw_only=True)
class Address:
    """To whom a letter goes, and what makes this copy of it one of its own."""

    recipient: str
    message_id: str
    at: datetime
    unsubscribe_url: str = ""


def body_of(letter: Letter) -> Body:
    """The two parts of a letter: equal letters give equal bytes."""
    language = letter.languages[0]
    frame = (letter.languages, letter.why, letter.is_demonstration)
    text = _frame("txt", *frame).replace(_CONTENT, letter.text.strip())
    with translation.override(language):
        content = as_html(letter.text, site_url=settings.SITE_URL, language=language)
    # The words last, and each once: a title that is written like a mark is a title.
    before, _mark, after = _frame("html", *frame).partition(_CONTENT)
    html = f"{before.replace(_SUBJECT, escape(letter.line))}{content}{after}"
    mark = "=_" + canonical.digest(html).rpartition(":")[2][:32]
    parts = (_part("plain", text), _part("html", html))
    joined = b"".join(b"--%s\r\n%s\r\n" % (mark.encode(), part) for part in parts)
    subject = Header(letter.line, "utf-8", header_name="Subject").encode(linesep="\r\n")
    head = (
        f"Subject: {subject}\r\nFrom: {_sender(language)}\r\n"
        f"Content-Language: {', '.join(NAMES[code] for code in letter.languages)}\r\n"
        "Auto-Submitted: auto-generated\r\nX-Auto-Response-Suppress: OOF, AutoReply\r\n"
        "MIME-Version: 1.0\r\n"
        f'Content-Type: multipart/alternative; boundary="{mark}"'
    )
    return Body(
        text=text, html=html, head=head.encode("ascii"), content=joined + f"--{mark}--\r\n".encode()
    )


def as_bytes(body: Body, address: Address) -> bytes:
    """The whole mail, with the line ends of the mail protocol."""
    own = [
        f"To: {_mailbox(address.recipient)}",
        f"Date: {format_datetime(address.at)}",
        f"Message-ID: {address.message_id}",
    ]
    if address.unsubscribe_url:
        own.append(f"List-Unsubscribe: <{address.unsubscribe_url}>")
        own.append("List-Unsubscribe-Post: List-Unsubscribe=One-Click")
    return b"\r\n".join([*(line.encode("ascii") for line in own), body.head, b"", body.content])


class ReadyMail(EmailMessage):
    """Bytes that are ready to leave, for whatever backend carries mail."""

    def __init__(self, *, body: Body, address: Address, subject: str, sender: str) -> None:
        headers = {"Message-ID": address.message_id}
        super().__init__(subject, body.text, sender, [address.recipient], headers=headers)
        self.raw = as_bytes(body, address)

    def message(self) -> email.message.Message:
        return email.message_from_bytes(self.raw, _class=_Sealed)


class _Sealed(email.message.Message):
    """A message that is written as it was read, byte by byte."""

    def as_bytes(self, unixfrom: bool = False, linesep: str = "\n") -> bytes:  # type: ignore[override]
        raw = super().as_bytes(unixfrom)
        return raw.replace(b"\r\n", b"\n").replace(b"\n", linesep.encode())


def envelope_sender(message_id: str) -> str:
    """Where the mail comes back to; its own address for each mail if the setting has `{mail}`."""
    sender = _bare(settings.EMAIL_BOUNCES or settings.DEFAULT_FROM_EMAIL)
    return sender.replace("{mail}", message_id.strip("<>").partition("@")[0])


@lru_cache(maxsize=64)
def _frame(kind: str, languages: tuple[str, ...], why: Why, is_demonstration: bool) -> str:
    """What stands around the words; rendered once a process for each way it can read."""
    with translation.override(languages[0]):
        context = {
            "languages": languages,
            "lang": NAMES[languages[0]],
            "why": why.value,
            "is_demonstration": is_demonstration,
            "site_url": settings.SITE_URL,
            "subject": _SUBJECT,
            "content": _CONTENT,
        }
        return render_to_string(f"stakeholders/notices/mail/mail.{kind}", context).strip() + "\n"


@lru_cache(maxsize=8)
def _bare(address: str) -> str:
    return parseaddr(address)[1]


@lru_cache(maxsize=4)
def _sender(language: str) -> str:
    name, sender = parseaddr(settings.DEFAULT_FROM_EMAIL)
    with translation.override(language):
        return formataddr((name or pgettext("product", "Jointplan"), sender))


def _part(kind: str, text: str) -> bytes:
    head = (
        f'Content-Type: text/{kind}; charset="utf-8"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
    )
    data = text.replace("\n", "\r\n").encode()
    return head.encode() + encodebytes(data).replace(b"\n", b"\r\n")


def _mailbox(address: str) -> str:
    """An address as a header holds it: a domain beyond ASCII in its own writing of the network."""
    if address.isascii():
        return address
    local, _at, domain = address.rpartition("@")
    return f"{local}@{domain.encode('idna').decode()}"
