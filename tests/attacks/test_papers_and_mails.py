"""Hostile words in papers, mails, calendars, file names and logs stay words.

Papers: what typst or Word would run. Mails and calendars: ends of lines that would begin a header
or a property. Logs: one line for one event, without signs that steer a terminal.
"""

import email
import email.policy
import io
import json
import logging
import re
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest
import structlog
from django.db import connection
from icalendar import Calendar
from lxml import etree
from pypdf import PdfReader

from config.logs import logging_config
from consult.desk.feeds.actions import make_feed
from stakeholders.files.names import clean_name, disposition
from stakeholders.notices.lettering import letter_of
from stakeholders.notices.mime import Address, as_bytes, body_of
from stakeholders.notices.models import OutboxMessage
from stakeholders.notices.queries import Told
from stakeholders.people.models import Mandate
from stakeholders.people.queries import actor_of
from stakeholders.terms import clock
from tests.attacks.ground import attacked  # noqa: F401 - a fixture
from tests.attacks.laid_hostile import Site, Write, harmless, marked
from tests.attacks.payloads import ALL, BLOCKS
from tests.attacks.places import Place, places
from tests.attacks.skeleton import first_difference, shape_of
from tests.attacks.test_scripts_in_pages import body_of as bytes_of
from tests.attacks.test_scripts_in_pages import read
from tests.saying import Say

COMMANDS = (
    '#read("/etc/passwd")',
    '#include "/etc/passwd"',
    '#import "/etc/passwd": *',
    '#image("/etc/passwd")',
    '#json("/etc/passwd")',
    '#eval("1+1")',
    '#link("http://canary.example/")[x]',
    "#sys.inputs",
    "#{ panic(1) }",
    "#[ ] #( ) #let x = 1",
    "#set page(width: 1pt)",
    "#show: none",
    "#pagebreak() #loop",
    "$ sum_(i=0)^oo $",
    "$ unclosed",
    "@canary <canary>",
    "`raw` ```raw``` ````",
    "*bold _both* em_",
    "\\u{0041} \\ \\\\",
    "[ [[ ((( {{{ ]]]",
    "= Heading == second",
    "- list + list / term: x",
    "// comment /* comment",
    "*/ ~ -- --- ... 'x' \"x\"",
    "]]> <![CDATA[ x ]]>",
    "<w:r><w:t>x</w:t></w:r>",
    "</w:t></w:r></w:p><w:p>",
    '{ HYPERLINK "http://canary.example/" }',
    "{ INCLUDETEXT c:\\\\canary.txt } DDEAUTO c:\\\\canary",
    "&lt; &#60; &amp; &canary; %canary;",
    '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>&e;',
    "\x01 \x02 \x0b \x0c \x1f \x7f \x85 \ufffe \uffff",
    "\u202e \u2066 \u200b \u2028 \u2029 \ufeff",
    "(unbalanced) \\) /JS (app.alert(1)) /OpenAction",
    "endstream endobj %%EOF",
    "𠮷𠮷𠮷 \U000e0041 ﷽",
    "\r\nBcc: canary@x.example\r\n\r\nbody",
)
KINDS = ("pdf", "docx")
WORD_PARTS = "instrText fldSimple hyperlink object altChunk subDoc attachedTemplate oleObject"
LIVE_IN_PDF = (
    "/JavaScript",
    "/JS",
    "/Launch",
    "/OpenAction",
    "/AA",
    "/SubmitForm",
    "/EmbeddedFile",
)
HEADS = (
    "two\r\nBcc: all@canary.example",
    "two\nBcc: all@canary.example\n\n<script>",
    "two\rBcc: all@canary.example",
    "two\r\n\r\nbody",
    "\r\n.\r\nMAIL FROM:<x@canary.example>",
    "two\x0bX: 1\x0cY: 2\x85Z: 3\u2028A: 4\u2029B: 5",
    "=?utf-8?q?=0D=0ABcc:_all@canary.example?=",
    "=?utf-8?b?DQpCY2M6IGFsbEBjYW5hcnkuZXhhbXBsZQ==?=",
    "协调" * 600,
    "x" * 5_000,
    "\u202egnp.exe\u2066",
    "",
    " ",
    "\x01\x07\x1b[31m",
    "--=_boundary\r\nContent-Type: text/html",
)
PROPERTIES = (
    "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:canary",
    "x\nATTENDEE:mailto:canary@x.example",
    "x\rURL:http://canary.example/",
    "x\\nDESCRIPTION:canary",
    "x;X-CANARY=1:y",
    'a,b;c:d\\e"f',
    "x\x85END:VCALENDAR\u2028END:VCALENDAR\u2029",
    "x\x0bATTACH:canary\x0cATTACH:canary\x1cATTACH:canary",
    "END:VCALENDAR",
    "BEGIN:VALARM",
    "文" * 200,
    "\x01\x07\x1b \ufffe",
)
NAMES = (
    "上海\r\nSet-Cookie: canary=1.docx",
    '方案"; filename="canary.exe',
    "方案';filename*=UTF-8''canary.exe",
    "../../etc/passwd",
    "..\\..\\canary.exe",
    "方案\0.exe",
    "\u202egpj.exe",
    "a%0d%0aX: y.pdf",
    "；，＂文＂.pdf",
    "𠮷" * 100 + ".docx",
    "=?utf-8?q?canary?=.pdf",
    "\u2028\u2029\x85.pdf",
    "<script>.html",
    "%E4%B8%8A.pdf",
    "\ud800.pdf",
)
LINES = (
    'two\n{"event": "forged", "level": "info"}',
    "two\r\nforged",
    "\x1b[2J\x1b[31mred\x1b]0;title\x07",
    "\x9b31mred\x9d0;title\x9c",
    "two\x85forged\u2028forged\u2029forged",
    "two\x0bforged\x0cforged\x1cforged\x1dforged\x1eforged",
    "\u202edegrof\u2066",
    '"}, {"forged": true',
    "\0 \x7f \ufeff",
    "half \ud800 sign",
    "%s %(x)s {x}",
)
STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def told(turn: int, texts: tuple[str, ...]) -> Write:
    return lambda column, row, _before: marked(
        column, row, texts[(turn + row + column.number) % len(texts)]
    )


