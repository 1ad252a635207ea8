import pytest

from consult.phase1_organization.content import share_rule
from consult.phase1_organization.sentences import rule_sentence

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
    "No party objects with a reason and all parties concerned agree or agree with a "
    "reservation; silence never counts as consent."
)
HALF_ZH = "有关各方中超过1/2同意或附保留意见同意；逾期未表态视为“同意”。"
HALF_EN = (
    "More than 1/2 of the parties concerned agree or agree with a reservation; a silent "
    "party is taken to agree."
)
MIXED_ZH = (
    "（同意或不同意的各方中不多于1/4不同意（按weight加权），或者同意的单位不少于9个），"
    "且310118均不持“不同意”；逾期未表态不视为同意。"
)
MIXED_EN = (
    "(at most 1/4 of the parties that agree or object object (weighed by weight) or "
    "at least 9 parties agree) and none of 310118 object; silence never counts as consent."
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
    ],
)
def test_a_rule_is_read_as_a_sentence(rule: dict[str, object], zh: str, en: str) -> None:
    assert rule_sentence(rule) == {"zh": zh, "en": en}
