"""The plan text as a Word file, laid out as offices do, that can be read back without loss.

Written part by part as XML: the same document and edition give the same bytes.
"""

from collections.abc import Iterator
from io import BytesIO
from uuid import UUID, uuid5
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from plans.text.documents.docx_blocks import (
    PAGE_WIDTH,
    Gathered,
    blocks_xml,
    line,
    marked,
    paragraph,
    runs_xml,
    told,
)
from plans.text.documents.docx_styles import HEAD, R, W, numbering_xml, settings_xml, styles_xml
from plans.text.documents.edition import (
    EN,
    ZH,
    Edition,
    article_line,
    chapter_line,
    missing,
    text_of,
    title_of,
    word,
)
from plans.text.documents.marks import TITLE, bookmarked, marks_xml
from plans.text.documents.passages import Run, passages, plain
from plans.text.documents.shape import DocumentChapter, DocumentProvision, PlanDocument
from plans.text.documents.visible import Digests, Part
from plans.text.documents.written import seen_line, seen_lines

FIXED = (1980, 1, 1, 0, 0, 0)  # of the entries in the archive
ROOM_IN_CONTENTS = 300  # provisions up to which the contents name each
_ITEM = UUID("5f9c2f6e-3d0c-5f57-9a55-2b8a5c1f7a11")
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def write_docx(document: PlanDocument, edition: Edition) -> bytes:
    """The .docx of the document. Deterministic."""
    writer = _Writer(document, edition)
    body = writer.document_xml().encode()
    styles = styles_xml().encode()
    numbering = numbering_xml(writer.gathered.lists).encode()
    heading = edition.languages[0]
    marks = marks_xml(
        document,
        plan=edition.plan,
        heading=heading,
        is_whole=edition.is_whole,
        seen=writer.seen,
    )
    parts: dict[str, bytes] = {
        "[Content_Types].xml": _types(),
        "_rels/.rels": _relations(
            [
                ("rId1", f"{R}/officeDocument", "word/document.xml", ""),
                ("rId2", _CORE, "docProps/core.xml", ""),
                ("rId3", f"{R}/extended-properties", "docProps/app.xml", ""),
            ]
        ),
        "docProps/core.xml": writer.core_xml().encode(),
        "docProps/app.xml": _APP,
        "word/document.xml": body,
        "word/_rels/document.xml.rels": _relations(writer.relations()),
        "word/styles.xml": styles,
        "word/numbering.xml": numbering,
        "word/settings.xml": settings_xml().encode(),
        "word/header1.xml": writer.header_xml().encode(),
        "word/header2.xml": writer.first_header_xml().encode(),
        "word/footer1.xml": writer.footer_xml().encode(),
        "customXml/item1.xml": marks,
        "customXml/itemProps1.xml": _item_properties(edition),
        "customXml/_rels/item1.xml.rels": _relations(
            [("rId1", f"{R}/customXmlProps", "itemProps1.xml", "")]
        ),
    }
    return _packed(parts)


def _packed(parts: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            entry = ZipInfo(name, FIXED)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, content)
    return out.getvalue()


