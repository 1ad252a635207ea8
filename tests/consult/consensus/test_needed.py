"""The sentence of what is still needed, and from whom, in both languages."""

from typing import Any

import pytest

from consult.consensus import evaluate

NAMES = {
    "A": {"zh": "青浦区", "en": "Qingpu"},
    "B": {"zh": "吴江区", "en": "Wujiang"},
    "C": {"zh": "嘉善县", "en": "Jiashan"},
}
WORDS = {"agree": {"zh": "同意", "en": "agree"}, "object": {"zh": "异议", "en": "object"}}
SHARE = {"kind": "min_share", "of": ["agree"], "over": "electorate", "at_least": "1"}
COUNT = {"kind": "min_count", "of": ["agree"], "at_least": 2}
CALM = {"kind": "max_share", "of": ["object"], "over": ["agree", "object"], "at_most": "1/2"}
BLOCK = {"kind": "no_block"}
WEIGHED = SHARE | {"weight": "w", "at_least": "1/2"}
HEAVY = {"kind": "min_count", "of": ["agree"], "at_least": 9}


def needed(
    requirements: list[dict[str, Any]], held: dict[str, str], *, closed: bool = True
) -> tuple[str, str]:
    case = {
        "rule": {"silence": "none", "requirements": requirements},
        "values": {
            "agree": {},
            "object": {"blocks": True},
            "abstain": {},
            "recused": {"leaves_electorate": True},
        },
        "parties": [
            {"id": name, "weights": {"w": weight}}
            for name, weight in (("A", "7"), ("B", "0"), ("C", "2.5"))
        ],
        "positions": [{"party": party, "value": value} for party, value in held.items()],
        "closed": closed,
    }
    text = evaluate(case, names=NAMES, value_names=WORDS)["still_needed"]
    return text["zh"], text["en"]


@pytest.mark.parametrize(
    ("requirements", "held", "zh", "en"),
    [
        ([SHARE], {"A": "agree"}, "吴江区、嘉善县表态“同意”", "Wujiang and Jiashan to say “agree”"),
        ([COUNT], {}, "青浦区、吴江区、嘉善县中至少2方表态“同意”",
         "at least 2 of Qingpu, Wujiang and Jiashan to say “agree”"),
        ([BLOCK], {"A": "agree", "B": "object"}, "吴江区解除“异议”", "Wujiang to lift “object”"),
        ([BLOCK, SHARE], {"A": "agree", "B": "object"}, "吴江区解除“异议”；嘉善县表态“同意”",
         "Wujiang to lift “object”; Jiashan to say “agree”"),
        ([SHARE], {"A": "agree", "B": "abstain", "C": "agree"}, "吴江区改为“同意”", "Wujiang to change to “agree”"),
        ([SHARE], {"A": "agree", "B": "abstain", "C": "object"}, "吴江区、嘉善县改为“同意”",
         "Wujiang and Jiashan to change to “agree”"),
        ([WEIGHED], {}, "青浦区、嘉善县中至少1方（权重须足够）表态“同意”",
         "at least 1 of Qingpu and Jiashan (of enough weight) to say “agree”"),
        ([WEIGHED], {"C": "agree"}, "青浦区表态“同意”", "Qingpu to say “agree”"),
        ([CALM], {}, "青浦区、吴江区、嘉善县中至少1方表态“同意”",
         "at least 1 of Qingpu, Wujiang and Jiashan to say “agree”"),
        ([HEAVY], {}, "此项要求在此范围内无法满足", "no positions in this electorate can meet this requirement"),
        ([{"kind": "any", "of": [COUNT, {"kind": "all", "of": [BLOCK, SHARE]}]}], {"A": "agree", "B": "object"},
         "（嘉善县表态“同意”，或者（吴江区解除“异议”，并且嘉善县表态“同意”））",
         "(Jiashan to say “agree”, or (Wujiang to lift “object”, and Jiashan to say “agree”))"),
        ([{"kind": "any", "of": [SHARE, COUNT | {"at_least": 3}]}], {"A": "agree", "C": "agree"}, "吴江区表态“同意”",
         "Wujiang to say “agree”"),
    ],
)  # fmt: skip
def test_still_needed_names_acts_and_parties(
    requirements: list[dict[str, Any]], held: dict[str, str], zh: str, en: str
) -> None:
    assert needed(requirements, held) == (f"尚需：{zh}。", f"Still needed: {en}.")


def test_nothing_is_needed_when_passed_or_when_all_would_be_met() -> None:
    assert needed([BLOCK], {}) == ("无需再表态。", "Nothing more is needed.")
    assert needed([BLOCK], {}, closed=False) == (
        "若此刻截止，各项要求均已满足。",
        "If it closed now, every requirement would be met.",
    )


def test_exact_shares_over_nothing_and_decimals_are_explained() -> None:
    case = {
        "rule": {
            "requirements": [
                CALM,
                WEIGHED | {"strict": True},
                {"kind": "quorum", "of": ["agree"], "at_least": "1"},
            ]
        },
        "values": {"agree": {}, "object": {}},
        "parties": [{"id": "A", "weights": {"w": "1.25"}}, {"id": "B", "weights": {"w": "3"}}],
        "positions": [],
        "closed": True,
    }
    rows = evaluate(case)["requirements"]
    assert [(row["have"], row["need"]) for row in rows] == [
        ("0/0", "1/2"),
        ("0", "1/2"),
        ("0", "1"),
    ]
    assert [row["explain"]["en"] for row in rows] == [
        "at most 1/2 of “agree” or “object” must say “object”, nothing to count yet: not met.",
        "more than 1/2 of the electorate by w must say “agree”, now 0 of 4.25: not met.",
        "quorum: all of the electorate must say “agree”, now 0 of 2: not met.",
    ]
    assert (
        rows[1]["explain"]["zh"]
        == "“agree”占范围内各方的比例（按w计）须超过1/2，现为0/4.25：未满足。"
    )


def test_electorate_that_everybody_left_warns() -> None:
    case = {
        "rule": {"silence": "recused", "requirements": [BLOCK]},
        "values": {"recused": {"leaves_electorate": True}},
        "parties": [{"id": "A"}],
        "positions": [],
        "closed": True,
    }
    assert evaluate(case)["warnings"] == [
        "各方均已退出表态范围 / every party has left the electorate"
    ]


def test_weights_are_called_by_their_names() -> None:
    case = {
        "rule": {
            "requirements": [SHARE | {"weight": weight} for weight in ("population", "gdp", "w")]
        },
        "values": {"agree": {}},
        "parties": [{"id": "A", "weights": {"population": "1", "gdp": "1", "w": "1"}}],
        "positions": [],
        "closed": True,
    }
    names = {"gdp": {"zh": "地区生产总值", "en": "GDP"}}
    rows = evaluate(case, weight_names=names)["requirements"]
    assert [row["explain"]["zh"].partition("（")[2].partition("）")[0] for row in rows] == [
        "按人口计",
        "按地区生产总值计",
        "按w计",
    ]
    assert rows[1]["explain"]["en"] == (
        "all of the electorate by GDP must say “agree”, now 0 of 1: not met."
    )
