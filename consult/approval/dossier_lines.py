"""Which papers the dossier (送审材料) of each kind of plan holds, in the usual order, and by which
rule. Pure.

One table: a line, the rule that asks for it, what brings its papers about, and the page where that
is done. The authority's own lines come with an arrangement (`models.DossierArrangement`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from plans.register.enums import PlanKind
from stakeholders.terms.duty import Text


class By(StrEnum):
    """What brings the papers of a line about. A document can be filed for every line besides."""

    DOCUMENT = "document"  # filed for the line
    BASE = "base"  # base map and base figures agreed by ballot
    ROUNDS = "rounds"  # the adoption table of every round that is over
    DISPLAY = "display"  # the issued result sheet of a public display
    EXPERTS = "experts"  # the finished collective opinion
    CHECKLIST = "checklist"  # filed with the checklist of joint preparation
    NEIGHBOURS = "neighbours"  # the opinions of the consulted neighbours, all answered
    DECISIONS = "decisions"  # what each party says of its deliberation in its position
    STATEMENT = "statement"  # the common statement
    SHEET = "sheet"  # the sign-off sheet, signed by all
    TEXT = "text"  # the text of the statement's revision
    TABLES = "tables"  # its indicators and common standards, if it has any
    LEFT = "left"  # what is left to the authority and what differences remain


# Whose papers the common statement brings; before it nothing of them can be there.
AFTER_STATEMENT = frozenset({By.DECISIONS, By.STATEMENT, By.SHEET, By.TEXT, By.TABLES, By.LEFT})


@dataclass(frozen=True, kw_only=True)
class DossierItem:
    """A line of the table. `source` is the rule, `page` the name of the page where it comes about,
    `paper` its key in the checklist of joint preparation."""

    key: str
    name_zh: str
    name_en: str
    source: Text
    by: By = By.DOCUMENT
    page: str = ""
    paper: str = ""


_CHARTER = _("The parties' charter")

TABLE: tuple[DossierItem, ...] = (
    DossierItem(
        key="work-plan",
        name_zh="编制工作方案及批准文件",
        name_en="Work plan and its approval",
        source=_("Notice on territorial spatial planning (Ziranzifa [2019] No. 87)"),
    ),
    DossierItem(
        key="base-studies",
        name_zh="专题研究和底图底数确认书",
        name_en="Topic studies; confirmation of base map and base figures",
        source=_("Notice on territorial spatial planning (Ziranzifa [2019] No. 87), section 5"),
        by=By.BASE,
        page="organization:base",
    ),
    DossierItem(
        key="consultation",
        name_zh="征求意见函及意见采纳情况表",
        name_en="Letters of consultation and opinion adoption tables",
        source=_("Urban and Rural Planning Law, arts. 26 and 27"),
        by=By.ROUNDS,
        page="preparation:rounds",
    ),
    DossierItem(
        key="public-display",
        name_zh="公示材料及公示意见处理情况",
        name_en="Public display and handling of its opinions",
        source=_("Urban and Rural Planning Law, art. 26"),
        by=By.DISPLAY,
        page="preparation:checklist",
        paper="public-display",
    ),
    DossierItem(
        key="expert-opinion",
        name_zh="专家论证意见",
        name_en="Opinion of the expert review",
        source=_("Urban and Rural Planning Law, arts. 26 and 27"),
        by=By.EXPERTS,
        page="preparation:checklist",
        paper="expert-opinion",
    ),
    DossierItem(
        key="legal-review",
        name_zh="合法性审查意见",
        name_en="Legal review",
        source=_("Interim Regulations on Major Administrative Decisions (Order 713), art. 25"),
        by=By.CHECKLIST,
        page="preparation:checklist",
        paper="legal-review",
    ),
    DossierItem(
        key="risk-assessment",
        name_zh="社会稳定风险评估",
        name_en="Risk assessment",
        source=_("Interim Regulations on Major Administrative Decisions (Order 713), art. 22"),
        by=By.CHECKLIST,
        page="preparation:checklist",
        paper="risk-assessment",
    ),
    DossierItem(
        key="neighbour-opinions",
        name_zh="毗邻方书面意见及答复",
        name_en="Written opinions of neighbours and the answers",
        source=_CHARTER,
        by=By.NEIGHBOURS,
        page="preparation:neighbours",
        paper="neighbour-opinions",
    ),
    DossierItem(
        key="deliberation",
        name_zh="各方政府审议情况",
        name_en="Deliberation by the governments of the parties",
        source=_("Interim Regulations on Major Administrative Decisions (Order 713), art. 30"),
        by=By.DECISIONS,
        page="identification:matrix",
    ),
    DossierItem(
        key="statement",
        name_zh="共同认定书（含保留意见附件）",
        name_en="Common statement with annex of reservations",
        source=_CHARTER,
        by=By.STATEMENT,
        page="identification:overview",
    ),
    DossierItem(
        key="sign-off-sheet",
        name_zh="会签单",
        name_en="Sign-off sheet",
        source=_CHARTER,
        by=By.SHEET,
        page="identification:statement",
    ),
    DossierItem(
        key="text",
        name_zh="规划文本（报批稿）",
        name_en="Text of the plan for approval",
        source=_("Urban and Rural Planning Law, arts. 12 to 16"),
        by=By.TEXT,
        page="identification:overview",
    ),
    DossierItem(
        key="tables",
        name_zh="规划指标表和共同标准表",
        name_en="Tables of indicators and common standards",
        source=_("Opinions on territorial spatial planning (Zhongfa [2019] No. 18)"),
        by=By.TABLES,
        page="identification:overview",
    ),
    DossierItem(
        key="left-open",
        name_zh="提请上级决定事项和保留分歧清单",
        name_en="Items left to the superior authority and differences that remain",
        source=_CHARTER,
        by=By.LEFT,
        page="identification:overview",
    ),
)
ITEMS: Mapping[str, DossierItem] = {one.key: one for one in TABLE}
# Kind of plan -> the lines that are advised only; every other one is required.
ADVISED: Mapping[str, frozenset[str]] = {
    PlanKind.OVERALL: frozenset({"tables"}),
    PlanKind.SPECIAL_TOPIC: frozenset({"risk-assessment", "tables"}),
    PlanKind.DETAILED: frozenset({"base-studies", "expert-opinion", "risk-assessment", "tables"}),
}


def lines_of(kind: str) -> list[tuple[DossierItem, bool]]:
    """All lines in the usual order, each with whether a plan of this kind must have it."""
    advised = ADVISED.get(kind, ADVISED[PlanKind.OVERALL])
    return [(one, one.key not in advised) for one in TABLE]