class _Writer:
    """The text in one pass; lists, addresses and what people see are gathered on the way."""

    def __init__(self, document: PlanDocument, edition: Edition) -> None:
        self.document = document
        self.edition = edition
        self.languages = edition.languages
        self.gathered = Gathered()
        self.seen: Digests = {}

    def document_xml(self) -> str:
        body = "".join(self._body())
        return (
            f'{HEAD}<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>'
            f"{self._cover()}{self._contents()}{body}{_SECTION}</w:body></w:document>"
        )

    def _cover(self) -> str:
        """The title page: notices, title, state, date, hash."""
        document, edition = self.document, self.edition
        titles = {ZH: document.title_zh, EN: document.title_en}
        first, *others = self.languages
        lines = [line("Jointplan Notice", "", extra=_spaced(1600))]
        head = self._heading(titles[first] or edition.name(first), [TITLE], part := Part())
        self.seen[TITLE] = part.digests()
        lines.append(paragraph("Title", head))
        lines += [line("Jointplan Cover Title", titles[one]) for one in others if titles[one]]
        lines.append(line("Jointplan Cover", "", extra=_spaced(1200)))
        for language in self.languages:
            lines.append(line("Jointplan Cover", edition.state(language)))
            if edition.selection.get(language):
                lines.append(line("Jointplan Cover", edition.selection[language]))
        lines.append(line("Jointplan Cover", edition.day, extra=_spaced(600)))
        lines.append(line("Jointplan Notice", "", extra=_spaced(1200)))
        lines += [
            line("Jointplan Marks", edition.openness(one), extra=_CENTRED) for one in self.languages
        ]
        if edition.hash:
            labels = " ".join(word("hash", language) for language in self.languages)
            lines.append(line("Jointplan Marks", f"{labels}: {edition.hash}", extra=_CENTRED))
        return "".join(lines)

    def _contents(self) -> str:
        """The contents as a field that Word brings up to date, filled in beforehand."""
        size = sum(len(chapter.provisions) for chapter in self.document.chapters)
        deepest = 2 if size <= ROOM_IN_CONTENTS else 1
        found = [row for row in self._headings() if row[0] <= deepest]
        label = word("contents", self.languages[0])
        asked = _instruction(f'TOC \\o "1-{deepest}" \\h \\z \\u')
        begin = f"{_field('begin', dirty=True)}{asked}{_field('separate')}"
        rows = [
            paragraph(f"toc {level}", (begin if number == 0 else "") + _entry(text, name))
            for number, (level, text, name) in enumerate(found)
        ]
        if not rows:
            rows = [paragraph("toc 1", begin)]
        return (
            '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
            "<w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>"
            f"{line('TOC Heading', label, extra='<w:pageBreakBefore/>')}{''.join(rows)}"
            f"<w:p><w:r>{_FIELD_END}</w:r></w:p></w:sdtContent></w:sdt>"
        )

    def _headings(self) -> Iterator[tuple[int, str, str]]:
        first = self.languages[0]
        count = 0
        for position, chapter in enumerate(self.document.chapters, start=1):
            yield 1, chapter_line(chapter, position, first), f"_Toc{position:04}00000"
            for provision in chapter.provisions:
                count += 1
                yield 2, article_line(provision, first), f"_Toc{position:04}{count:05}"

    def _body(self) -> Iterator[str]:
        names = iter(bookmarked(self.document))
        anchors = (name for _level, _text, name in self._headings())
        for position, chapter in enumerate(self.document.chapters, start=1):
            yield self._chapter(chapter, position, next(names), next(anchors))
            for provision in chapter.provisions:
                yield self._provision(provision, next(names), next(anchors))

    def _chapter(self, chapter: DocumentChapter, position: int, name: str, anchor: str) -> str:
        first, *others = self.languages
        part = Part()
        text = self._heading(chapter_line(chapter, position, first), [anchor, name], part)
        extra = "<w:pageBreakBefore/>" if position == 1 else ""
        out = paragraph("heading 1", text, extra=extra)
        for language in others:
            style = f"Jointplan {'English' if language == EN else 'Chinese'} Chapter"
            if title_of(chapter, language):
                told_of = chapter_line(chapter, position, language)
                out += line(style, told_of)
                part.add(f"title_{language}", seen_line(told_of))
        self.seen[name] = part.digests()
        return out

    def _provision(self, provision: DocumentProvision, name: str, anchor: str) -> str:
        wording = provision.wording
        first, *others = self.languages
        part = Part()
        text = self._heading(article_line(provision, first), [anchor, name], part)
        out = [paragraph("heading 2", text), self._text(text_of(wording, first), first, part)]
        for language in others:
            if title_of(wording, language):
                style = f"Jointplan {'English' if language == EN else 'Chinese'} Heading"
                told_of = article_line(provision, language)
                out.append(line(style, told_of))
                part.add(f"title_{language}", seen_line(told_of))
            out.append(self._text(text_of(wording, language), language, part))
        self.seen[name] = part.digests()
        if label := self.edition.marks_of(wording, first):
            out.append(line("Jointplan Marks", label))
        return "".join(out)

    def _heading(self, text: str, names: list[str], part: Part) -> str:
        """The inside of a heading between its bookmarks."""
        runs = plain(text)
        part.add(f"title_{self.languages[0]}", *(seen_line(run.text) for run in runs))
        return marked(runs_xml(runs), names, self.gathered)

    def _text(self, markdown: str, language: str, part: Part) -> str:
        if not markdown.strip():
            return line("Jointplan Missing", missing(language))
        found = passages(markdown)
        part.add(f"text_{language}", *seen_lines(found))
        return blocks_xml(found, language=language, gathered=self.gathered)

    def header_xml(self) -> str:
        """Short title and state on every page, and what the file is not."""
        first = self.languages[0]
        told_of = " · ".join([self.edition.name(first), self.edition.state(first)])
        rows = line("header", told_of, extra=_UNDERLINED)
        notices = self.edition.notice_line()
        rows += line("Jointplan Notice", notices, extra="") if notices else ""
        return _part("hdr", rows)

    def first_header_xml(self) -> str:
        """On the title page only the notices."""
        notices = self.edition.notice_line()
        return _part("hdr", line("Jointplan Notice", notices))

    def footer_xml(self) -> str:
        page, pages = _simple("PAGE"), _simple("NUMPAGES")
        if self.languages[0] == EN:
            inner = f"{_plain('Page ')}{page}{_plain(' of ')}{pages}"
        else:
            inner = f"{_plain('第 ')}{page}{_plain(' 页  共 ')}{pages}{_plain(' 页')}"
        return _part("ftr", paragraph("footer", inner))

    def relations(self) -> list[tuple[str, str, str, str]]:
        found = [
            ("rId1", f"{R}/styles", "styles.xml", ""),
            ("rId2", f"{R}/numbering", "numbering.xml", ""),
            ("rId3", f"{R}/settings", "settings.xml", ""),
            ("rIdHeader", f"{R}/header", "header1.xml", ""),
            ("rIdFirst", f"{R}/header", "header2.xml", ""),
            ("rIdFooter", f"{R}/footer", "footer1.xml", ""),
            ("rIdMarks", f"{R}/customXml", "../customXml/item1.xml", ""),
        ]
        links = self.gathered.addresses.items()
        return found + [(name, f"{R}/hyperlink", url, "External") for url, name in links]

    def core_xml(self) -> str:
        """Title and dates; no names of persons."""
        at = self.edition.at.strftime("%Y-%m-%dT%H:%M:%SZ")
        language = "en" if self.languages[0] == EN else "zh-CN"
        title = self.document.title_en if self.languages[0] == EN else self.document.title_zh
        day = "".join(
            f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{at}</dcterms:{name}>'
            for name in ("created", "modified")
        )
        return (
            f'{HEAD}<cp:coreProperties xmlns:cp="{_CORE_SPACE}"'
            ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
            ' xmlns:dcterms="http://purl.org/dc/terms/"'
            ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
            f"<dc:title>{told(title)}</dc:title><dc:subject>{told(self.edition.plan)}</dc:subject>"
            f"<dc:language>{language}</dc:language>{day}</cp:coreProperties>"
        )