def papers(site: Site) -> list[Place]:
    """All addresses that may answer with a Word or PDF file."""
    found = []
    for place in places(site.ground):
        if re.search(r"pdf|docx|paper|export|print", place.path) or "<kind>" in place.route:
            for kind in KINDS:
                path = re.sub(r"\b(csv|xlsx|docx|pdf)\b", kind, place.path)
                found.append(replace(place, path=path))
    return [*dict.fromkeys(found)]


def _word(body: bytes) -> set[str]:
    """The names of all elements of a Word file, and where its relations lead outside."""
    found = set()
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        for name in packed.namelist():
            if name.endswith((".xml", ".rels")):
                parser = etree.XMLParser(resolve_entities=False, no_network=True)
                root = etree.fromstring(packed.read(name), parser)
                assert root.getroottree().docinfo.doctype == "", name
                found |= {f"{name} {one.tag}" for one in root.iter() if isinstance(one.tag, str)}
                found |= {
                    f"outside {one.get('Target')}" for one in root.iter() if one.get("TargetMode")
                }
    return found


def _pdf(body: bytes) -> set[str]:
    """What of a PDF would act, and what a text of `/etc/passwd` would show."""
    reader = PdfReader(io.BytesIO(body))
    found = set()
    for number in range(1, len(reader.xref[0]) + 1 if reader.xref.get(0) else 1):
        told = repr(reader.get_object(number))
        # The name of a font's part may begin alike: /AAQXYZ+NotoSans.
        found |= {name for name in LIVE_IN_PDF if re.search(rf"{name}(?![A-Za-z])", told)}
    said = "".join(page.extract_text() for page in reader.pages)
    links = {
        str(note.get_object().get("/A", {}).get("/URI", ""))
        for page in reader.pages
        for note in page.get("/Annots") or []
    }
    return (
        found
        | {f"link {one}" for one in links if one}
        | ({"a file"} if "root:x:" in said else set())
    )


def _made(body: bytes, kind: str) -> set[str]:
    return _pdf(body) if "pdf" in kind else _word(body)


