"""Which papers each kind of plan needs before it leaves joint preparation, and by which rule. Pure.

One table: a paper, the rule that asks for it, and how it comes about. What the table asks for and a
plan does not need is said so by the joint office, with a reason, and confirmed by another party.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from plans.register.enums import PlanKind
from stakeholders.terms.duty import Text


class By(StrEnum):
    """What brings a paper about."""

    DOCUMENT = "document"  # filed by the joint office
    DISPLAY = "display"  # a closed display round whose result sheet is issued; or a document
    EXPERTS = "experts"  # a finished collective opinion of the platform; or a document
    NEIGHBOURS = "neighbours"  # the opinions of the consulted neighbours, all answered


@dataclass(frozen=True, kw_only=True)
class Paper:
    """`source` is the rule."""

    key: str
    name: Text
    source: Text
    by: By = By.DOCUMENT

    @property
    def is_collective(self) -> bool:
        """Whether a document filed for it names who signed: a chair and members."""
        return self.by is By.EXPERTS


_PLANNING_LAW_26 = _(
    "Urban and Rural Planning Law, art. 26: display of 30 days at least, experts and the public heard"
)
PAPERS: Mapping[str, Paper] = {
    one.key: one
    for one in (
        Paper(
            key="expert-opinion",
            name=_("Collective expert opinion"),
            source=_(
                "Urban and Rural Planning Law, art. 26; Interim Regulations on Major Administrative "
                "Decisions (State Council Order 713), art. 19"
            ),
            by=By.EXPERTS,
        ),
        Paper(
            key="legal-review",
            name=_("Legal review"),
            source=_(
                "Interim Regulations on Major Administrative Decisions (State Council Order 713), "
                "art. 25"
            ),
        ),
        Paper(
            key="risk-assessment",
            name=_("Risk assessment"),
            source=_(
                "Interim Regulations on Major Administrative Decisions (State Council Order 713), "
                "art. 22"
            ),
        ),
        Paper(
            key="public-display",
            name=_("Public display and its result"),
            source=_PLANNING_LAW_26,
            by=By.DISPLAY,
        ),
        Paper(
            key="neighbour-opinions",
            name=_("Written opinions of the consulted neighbours"),
            source=_(
                "The parties' charter: whom the plan touches is asked and answered in writing"
            ),
            by=By.NEIGHBOURS,
        ),
    )
}
ALL = tuple(PAPERS)
# Kind of plan -> the papers without which it stays in preparation.
REQUIRED: Mapping[str, tuple[str, ...]] = {
    PlanKind.OVERALL: ALL,
    PlanKind.SPECIAL_TOPIC: (
        "expert-opinion",
        "legal-review",
        "public-display",
        "neighbour-opinions",
    ),
    PlanKind.DETAILED: ("legal-review", "public-display", "neighbour-opinions"),
}


def papers_of(kind: str) -> list[tuple[Paper, bool]]:
    """All papers in the order of the work, each with whether a plan of this kind must have it."""
    required = REQUIRED.get(kind, ALL)
    return [(paper, key in required) for key, paper in PAPERS.items()]
