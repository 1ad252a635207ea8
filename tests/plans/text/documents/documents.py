"""Documents as hypothesis invents them: Chinese, Latin, tables, lists, signs of Markdown."""

from dataclasses import replace

from hypothesis import strategies as st

from plans.register.enums import Competence
from plans.text.documents.shape import DocumentChapter, DocumentProvision, PlanDocument
from plans.text.enums import Classification, Demand, Function, Pillar, Theme
from plans.text.wording import Wording

SCRAPS = [
    "太浦河水质按Ⅲ类控制。",
    "耕地保有量不低于76.60万亩",
    "The parties shall consult",
    "第五条　再说一次",
    "一、总体要求",
    "（一）分项",
    "Article 7  again",
    "**重点**",
    "*em* and `code`",
    "- 一项",
    "1. 第一",
    "   - nested",
    "| a | b |\n|---|---|\n| 1 | **二** |",
    "> 引文",
    "# not a heading",
    "{#key strength=binding}",
    "::: {lang=en}",
    ":::",
    "---",
    "```\nx\n```",
    "<script>alert(1)</script>",
    '#import "x" $ \\ @label _a_ ~',
    "\\",
    "  ",
    "\t",
    "\n",
    "\n\n",
    "https://example.com",
    "[a](http://example.com)",
]
LETTERS = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cf", "Co", "Cn"))
WORDS = st.one_of(st.sampled_from(SCRAPS), st.text(LETTERS, max_size=8))
TEXTS = st.lists(WORDS, max_size=6).map("".join)
TITLES = st.one_of(
    st.sampled_from(["规划范围", "第二条例", "{x}", "Plan area", "#", "a {#b c=d}"]),
    st.text(LETTERS, max_size=12),
)
SLUGS = st.from_regex(r"[a-z][a-z0-9-]{0,20}", fullmatch=True)
CODES = st.lists(st.sampled_from(["310118", "320509", "330421"]), max_size=3, unique=True).map(
    tuple
)


def wordings() -> st.SearchStrategy[Wording]:
    return st.builds(
        Wording,
        title_zh=TITLES,
        title_en=TITLES,
        text_zh=TEXTS,
        text_en=TEXTS,
        strength=st.sampled_from(["binding", "guiding"]),
        competence=st.sampled_from(Competence.values),
        theme=st.sampled_from(["", *Theme.values]),
        pillar=st.sampled_from(["", *Pillar.values]),
        function=st.sampled_from(["", *Function.values]),
        demand=st.lists(st.sampled_from(Demand.values), max_size=2, unique=True).map(tuple),
        lead=TITLES,
        due=st.sampled_from(["", "2030-12-31"]),
        evidence=TITLES,
        links=st.lists(SLUGS, max_size=2).map(tuple),
        classification=st.sampled_from(Classification.values),
        concerned=CODES,
        is_given=st.booleans(),
        given_source=TITLES,
    )


@st.composite
def plan_documents(draw: st.DrawFn, *, is_valid: bool = False) -> PlanDocument:
    """A document with its numbers as an export has them: chapters 1..n, articles through all.

    `is_valid`: no Chinese title or text is blank.
    """
    chapters = []
    keys = draw(st.lists(SLUGS, min_size=12, max_size=12, unique=True))
    count = 0
    for position in range(draw(st.integers(0, 3))):
        provisions = []
        for _each in range(draw(st.integers(0, 3))):
            count += 1
            wording = draw(wordings())
            if is_valid:
                wording = replace(
                    wording,
                    title_zh=wording.title_zh if wording.title_zh.strip() else "题",
                    text_zh=wording.text_zh if wording.text_zh.strip() else "文",
                )
            key = keys.pop()
            provisions.append(DocumentProvision(wording=wording, key=key, number=str(count)))
        chapters.append(
            DocumentChapter(
                title_zh=draw(TITLES),
                title_en=draw(TITLES),
                key=keys.pop(),
                number=str(position + 1),
                drafting=draw(CODES),
                provisions=tuple(provisions),
            )
        )
    return PlanDocument(title_zh=draw(TITLES), title_en=draw(TITLES), chapters=tuple(chapters))
