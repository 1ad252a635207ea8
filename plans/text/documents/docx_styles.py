"""The styles, lists and settings of the Word file, after GB/T 9704 (layout of official papers).

Fonts are named as offices have them and not embedded: body 仿宋 三号 on lines of 28 points, headings
黑体 and 楷体, the title 小标宋 二号. Reading tells the parts of a text by the names of these styles.
"""

from dataclasses import dataclass
from functools import cache
from xml.sax.saxutils import quoteattr

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

SONG_TITLE, HEI, KAI, FANGSONG = "方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312"
LATIN = "Times New Roman"
SONG = "宋体"

# Styles whose paragraphs belong to the file and not to the text of the plan.
FURNITURE = (
    "Jointplan Cover",
    "Jointplan Cover Title",
    "Jointplan Notice",
    "Jointplan Marks",
    "Jointplan Missing",
    "TOC Heading",
    "toc 1",
    "toc 2",
)
INDENT = 640  # two characters of 三号, in twentieths of a point


@dataclass(frozen=True, kw_only=True)
class _Look:
    """A paragraph style: `size` in half points, `line` in twentieths of a point."""

    name: str
    east: str = FANGSONG
    size: int = 32
    line: int = 560
    rule: str = "exact"
    align: str = ""
    bold: bool = False
    italic: bool = False
    before: int = 0
    after: int = 0
    indent: str = ""
    outline: int | None = None
    keep: bool = False
    colour: str = ""
    tabs: str = ""
    follows: str = ""


_FIRST = f'w:firstLineChars="200" w:firstLine="{INDENT}"'
_ENGLISH = 'w:left="640" w:leftChars="200"'
_DOTS = '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="8844"/></w:tabs>'

LOOKS = (
    _Look(name="Jointplan Text", align="both", indent=_FIRST),
    _Look(name="Jointplan List", align="both"),
    _Look(name="Jointplan Quote", east=KAI, align="both", indent='w:left="640"'),
    _Look(name="Jointplan Code", size=24, line=360, rule="atLeast", indent='w:left="640"'),
    _Look(name="Jointplan Table", size=24, line=320, rule="atLeast"),
    _Look(name="Jointplan Chinese Chapter", east=HEI, align="center", keep=True, after=120),
    _Look(name="Jointplan Chinese Heading", east=KAI, bold=True, keep=True, indent=_FIRST),
    _Look(
        name="Jointplan English",
        size=24,
        line=360,
        rule="atLeast",
        align="both",
        after=80,
        indent=_ENGLISH,
    ),
    _Look(name="Jointplan English List", size=24, line=360, rule="atLeast", align="both"),
    _Look(
        name="Jointplan English Quote",
        size=24,
        line=360,
        rule="atLeast",
        italic=True,
        indent='w:left="1280"',
    ),
    _Look(name="Jointplan English Code", size=20, line=300, rule="atLeast", indent='w:left="1280"'),
    _Look(name="Jointplan English Table", size=21, line=280, rule="atLeast"),
    _Look(
        name="Jointplan English Chapter",
        size=26,
        line=400,
        rule="atLeast",
        align="center",
        bold=True,
        keep=True,
        after=160,
    ),
    _Look(
        name="Jointplan English Heading",
        size=24,
        line=360,
        rule="atLeast",
        bold=True,
        keep=True,
        indent=_ENGLISH,
    ),
    _Look(
        name="Jointplan Cover Title", east=HEI, size=28, line=440, rule="atLeast", align="center"
    ),
    _Look(name="Jointplan Cover", east=KAI, line=600, align="center"),
    _Look(name="Jointplan Notice", east=HEI, size=18, line=300, align="center", colour="9C1C1C"),
    _Look(
        name="Jointplan Marks",
        east=KAI,
        size=21,
        line=340,
        rule="atLeast",
        after=60,
        colour="404040",
        indent=_ENGLISH,
    ),
    _Look(
        name="Jointplan Missing",
        east=KAI,
        size=24,
        line=360,
        rule="atLeast",
        italic=True,
        colour="595959",
        indent=_ENGLISH,
    ),
)
BUILT_IN = (
    _Look(
        name="Title", east=SONG_TITLE, size=44, line=640, rule="atLeast", align="center", after=240
    ),
    _Look(
        name="heading 1",
        east=HEI,
        align="center",
        before=360,
        after=120,
        outline=0,
        keep=True,
        follows="JointplanText",
    ),
    _Look(
        name="heading 2",
        east=KAI,
        bold=True,
        before=120,
        outline=1,
        keep=True,
        indent=_FIRST,
        follows="JointplanText",
    ),
    _Look(name="TOC Heading", east=HEI, size=32, align="center", after=240),
    _Look(name="toc 1", east=HEI, size=28, line=480, tabs=_DOTS),
    _Look(name="toc 2", size=24, line=400, tabs=_DOTS, indent='w:left="420"'),
    _Look(name="header", size=18, east=SONG, line=280, rule="atLeast", align="center"),
    _Look(name="footer", size=28, east=SONG, line=320, rule="atLeast", align="center"),
)