def _papers(site: Site, chosen: list[Place], turns: int, title: str, say: Say) -> None:
    site.fill(harmless)
    before = {}
    for place in chosen:
        answer = read(site, place)
        kind = answer.headers.get("content-type", "")
        if answer.status_code == 200 and re.search(r"application/pdf|wordprocessingml", kind):
            before[place] = _made(bytes_of(answer), kind)
    hits, files = [], 0
    for turn in range(turns):
        site.fill(told(turn, COMMANDS))
        for place, known in before.items():
            answer = read(site, place)
            kind = answer.headers.get("content-type", "")
            if answer.status_code != 200:
                hits.append(f"{place.path}: {answer.status_code}")
                continue
            files += 1
            more = _made(bytes_of(answer), kind) - known
            live = [one for one in more if "outside" in one or "link" in one or "pdf" in kind]
            live += [one for one in more if one.rpartition("}")[2] in WORD_PARTS.split()]
            hits += [f"{place.path}: {one}" for one in live]
    counts = {"texts": len(COMMANDS), "fields": len(site.columns), "papers": len(before)}
    say(title, {**counts, "files": files, "hits": len(hits)})
    assert hits == [], "\n".join(hits)
    assert len(before) > 1


def test_a_sample_of_papers_holds_words_only(attacked: Site, say: Say) -> None:  # noqa: F811
    _papers(attacked, papers(attacked)[::9], 1, "hostile words, sample of papers", say)


@pytest.mark.prove
def test_papers_hold_words_only(attacked: Site, say: Say) -> None:  # noqa: F811
    _papers(attacked, papers(attacked), 4, "hostile words in papers", say)


def _mail(subject: str, words: str) -> tuple[bytes, str]:
    message = OutboxMessage(
        pk=7, recipient="a@x.example", subject=subject, body=words, language="en"
    )
    body = body_of(letter_of(message, Told(), words=words))
    address = Address(recipient="a@x.example", message_id="<7.x@localhost>", at=clock.now())
    return as_bytes(body, address), body.html


def test_a_sample_of_mails_has_its_own_headers_only(say: Say) -> None:
    _mails((*HEADS, *ALL[::9]), "hostile words in mails, sample", say)


@pytest.mark.prove
def test_a_mail_has_its_own_headers_only(say: Say) -> None:
    _mails((*HEADS, *ALL), "hostile words in mails", say)


def _mails(texts: Sequence[str], title: str, say: Say) -> None:
    plain, page = _mail("words", "words\n\nwords")
    names = [name for name, _value in email.message_from_bytes(plain).items()]
    hits = []
    every = [(text, "words\n\nwords") for text in texts]
    every += [("words", f"{text}\n\nwords") for text in texts]
    for subject, words in every:
        raw, html = _mail(subject, words)
        read_back = email.message_from_bytes(raw, policy=email.policy.default)
        parts = [part.get_content_type() for part in read_back.walk()]
        head = raw.partition(b"\r\n\r\n")[0]
        if [name for name, _value in read_back.items()] != names or not head.isascii():
            hits.append(f"headers: {subject[:60]!r}")
        if parts != ["multipart/alternative", "text/plain", "text/html"]:
            hits.append(f"parts: {subject[:60]!r}")
        if max(map(len, raw.split(b"\r\n"))) > 998 or b"\n" in raw.replace(b"\r\n", b""):
            hits.append(f"lines: {subject[:60]!r}")
        shape = shape_of(html)
        if subject != "words" and (told := first_difference(shape_of(page), shape)):
            hits.append(f"html: {subject[:60]!r} {told}")
        hits += [
            f"html: {one}" for one in shape.parts if re.search(r" (script|img|svg|on\w+=)", one)
        ]
    say(title, {"mails": len(every), "hits": len(hits)})
    assert hits == [], "\n".join(hits)


def test_a_mail_of_many_is_built_of_words(say: Say) -> None:
    """Blocks of payloads as the words of a mail: nothing but paragraphs, items and our own links."""
    allowed = {"html", "head", "meta", "title", "body", "table", "tr", "td", "p", "h2", "hr", "br"}
    allowed |= {"span", "a", "div", "strong", "tbody", "ul", "li"}
    hits = []
    for block in BLOCKS:
        shape = shape_of(_mail("words", block)[1])
        hits += [one for one in shape.parts if one.split()[1] not in allowed]
        hits += [fault for fault in shape.faults if not fault.endswith(" style>")]
    say("payloads in the words of mails", {"mails": len(BLOCKS), "hits": len(hits)})
    assert hits == [], "\n".join(hits)


