"""The plan text as Markdown, and back: every field stands in the file, to the last blank.

Headings bear pandoc attributes. The authentic text stands as it is, the other language in a fenced
div; a text that would not come back unchanged (a line that looks like a heading, blanks at its
end) is fenced as well.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace

from plans.text.documents.edition import (
    EN,
    ZH,
    Edition,
    article_line,
    chapter_line,
    text_of,
    title_of,
)
from plans.text.documents.marks import wording_from
from plans.text.documents.shape import DocumentChapter, DocumentProvision, PlanDocument
from plans.text.wording import Wording

FORMAT = "jointplan-1"
_FIRST_LINES = 60
_DIV = re.compile(r"^(:{3,})[ \t]*\{lang=(zh|en)\}[ \t]*$")
_HEADING = re.compile(r"^(#{1,2}) (.*?)(?: \{((?:[^{}\"]|\"(?:[^\"\\]|\\.)*\")*)\})?[ \t]*$")
_ATTRIBUTE = re.compile(r'#([\w-]+)|([\w-]+)=("(?:[^"\\]|\\.)*"|[^\s"{}]+)')
_HEADING_END = re.compile(r"[{}]|[ \t]$")
_BARE = re.compile(r"[\w,.-]+", re.ASCII)
_UNSAFE = re.compile(r"^(?: {0,3}#|:::| {0,3}(?:```|~~~)|---$|=+$)|\r", re.MULTILINE)
_LISTED = ("demand", "links", "concerned")
# Fields of a wording in the order they are printed; empty ones and these defaults are left out.
_DEFAULT = Wording(title_zh="", text_zh="")
_PRINTED = (
    "strength",
    "competence",
    "theme",
    "pillar",
    "function",
    "demand",
    "lead",
    "due",
    "evidence",
    "links",
    "classification",
    "concerned",
    "is_given",
    "given_source",
)
_ALWAYS = ("strength", "competence", "classification")


def write_markdown(document: PlanDocument, edition: Edition) -> bytes:
    """The Markdown of the document, UTF-8. Deterministic."""
    return "\n".join(_lines(document, edition)).encode()


def _lines(document: PlanDocument, edition: Edition) -> Iterator[str]:
    first = edition.languages[0]
    yield "---"
    yield f"title: {_quoted(document.title_zh)}"
    yield f"title-en: {_quoted(document.title_en)}"
    yield f"format: {FORMAT}"
    yield f"plan: {_quoted(edition.plan)}"
    yield f"whole: {'true' if edition.is_whole else 'false'}"
    yield f"heading: {first}"
    for language in edition.languages:
        yield f"state-{language}: {_quoted(edition.state(language))}"
        if edition.selection.get(language):
            yield f"selection-{language}: {_quoted(edition.selection[language])}"
        for number, text in enumerate(edition.notices(language), start=1):
            yield f"notice-{language}-{number}: {_quoted(text)}"
        yield f"classification-{language}: {_quoted(edition.openness(language))}"
    yield f"day: {_quoted(edition.day)}"
    if edition.hash:
        yield f"hash: {_quoted(edition.hash)}"
    yield "---"
    yield ""
    for position, chapter in enumerate(document.chapters, start=1):
        yield from _chapter(chapter, position, edition)


def _chapter(chapter: DocumentChapter, position: int, edition: Edition) -> Iterator[str]:
    first = edition.languages[0]
    heading = chapter_line(chapter, position, first)
    said = {
        **_printed("number", chapter.number),
        **_titles(chapter, heading, first),
        **_printed("drafting", ",".join(chapter.drafting)),
    }
    yield f"# {_shown(heading)} {_attributes(chapter.key, said)}"
    yield ""
    for provision in chapter.provisions:
        yield from _provision(provision, edition)


def _provision(provision: DocumentProvision, edition: Edition) -> Iterator[str]:
    first = edition.languages[0]
    wording = provision.wording
    heading = article_line(provision, first)
    said = {**_printed("number", provision.number), **_titles(wording, heading, first)}
    for name in _PRINTED:
        value = getattr(wording, name)
        if name in _ALWAYS or value != getattr(_DEFAULT, name):
            said[name] = _told(value)
    yield f"## {_shown(heading)} {_attributes(provision.key, said)}"
    yield ""
    for language in (ZH, EN) if first == ZH else (EN, ZH):
        text = text_of(wording, language)
        if language not in edition.languages or not text:
            continue
        if language == first and _is_safe(text):
            yield text
        else:
            fence = _fence(text)
            yield f"{fence} {{lang={language}}}"
            yield text
            yield fence
        yield ""


def _printed(name: str, text: str) -> dict[str, str]:
    return {name: text} if text else {}


def _titles(of: DocumentChapter | Wording, heading: str, first: str) -> dict[str, str]:
    """The titles that do not come back from the printed heading; that one can be edited there."""
    shown = _without_sign(_shown(heading))
    is_back = title_of(of, first) == shown and not _HEADING_END.search(shown)
    return {
        f"title_{language}": title_of(of, language)
        for language in (ZH, EN)
        if (not is_back if language == first else title_of(of, language))
    }


def _told(value: object) -> str:
    if isinstance(value, tuple):
        return ",".join(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _attributes(key: str, said: Mapping[str, str]) -> str:
    parts = [f"#{key}"] if key else []
    parts += [f"{name}={_value(text)}" for name, text in said.items()]
    return "{" + " ".join(parts) + "}"


def _value(text: str) -> str:
    return text if _BARE.fullmatch(text) else _quoted(text)


def _quoted(text: str) -> str:
    """A JSON string; what would end a line or an attribute is escaped."""
    told = json.dumps(text, ensure_ascii=False)
    return re.sub("[{}\x7f-\x9f\u2028\u2029]", lambda found: f"\\u{ord(found.group()):04x}", told)


def _shown(heading: str) -> str:
    """A heading on one line; the exact title stands in its attributes."""
    return " ".join(re.sub(r"[{}\x00-\x1f\x7f-\x9f\u2028\u2029]", " ", heading).split(" ")).strip()


def _is_safe(text: str) -> bool:
    return text == text.strip() and not _UNSAFE.search(text)


def _fence(text: str) -> str:
    longest = max((len(found) for found in re.findall(r"^:{3,}", text, re.MULTILINE)), default=2)
    return ":" * (longest + 1)


@dataclass(frozen=True, kw_only=True)
class MarkedText:
    """A Markdown file that an export wrote, as it reads now."""

    plan: str
    is_whole: bool
    languages: tuple[str, ...]
    document: PlanDocument


def read_marked(text: str) -> MarkedText | None:
    """The document of a Markdown file with our header, edited or not; None for any other file.

    A heading without attributes is a new chapter or provision. Values are not checked here.
    """
    lines = text.split("\n")
    head = _head(lines)
    if head.get("format") != FORMAT:
        return None
    heading = EN if head.get("heading") == EN else ZH
    reader = _Reader(heading)
    reader.read(lines[int(head["lines"]) :])
    document = PlanDocument(
        title_zh=head.get("title", ""),
        title_en=head.get("title-en", ""),
        chapters=tuple(reader.chapters),
    )
    return MarkedText(
        plan=head.get("plan", ""),
        is_whole=head.get("whole") == "true",
        languages=tuple(one for one in (ZH, EN) if f"state-{one}" in head),
        document=document,
    )


def _head(lines: Sequence[str]) -> dict[str, str]:
    """The values between the first two `---`, and under `lines` how many lines they take."""
    if not lines or lines[0].strip() != "---":
        return {}
    end = next((n for n, one in enumerate(lines[1:_FIRST_LINES], 1) if one.strip() == "---"), 0)
    found = {"lines": str(end + 1)}
    for line in lines[1:end]:
        name, _colon, value = line.partition(":")
        found[name.strip()] = _unquoted(value.strip())
    return found if end else {}


def _unquoted(text: str) -> str:
    if not text.startswith('"'):
        return text
    try:
        return str(json.loads(text))
    except ValueError:
        return text.strip('"')


class _Reader:
    """Chapters and provisions from the lines of a file."""

    def __init__(self, heading: str) -> None:
        self.heading = heading
        self.chapters: list[DocumentChapter] = []
        self.said: dict[str, str] | None = None  # of the provision that is open
        self.texts: dict[str, list[str]] = {ZH: [], EN: []}
        self.loose: list[str] = []

    def read(self, lines: Sequence[str]) -> None:
        index = 0
        code = ""
        while index < len(lines):
            line = lines[index]
            code = _code_after(line, code)
            div = None if code else _DIV.match(line)
            heading = None if code else _HEADING.match(line)
            if div:
                index = self._div(lines, index, div)
            elif heading:
                self._heading(heading)
            else:
                self.loose.append(line)
            index += 1
        self._close()

    def _div(self, lines: Sequence[str], index: int, div: re.Match[str]) -> int:
        """Everything up to the closing fence is text as it stands; returns the fence's line."""
        fence, language = div.groups()
        ends = (n for n in range(index + 1, len(lines)) if lines[n].rstrip() == fence)
        end = next(ends, len(lines))
        self.texts[language].append("\n".join(lines[index + 1 : end]))
        return end

    def _heading(self, found: re.Match[str]) -> None:
        self._close()
        signs, text, attributes = found.groups()
        said = _said(attributes or "")
        title = f"title_{self.heading}"
        if title not in said:
            said[title] = _without_sign(text)
        if signs == "#":
            self.chapters.append(
                DocumentChapter(
                    key=said.get("key", ""),
                    number=said.get("number", ""),
                    title_zh=said.get("title_zh", ""),
                    title_en=said.get("title_en", ""),
                    drafting=tuple(one for one in said.get("drafting", "").split(",") if one),
                )
            )
        else:
            self.said = said

    def _close(self) -> None:
        """Ends the provision that is open; text before the first one is dropped with its chapter."""
        said, self.said = self.said, None
        loose, self.loose = "\n".join(self.loose).strip(), []
        texts, self.texts = self.texts, {ZH: [], EN: []}
        if said is None:
            return
        if loose:
            texts[self.heading].insert(0, loose)
        if not self.chapters:
            self.chapters.append(DocumentChapter(title_zh=""))
        provision = DocumentProvision(
            key=said.pop("key", ""),
            number=said.pop("number", ""),
            wording=_wording(said, zh="\n\n".join(texts[ZH]), en="\n\n".join(texts[EN])),
        )
        last = self.chapters[-1]
        self.chapters[-1] = replace(last, provisions=(*last.provisions, provision))


def _code_after(line: str, code: str) -> str:
    """The fence of the code block that is open after this line, or ""."""
    found = re.match(r" {0,3}(`{3,}|~{3,})", line)
    if not found:
        return code
    if not code:
        return found.group(1)
    return "" if found.group(1).startswith(code) else code


def _said(attributes: str) -> dict[str, str]:
    said: dict[str, str] = {}
    for key, name, value in _ATTRIBUTE.findall(attributes):
        if key:
            said["key"] = key
        else:
            said[name] = _unquoted(value)
    return said


def _without_sign(text: str) -> str:
    """A typed heading without its 第十六条 or Article 16."""
    return re.sub(r"^(?:第[^\s\u3000]{1,9}[章条]|(?:Chapter|Article)\s+\d+)[\s\u3000]*", "", text)


def _wording(said: Mapping[str, str], *, zh: str, en: str) -> Wording:
    known = {one.name for one in fields(Wording)}
    values: dict[str, object] = {name: text for name, text in said.items() if name in known}
    for name in _LISTED:
        values[name] = [one for one in str(values.get(name, "")).split(",") if one]
    values["is_given"] = values.get("is_given") == "true"
    return wording_from({**values, "text_zh": zh, "text_en": en})