@cache
def style_id(name: str) -> str:
    """The id of a style by its name: "heading 1" is Heading1, as Word has it."""
    if name.startswith("toc "):
        return f"TOC{name[4:]}"
    return "".join(part[0].upper() + part[1:] for part in name.split())


@cache
def styles_xml() -> str:
    """styles.xml, the same for every file."""
    looks = [_style(look, is_built_in=True) for look in BUILT_IN]
    looks += [_style(look, is_built_in=False) for look in LOOKS]
    return (
        f'{HEAD}<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>'
        f'{_fonts(FANGSONG)}<w:sz w:val="32"/><w:szCs w:val="32"/>'
        '<w:lang w:val="en-GB" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:widowControl w:val="0"/></w:pPr></w:pPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        "<w:qFormat/></w:style>"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        '<w:tblCellMar><w:left w:w="108" w:type="dxa"/><w:right w:w="108" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr></w:style>"
        '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>'
        '<w:rPr><w:color w:val="0B4A9E"/><w:u w:val="single"/></w:rPr></w:style>'
        f"{''.join(looks)}{_grid()}</w:styles>"
    )


def _fonts(east: str) -> str:
    return f'<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{east}" w:cs="{LATIN}"/>'


def _style(look: _Look, *, is_built_in: bool) -> str:
    custom = "" if is_built_in else ' w:customStyle="1"'
    follows = f'<w:next w:val="{look.follows}"/>' if look.follows else ""
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{style_id(look.name)}">'
        f'<w:name w:val={quoteattr(look.name)}/><w:basedOn w:val="Normal"/>{follows}<w:qFormat/>'
        f"<w:pPr>{_paragraph(look)}</w:pPr><w:rPr>{_fonts(look.east)}{_letters(look)}</w:rPr>"
        "</w:style>"
    )


def _paragraph(look: _Look) -> str:
    """In the order the schema asks: keepNext, tabs, spacing, indent, alignment, outline."""
    parts = ["<w:keepNext/><w:keepLines/>"] if look.keep else []
    parts.append(look.tabs)
    parts.append(
        f'<w:spacing w:before="{look.before}" w:after="{look.after}" w:line="{look.line}"'
        f' w:lineRule="{look.rule}"/>'
    )
    parts.append(f"<w:ind {look.indent}/>" if look.indent else "")
    parts.append(f'<w:jc w:val="{look.align}"/>' if look.align else "")
    parts.append("" if look.outline is None else f'<w:outlineLvl w:val="{look.outline}"/>')
    return "".join(parts)


def _letters(look: _Look) -> str:
    return (
        f"{'<w:b/><w:bCs/>' if look.bold else ''}{'<w:i/><w:iCs/>' if look.italic else ''}"
        f'{f"""<w:color w:val="{look.colour}"/>""" if look.colour else ""}'
        f'<w:sz w:val="{look.size}"/><w:szCs w:val="{look.size}"/>'
    )


def _grid() -> str:
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="6" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        '<w:style w:type="table" w:customStyle="1" w:styleId="JointplanGrid">'
        '<w:name w:val="Jointplan Grid"/><w:basedOn w:val="TableNormal"/>'
        f"<w:tblPr><w:tblBorders>{sides}</w:tblBorders></w:tblPr>"
        '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:bCs/></w:rPr></w:tblStylePr></w:style>'
    )


def settings_xml() -> str:
    return (
        f'{HEAD}<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/>'
        '<w:defaultTabStop w:val="420"/><w:characterSpacingControl w:val="compressPunctuation"/>'
        '<w:compat><w:compatSetting w:name="compatibilityMode"'
        ' w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>'
    )


DECIMAL, BULLETS = 1, 2
LEVELS = 9


def numbering_xml(lists: list[tuple[bool, int, int]]) -> str:
    """numbering.xml: `lists` holds of each list whether it counts, its level and its start."""
    bodies = "".join(
        f'<w:abstractNum w:abstractNumId="{kind}"><w:multiLevelType w:val="hybridMultilevel"/>'
        f"{''.join(_level(kind, level) for level in range(LEVELS))}</w:abstractNum>"
        for kind in (DECIMAL, BULLETS)
    )
    numbers = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{DECIMAL if counts else BULLETS}"/>'
        + (
            f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
            if counts
            else ""
        )
        + "</w:num>"
        for number, (counts, level, start) in enumerate(lists, start=1)
    )
    return f'{HEAD}<w:numbering xmlns:w="{W}">{bodies}{numbers}</w:numbering>'


def _level(kind: int, level: int) -> str:
    text = f"%{level + 1}." if kind == DECIMAL else ("•", "–", "·")[level % 3]
    form = "decimal" if kind == DECIMAL else "bullet"
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr>'
        f'<w:ind w:left="{INDENT + 480 * (level + 1)}" w:hanging="480"/></w:pPr></w:lvl>'
    )
