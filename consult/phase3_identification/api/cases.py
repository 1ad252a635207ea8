"""The shape of a consensus case and of its answer, for the description of the API.

Cases are read by `consult.consensus` itself, which names the path to whatever it does not understand.
"""

from io import BytesIO
from typing import IO, Any

from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers
from rest_framework.parsers import BaseParser

from consult.consensus import CaseError, read_json
from consult.consensus.requirements import KEYS

MOST_BYTES = 2_000_000
KINDS = tuple((kind, kind) for kind in KEYS)
CASE_STATES = tuple((state, state) for state in ("open", "passed", "failed"))
REQUIREMENT_STATES = tuple((s, s) for s in ("met", "unmet", "reachable", "unreachable"))


class CaseParser(BaseParser):
    """JSON of a bounded size, read as the command reads it: no key twice, no NaN, no half character."""

    media_type = "application/json"

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: object = None
    ) -> Any:
        raw = (stream or BytesIO()).read(MOST_BYTES + 1)
        if len(raw) > MOST_BYTES:
            raise CaseError(f"is longer than {MOST_BYTES} bytes", "")
        try:
            return read_json(raw.decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            raise CaseError("is not UTF-8", "") from error


class CaseFlagsSerializer(serializers.Serializer[Any]):
    """What a value does: each flag one thing."""

    blocks = serializers.BooleanField(default=False)
    needs_text = serializers.BooleanField(default=False)
    leaves_electorate = serializers.BooleanField(default=False)


class CaseRequirementSerializer(serializers.Serializer[Any]):
    """One requirement; which keys it takes depends on its kind."""

    kind = serializers.ChoiceField(choices=KINDS)
    of = serializers.ListField(
        child=serializers.JSONField(),
        required=False,
        help_text="Names of values; for `any` and `all` further requirements.",
    )
    over = serializers.JSONField(required=False, help_text='Names of values, or "electorate".')
    by = serializers.ListField(child=serializers.CharField(), required=False)
    weight = serializers.CharField(required=False)
    at_least = serializers.JSONField(
        required=False, help_text='A fraction like "2/3"; a whole number for `min_count`.'
    )
    at_most = serializers.JSONField(
        required=False, help_text='A fraction like "1/4"; a whole number for `max_count`.'
    )
    strict = serializers.BooleanField(default=False)


class CaseRuleSerializer(serializers.Serializer[Any]):
    """Requirements that must all be met, and what silence means at the close."""

    silence = serializers.CharField(default="none")
    requirements = CaseRequirementSerializer(many=True)


class CasePartySerializer(serializers.Serializer[Any]):
    """A party with its weights by name, as decimal strings."""

    id = serializers.CharField()
    weights = serializers.DictField(child=serializers.CharField(), required=False)


class CasePositionSerializer(serializers.Serializer[Any]):
    """A position; the last one of a party counts."""

    party = serializers.CharField()
    value = serializers.CharField()
    text = serializers.CharField(required=False)


class CaseSerializer(serializers.Serializer[Any]):
    """A case of the consensus rules."""

    rule = CaseRuleSerializer()
    values = serializers.DictField(child=CaseFlagsSerializer())
    parties = CasePartySerializer(many=True)
    positions = CasePositionSerializer(many=True)
    closed = serializers.BooleanField()


class CaseSentenceSerializer(serializers.Serializer[Any]):
    """One sentence in both languages."""

    zh = serializers.CharField()
    en = serializers.CharField()


class CaseStandingSerializer(serializers.Serializer[Any]):
    """Where one requirement stands."""

    kind = serializers.ChoiceField(choices=KINDS)
    state = serializers.ChoiceField(choices=REQUIREMENT_STATES)
    have = serializers.CharField()
    need = serializers.CharField()
    explain = CaseSentenceSerializer()


class CaseAnswerSerializer(serializers.Serializer[Any]):
    """Where a case stands."""

    state = serializers.ChoiceField(choices=CASE_STATES)
    requirements = CaseStandingSerializer(many=True)
    still_needed = CaseSentenceSerializer()
    warnings = serializers.ListField(child=serializers.CharField())


class CaseErrorSerializer(serializers.Serializer[Any]):
    """What is wrong with a case, and the path to it."""

    error = serializers.CharField()
    at = serializers.CharField()


EXAMPLES = [
    OpenApiExample(
        "Two of three agree, one is silent",
        request_only=True,
        value={
            "rule": {
                "silence": "none",
                "requirements": [
                    {"kind": "no_block"},
                    {
                        "kind": "min_share",
                        "of": ["agree"],
                        "over": "electorate",
                        "at_least": "2/3",
                    },
                ],
            },
            "values": {"agree": {}, "object": {"blocks": True, "needs_text": True}},
            "parties": [{"id": "A"}, {"id": "B"}, {"id": "C"}],
            "positions": [
                {"party": "A", "value": "agree"},
                {"party": "B", "value": "agree"},
            ],
            "closed": True,
        },
    ),
    OpenApiExample(
        "Passed",
        response_only=True,
        status_codes=["200"],
        value={
            "state": "passed",
            "requirements": [
                {
                    "kind": "no_block",
                    "state": "met",
                    "have": "0",
                    "need": "0",
                    "explain": {
                        "zh": "不得有阻断性异议，现无：已满足。",
                        "en": "nobody may block, now nobody: met.",
                    },
                },
                {
                    "kind": "min_share",
                    "state": "met",
                    "have": "2/3",
                    "need": "2/3",
                    "explain": {
                        "zh": "“agree”占范围内各方的比例不得少于2/3，现为2/3：已满足。",
                        "en": "at least 2/3 of the electorate must say “agree”, now 2 of 3: met.",
                    },
                },
            ],
            "still_needed": {"zh": "无需再表态。", "en": "Nothing more is needed."},
            "warnings": [],
        },
    ),
    OpenApiExample(
        "Not a fraction within 0..1",
        response_only=True,
        status_codes=["400"],
        value={
            "error": "must lie within 0..1",
            "at": "rule.requirements[1].at_least",
        },
    ),
]