def _part(kind: str, rows: str) -> str:
    return f'{HEAD}<w:{kind} xmlns:w="{W}" xmlns:r="{R}">{rows}</w:{kind}>'


def _plain(text: str) -> str:
    return runs_xml([Run(text=text)])


def _spaced(before: int) -> str:
    return f'<w:spacing w:before="{before}"/>'


_CENTRED = '<w:ind w:left="0" w:leftChars="0"/><w:jc w:val="center"/>'
_UNDERLINED = '<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="1" w:color="auto"/></w:pBdr>'
_FIELD_END = '<w:fldChar w:fldCharType="end"/>'


def _field(kind: str, *, dirty: bool = False) -> str:
    asks = ' w:dirty="true"' if dirty else ""
    return f'<w:r><w:fldChar w:fldCharType="{kind}"{asks}/></w:r>'


def _instruction(text: str) -> str:
    return f'<w:r><w:instrText xml:space="preserve"> {text} </w:instrText></w:r>'


def _simple(instruction: str) -> str:
    return (
        f"{_field('begin')}{_instruction(instruction)}{_field('separate')}"
        f"<w:r><w:t>1</w:t></w:r><w:r>{_FIELD_END}</w:r>"
    )


def _entry(text: str, name: str) -> str:
    """A line of the contents. Pages are not known here: Word puts them in when it opens the file."""
    return f'<w:hyperlink w:anchor="{name}" w:history="1">{runs_xml(plain(text))}</w:hyperlink>'


# A4 with the margins of GB/T 9704: 37 mm above, 35 mm below, 28 mm left, 26 mm right.
_SECTION = (
    '<w:sectPr><w:headerReference w:type="default" r:id="rIdHeader"/>'
    '<w:headerReference w:type="first" r:id="rIdFirst"/>'
    '<w:footerReference w:type="default" r:id="rIdFooter"/>'
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1985"'
    f' w:left="{11906 - 1474 - PAGE_WIDTH}" w:header="1134" w:footer="1304" w:gutter="0"/>'
    "<w:titlePg/></w:sectPr>"
)
_CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_CORE_SPACE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_APP = (
    f"{HEAD}<Properties"
    ' xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>Jointplan</Application></Properties>"
).encode()


def _relations(rows: list[tuple[str, str, str, str]]) -> bytes:
    found = "".join(
        f'<Relationship Id="{name}" Type="{kind}" Target="{told(target).replace(chr(34), "%22")}"'
        f"{f' TargetMode={chr(34)}{mode}{chr(34)}' if mode else ''}/>"
        for name, kind, target, mode in rows
    )
    return f'{HEAD}<Relationships xmlns="{_RELS}">{found}</Relationships>'.encode()


def _types() -> bytes:
    overrides = {
        "/word/document.xml": f"{_WORD}.document.main+xml",
        "/word/styles.xml": f"{_WORD}.styles+xml",
        "/word/numbering.xml": f"{_WORD}.numbering+xml",
        "/word/settings.xml": f"{_WORD}.settings+xml",
        "/word/header1.xml": f"{_WORD}.header+xml",
        "/word/header2.xml": f"{_WORD}.header+xml",
        "/word/footer1.xml": f"{_WORD}.footer+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/docProps/app.xml": (
            "application/vnd.openxmlformats-officedocument.extended-properties+xml"
        ),
        "/customXml/itemProps1.xml": (
            "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
        ),
    }
    rows = "".join(
        f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in overrides.items()
    )
    return (
        f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{rows}</Types>'
    ).encode()


def _item_properties(edition: Edition) -> bytes:
    """Names the part, so that Word keeps it when it saves the file."""
    name = str(uuid5(_ITEM, edition.plan)).upper()
    return (
        f'{HEAD}<ds:datastoreItem ds:itemID="{{{name}}}"'
        ' xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml">'
        '<ds:schemaRefs><ds:schemaRef ds:uri="urn:jointplan:plan-text"/></ds:schemaRefs>'
        "</ds:datastoreItem>"
    ).encode()