def _properties(body: bytes) -> list[str]:
    """The names of all properties of a calendar, component by component."""
    found = []
    for part in Calendar.from_ical(body).walk():
        found.append(part.name)
        found += sorted(name for name in part if name != "DESCRIPTION")
    return found


def test_a_calendar_has_its_own_properties_only_in_two_passes(attacked: Site, say: Say) -> None:  # noqa: F811
    """Sample: two passes; in each every field holds another of the texts."""
    _calendars(attacked, (0, 5), "hostile words in calendars, sample", say)


@pytest.mark.prove
def test_a_calendar_has_its_own_properties_only(attacked: Site, say: Say) -> None:  # noqa: F811
    _calendars(attacked, range(len(PROPERTIES)), "hostile words in calendars", say)


def _calendars(site: Site, turns: Sequence[int], title: str, say: Say) -> None:
    site.fill(harmless)
    mandate = Mandate.objects.get(role="coordinator", plan_key="prepared")
    _feed, secret = make_feed(actor=actor_of(mandate), name="x")
    paths = [f"/calendar/{secret}.ics", "/plans/QWJ/meetings/1/meeting.ics"]
    client = site.ground.clients["coordinator"]
    before = {path: client.get(path) for path in paths}
    known = {p: _properties(a.content) for p, a in before.items() if a.status_code == 200}
    hits, files = [], 0
    for turn in turns:
        site.fill(told(turn, PROPERTIES))
        for path, names in known.items():
            answer = client.get(path)
            files += 1
            if _properties(answer.content) != names:
                hits.append(f"{path} {turn}: properties")
            lines = answer.content.split(b"\r\n")
            if max(map(len, lines)) > 75 or re.search(rb"[\r\n\x0b\x0c\x1c-\x1e]", b"".join(lines)):
                hits.append(f"{path} {turn}: lines")
    say(title, {"texts": len(PROPERTIES), "files": files, "hits": len(hits)})
    assert hits == [], "\n".join(hits)
    assert files >= len(turns)
    assert connection.in_atomic_block is False


@pytest.mark.parametrize("name", NAMES)
def test_a_name_of_a_file_names_the_file_only(name: str) -> None:
    """As it is kept, and as it is said to the browser: one header, one name, nothing else."""
    kept = clean_name(name, length=200)
    assert not re.search(r'[\x00-\x1f\x7f-\x9f"/\\<>\u2028\u2029\u202a-\u202e]', kept)
    header = disposition(kept)
    assert header.isascii()
    assert not re.search(r"[\x00-\x1f\x7f]", header)
    said = re.fullmatch(r"""attachment; filename="([^"\\]*)"; filename\*=UTF-8''(.*)""", header)
    assert said is not None
    assert unquote(said[2]) == kept
    assert len(said[1]) == len(kept)


@pytest.mark.parametrize("name", NAMES)
def test_a_row_with_a_hostile_name_makes_no_header(name: str) -> None:
    """Even where a row holds a name nobody cleaned."""
    if "\ud800" in name:  # no row holds half a sign
        name = name.replace("\ud800", "")
    header = disposition(name)
    assert re.fullmatch(
        r"""attachment; filename="[^"\\\x00-\x1f\x7f]*"; filename\*=UTF-8''[\w.~%-]*""", header
    )


def test_a_log_has_one_line_for_one_event(tmp_path: Path, say: Say) -> None:
    root = logging.getLogger()
    before = root.handlers, root.level
    texts = [*LINES, *ALL]
    structlog.contextvars.clear_contextvars()
    try:
        logging_config(folder=str(tmp_path))
        for text in texts:
            logging.getLogger("jointplan.test").warning("%s", text, extra={"path": text})
    finally:
        for handler in root.handlers:
            handler.close()
        root.handlers, root.level = before
    written = (tmp_path / "jointplan.log").read_text("utf-8")
    lines = written.removesuffix("\n").split("\n")
    hits = [line[:80] for line in lines if STEERING.search(line)]
    say("hostile words in logs", {"lines": len(texts), "hits": len(hits)})
    assert hits == [], "\n".join(hits)
    assert [json.loads(line)["event"] for line in lines] == texts
    assert written.splitlines() == lines
