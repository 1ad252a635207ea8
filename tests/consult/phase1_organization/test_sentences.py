import pytest

from consult.phase1_organization.content import share_rule
from consult.phase1_organization.sentences import rule_sentence
from tests.consult.phase1_organization.composed import NAMES

MIXED = {
    "requirements": [
        {
            "kind": "any",
            "of": [
                {
                    "kind": "max_share",
                    "of": ["object"],
                    "over": ["agree", "object"],
                    "at_most": "1/4",
                    "weight": "weight",
                },
                {"kind": "min_count", "of": ["agree"], "at_least": 9},
            ],
        },
        {"kind": "no_veto", "by": ["310118"], "of": ["object"]},
    ]
}
UNANIMOUS_ZH = (
    "无任何一方提出附理由的异议，且有关各方全部同意或附保留意见同意；逾期未表态不视为同意。"
)
UNANIMOUS_EN = (
    "No party objects with a reason, and all parties concerned agree or agree with a "
    "reservation; silence never counts as consent."
)
HALF_ZH = "有关各方中超过二分之一同意或附保留意见同意；逾期未表态视为同意。"
HALF_EN = (
    "More than half of the parties concerned agree or agree with a reservation; a silent "
    "party is taken to agree."
)
MIXED_ZH = (
    "满足之一（在表态为同意或不同意的各方中按权重计不超过四分之一不同意，或者同意的不少于9方），"
    "且青浦区不持“不同意”；逾期未表态不视为同意。"
)
MIXED_EN = (
    "Either (of the parties that agree or object, at most a quarter (counted by weight) object, "
    "or at least 9 parties agree), and Qingpu District does not object; silence never counts as "
    "consent."
)
POPULATION = {
    "silence": "abstain",
    "requirements": [
        {
            "kind": "min_share",
            "of": ["agree"],
            "over": "electorate",
            "at_least": "65/100",
            "weight": "population",
        },
        {"kind": "quorum", "of": ["agree", "abstain", "object"], "at_least": "625/1000"},
        {"kind": "no_veto", "by": ["310118", "320509"], "of": ["object"]},
        {"kind": "max_count", "of": ["object"], "at_most": 1},
    ],
}
POPULATION_ZH = (
    "有关各方按人口计不少于65%同意，且有关各方不少于62.5%参加表态（同意、暂不表态或不同意），"
    "且青浦区、吴江区均不持“不同意”，且不同意的不超过1方；逾期未表态视为暂不表态。"
)
POPULATION_EN = (
    "At least 65 % of the parties concerned (counted by population) agree, and at least 62.5 % of "
    "the parties concerned take part (agree, take no position for now or object), and none of "
    "Qingpu District and Wujiang District object, and at most 1 party object; a silent party is "
    "taken to hold no position."
)


@pytest.mark.parametrize(
    ("rule", "zh", "en"),
    [
        (share_rule("1"), UNANIMOUS_ZH, UNANIMOUS_EN),
        (
            share_rule("1/2", is_strict=True, blocks=False, silence="agree"),
            HALF_ZH,
            HALF_EN,
        ),
        (MIXED, MIXED_ZH, MIXED_EN),
        (POPULATION, POPULATION_ZH, POPULATION_EN),
    ],
)
def test_a_rule_is_read_as_a_sentence(rule: dict[str, object], zh: str, en: str) -> None:
    assert rule_sentence(rule, NAMES) == {"zh": zh, "en": en}
