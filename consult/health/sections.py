"""The sections of a check, by kind. Each party fills them for itself.

They follow what a plan's yearly check and five-year evaluation report on (一年一体检、五年一评估):
conclusions, indicators, tasks of the provisions, projects, cases, what was reserved, problems and
proposals; the evaluation adds what the plan did to the territory and whether it still fits.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from consult.health.enums import CheckKind


@dataclass(frozen=True, kw_only=True)
class Section:
    """`key` names it in forms and programs; what is asked stands below its title."""

    key: str
    title_zh: str
    title_en: str
    asks_zh: str
    asks_en: str


_YEARLY: tuple[Section, ...] = (
    Section(
        key="conclusions",
        title_zh="主要结论",
        title_en="Main conclusions",
        asks_zh="本地一年来规划实施的总体判断，不超过五条。",
        asks_en="The year's implementation on your territory in no more than five sentences.",
    ),
    Section(
        key="indicators",
        title_zh="指标完成情况",
        title_en="Indicators",
        asks_zh="与年度目标的差距、原因和数据来源；已填报的读数自动列入报告。",
        asks_en="How far from the year's targets, why, and the source of the figures; readings "
        "that were reported stand in the report by themselves.",
    ),
    Section(
        key="tasks",
        title_zh="条款落实和责任分工",
        title_en="Provisions and tasks",
        asks_zh="约束性条款和责任分工表任务的落实、未启动事项及原因。",
        asks_en="What was done for the binding provisions and their tasks, what was not begun, why.",
    ),
    Section(
        key="projects",
        title_zh="重点项目",
        title_en="Joint projects",
        asks_zh="进度、资金份额到位情况和堵点。",
        asks_en="Progress, shares of cost that were paid, blockages.",
    ),
    Section(
        key="cases",
        title_zh="预警处置",
        title_en="Warnings and cases",
        asks_zh="预警的原因、已采取措施和效果。",
        asks_en="The causes of warnings, the measures taken and what came of them.",
    ),
    Section(
        key="reservations",
        title_zh="保留意见和协商事项",
        title_en="Reservations and matters",
        asks_zh="保留意见、未结协调事项和承诺的进展。",
        asks_en="What became of reservations, open matters and commitments.",
    ),
    Section(
        key="proposals",
        title_zh="问题和建议",
        title_en="Problems and proposals",
        asks_zh="需要共同解决的问题，对规划修改或者下一轮规划的建议。",
        asks_en="Problems to be solved together; proposals for amendments or for the next plan.",
    ),
)
_EVALUATION: tuple[Section, ...] = (
    *_YEARLY[:-1],
    Section(
        key="effects",
        title_zh="五年实施成效",
        title_en="Effects of five years",
        asks_zh="五年来空间格局、生态环境、设施互通和公共服务的变化。",
        asks_en="What changed in five years in land, environment, networks and services.",
    ),
    Section(
        key="fitness",
        title_zh="规划适应性",
        title_en="Whether the plan still fits",
        asks_zh="外部条件变化，哪些条款、指标仍然适用，哪些需要修改。",
        asks_en="What changed around the plan; which provisions and indicators still fit and which "
        "do not.",
    ),
    _YEARLY[-1],
)
SECTIONS: Mapping[str, Sequence[Section]] = {
    CheckKind.YEARLY.value: _YEARLY,
    CheckKind.EVALUATION.value: _EVALUATION,
}
