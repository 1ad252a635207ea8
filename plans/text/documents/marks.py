"""The marks an export leaves in a Word file, so that it can come back without loss.

A custom XML part names, for each bookmark, which chapter or provision stands there, all its fields
with the Markdown as it is kept, and a digest of what people saw. Where the digest still holds, the
kept source counts, and else what stands in the file. Whatever a mark says is checked like any
other input: it comes from a file that anybody may have written.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace

from lxml import etree

from plans.text.documents.shape import DocumentChapter, DocumentProvision, PlanDocument
from plans.text.documents.visible import Digests
from plans.text.wording import Wording

FORMAT = "1"
NAMESPACE = "urn:jointplan:plan-text"
TITLE = "jp_title"
LARGEST = 64 * 1024 * 1024  # bytes of the part

# Inside a JSON string: what XML cannot hold, or would change.
_UNTOLD = re.compile("[\x7f-\x9f\u2028\ud800-\udfff\ufffe\uffff]")
_TEXTS = {one.name for one in fields(Wording) if one.type in (str, "str")}
_LISTS = {one.name for one in fields(Wording) if one.type not in (str, "str", bool, "bool")}


@dataclass(frozen=True, kw_only=True)
class ChapterMark:
    """A chapter without its provisions, and the digests of its parts as they were written."""

    chapter: DocumentChapter
    seen: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class ProvisionMark:
    provision: DocumentProvision
    seen: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Marks:
    """All marks of a file, by the names of their bookmarks. `heading`: the language of headings.

    `is_whole` says that the file held the whole text, so that what is missing was taken out.
    """

    plan: str
    title: PlanDocument
    heading: str = "zh"
    is_whole: bool = True
    seen: Mapping[str, str] = field(default_factory=dict)
    chapters: Mapping[str, ChapterMark] = field(default_factory=dict)
    provisions: Mapping[str, ProvisionMark] = field(default_factory=dict)

    def for_plan(self, key: str) -> "Marks":
        """The marks as an import into the plan `key` may use them: keys of another plan are none."""
        if self.plan == key:
            return self
        return replace(
            self,
            plan=key,
            is_whole=False,
            chapters={
                name: replace(one, chapter=replace(one.chapter, key=""))
                for name, one in self.chapters.items()
            },
            provisions={
                name: replace(one, provision=replace(one.provision, key=""))
                for name, one in self.provisions.items()
            },
        )


def bookmarked(document: PlanDocument) -> dict[str, DocumentChapter | DocumentProvision]:
    """The bookmark of each chapter (jp_c1) and provision (jp_p1), by order."""
    found: dict[str, DocumentChapter | DocumentProvision] = {}
    count = 0
    for position, chapter in enumerate(document.chapters, start=1):
        found[f"jp_c{position}"] = chapter
        for provision in chapter.provisions:
            count += 1
            found[f"jp_p{count}"] = provision
    return found


def marks_xml(
    document: PlanDocument, *, plan: str, heading: str, is_whole: bool, seen: Digests
) -> bytes:
    """The custom XML part. Values are JSON, so that no character is lost in XML."""
    root = etree.Element(f"{{{NAMESPACE}}}marks", nsmap={None: NAMESPACE})
    root.set("format", FORMAT)
    root.set("heading", heading)
    root.set("whole", "1" if is_whole else "0")
    title = {"plan": plan, "title_zh": document.title_zh, "title_en": document.title_en}
    _add(root, "title", TITLE, title, seen)
    for name, one in bookmarked(document).items():
        if isinstance(one, DocumentChapter):
            values: dict[str, object] = {
                "key": one.key,
                "number": one.number,
                "title_zh": one.title_zh,
                "title_en": one.title_en,
                "drafting": one.drafting,
            }
            _add(root, "chapter", name, values, seen)
        else:
            _add(
                root,
                "provision",
                name,
                {"key": one.key, "number": one.number, "wording": vars(one.wording)},
                seen,
            )
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _add(
    root: etree._Element, tag: str, name: str, values: Mapping[str, object], seen: Digests
) -> None:
    child = etree.SubElement(root, f"{{{NAMESPACE}}}{tag}", name=name)
    told = json.dumps({**values, "seen": seen.get(name, {})}, ensure_ascii=False)
    child.text = _UNTOLD.sub(lambda found: f"\\u{ord(found.group()):04x}", told)


def marks_in(parts: Iterable[bytes]) -> Marks | None:
    """The marks among the custom XML parts of a file, or None. A mark that is none is left out."""
    for part in parts:
        root = _root(part)
        if root is not None and root.tag == f"{{{NAMESPACE}}}marks":
            return _marks(root)
    return None


def _root(content: bytes) -> etree._Element | None:
    if len(content) > LARGEST or NAMESPACE.encode() not in content:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        return None


def _marks(root: etree._Element) -> Marks | None:
    if root.get("format") != FORMAT:
        return None
    title: Mapping[str, object] = {}
    chapters: dict[str, ChapterMark] = {}
    provisions: dict[str, ProvisionMark] = {}
    for child in root:
        name, values = child.get("name", ""), _values(child)
        if child.tag == f"{{{NAMESPACE}}}title":
            title = values
        elif child.tag == f"{{{NAMESPACE}}}chapter":
            chapters[name] = ChapterMark(chapter=_chapter(values), seen=_seen(values))
        elif child.tag == f"{{{NAMESPACE}}}provision":
            provisions[name] = ProvisionMark(provision=_provision(values), seen=_seen(values))
    return Marks(
        plan=_text(title, "plan"),
        title=PlanDocument(title_zh=_text(title, "title_zh"), title_en=_text(title, "title_en")),
        heading=root.get("heading", "zh"),
        is_whole=root.get("whole") == "1",
        seen=_seen(title),
        chapters=chapters,
        provisions=provisions,
    )


def _values(child: etree._Element) -> Mapping[str, object]:
    try:
        found = json.loads(child.text or "")
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _text(values: Mapping[str, object], name: str) -> str:
    value = values.get(name)
    return value if isinstance(value, str) else ""


def _texts(values: Mapping[str, object], name: str) -> tuple[str, ...]:
    value = values.get(name)
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()


def _seen(values: Mapping[str, object]) -> Mapping[str, str]:
    value = values.get("seen")
    found = value if isinstance(value, dict) else {}
    return {str(part): str(digest) for part, digest in found.items()}


def _chapter(values: Mapping[str, object]) -> DocumentChapter:
    return DocumentChapter(
        key=_text(values, "key"),
        number=_text(values, "number"),
        title_zh=_text(values, "title_zh"),
        title_en=_text(values, "title_en"),
        drafting=_texts(values, "drafting"),
    )


def _provision(values: Mapping[str, object]) -> DocumentProvision:
    found = values.get("wording")
    return DocumentProvision(
        key=_text(values, "key"),
        number=_text(values, "number"),
        wording=wording_from(found if isinstance(found, dict) else {}),
    )


def wording_from(values: Mapping[str, object]) -> Wording:
    """A wording of JSON values: unknown names and values of another type are left out."""
    readers: dict[str, Callable[[Mapping[str, object], str], object]] = {
        **dict.fromkeys(_TEXTS, _text),
        **dict.fromkeys(_LISTS, _texts),
        "is_given": lambda found, name: found.get(name) is True,
    }
    told = {name: read(values, name) for name, read in readers.items() if name in values}
    return Wording(**{"title_zh": "", "text_zh": "", **told})  # type: ignore[arg-type]


def unchanged(mark_seen: Mapping[str, str], now: Mapping[str, str], part: str) -> bool:
    """Whether a part stands as it was written. One that was not shown cannot have changed."""
    return mark_seen.get(part) == now.get(part)
