"""What programs send and read of facts, options, commitments and drafts of an agreement."""

from collections.abc import Iterable
from typing import Any

from rest_framework import serializers

from consult.matters.enums import CommitmentState, StanceValue
from consult.matters.forms import LONG
from consult.matters.models import Matter
from consult.matters.queries import CommitmentRow, agreement_rows, facts_of, options_of

Out = dict[str, Any]


class MatterReasonSerializer(serializers.Serializer[Any]):
    note = serializers.CharField(max_length=LONG)


class GiveSerializer(serializers.Serializer[Any]):
    note = serializers.CharField(max_length=LONG, default="", allow_blank=True)


class RaiseSerializer(MatterReasonSerializer):
    proposal_zh = serializers.CharField(max_length=LONG, default="", allow_blank=True)
    proposal_en = serializers.CharField(max_length=LONG, default="", allow_blank=True)


class RescheduleSerializer(MatterReasonSerializer):
    due_at = serializers.DateTimeField()


class CloseMatterSerializer(MatterReasonSerializer):
    """The difference is reserved until `review_on`."""

    review_on = serializers.DateField()


class JoinSerializer(MatterReasonSerializer):
    code = serializers.CharField(
        max_length=6, default="", allow_blank=True, help_text="For the joint office: which party."
    )


class LinkSerializer(serializers.Serializer[Any]):
    items = serializers.ListField(child=serializers.CharField(max_length=60), max_length=500)


class TextsSerializer(serializers.Serializer[Any]):
    text_zh = serializers.CharField(max_length=LONG, default="", allow_blank=True)
    text_en = serializers.CharField(max_length=LONG, default="", allow_blank=True)


class StateFactSerializer(TextsSerializer):
    source: Any = serializers.CharField(max_length=300)
    corrects = serializers.IntegerField(default=None, allow_null=True, min_value=1)
    file = serializers.UUIDField(
        default=None, allow_null=True, help_text="The id of an upload of one's own."
    )


class EffectSerializer(serializers.Serializer[Any]):
    jurisdiction = serializers.CharField(max_length=6)
    text_zh = serializers.CharField(max_length=300, default="", allow_blank=True)
    text_en = serializers.CharField(max_length=300, default="", allow_blank=True)


class ProposeOptionSerializer(TextsSerializer):
    effects = EffectSerializer(many=True, default=list)


class AnswerOptionSerializer(TextsSerializer):
    value = serializers.ChoiceField(choices=StanceValue.choices)
    version = serializers.IntegerField(default=None, allow_null=True)


class ProposeCommitmentSerializer(TextsSerializer):
    holder = serializers.CharField(max_length=6)
    due_on = serializers.DateField(default=None, allow_null=True)
    needs = serializers.ListField(child=serializers.IntegerField(), default=list)
    needed_by = serializers.ListField(child=serializers.IntegerField(), default=list)


class ProposeAgreementSerializer(TextsSerializer):
    option = serializers.CharField(max_length=4, default="", allow_blank=True)
    items = serializers.ListField(child=serializers.CharField(max_length=60), default=list)
    commitments = serializers.ListField(child=serializers.IntegerField(), default=list)


class AnswerAgreementSerializer(serializers.Serializer[Any]):
    confirms = serializers.BooleanField()
    reason = serializers.CharField(max_length=LONG, default="", allow_blank=True)


class FactSerializer(serializers.Serializer[Any]):
    number = serializers.IntegerField()
    text_zh = serializers.CharField()
    text_en = serializers.CharField()
    source: Any = serializers.CharField()
    corrects = serializers.IntegerField(allow_null=True)
    jurisdiction = serializers.CharField(allow_null=True)
    at = serializers.DateTimeField()


def facts_out(matter: Matter) -> list[Out]:
    return [
        {
            "number": one.number,
            "text_zh": one.text_zh,
            "text_en": one.text_en,
            "source": one.source,
            "corrects": one.corrects.number if one.corrects else None,
            "jurisdiction": one.jurisdiction_id,
            "at": one.at,
        }
        for one in facts_of(matter)
    ]


class OptionAnswerSerializer(serializers.Serializer[Any]):
    jurisdiction = serializers.CharField()
    effect_zh = serializers.CharField()
    effect_en = serializers.CharField()
    value = serializers.CharField()
    text_zh = serializers.CharField()
    text_en = serializers.CharField()
    is_outdated = serializers.BooleanField()


class OptionSerializer(serializers.Serializer[Any]):
    label: Any = serializers.CharField()
    version = serializers.IntegerField()
    text_zh = serializers.CharField()
    text_en = serializers.CharField()
    proposed_by = serializers.CharField(allow_null=True)
    is_withdrawn = serializers.BooleanField()
    parties = OptionAnswerSerializer(many=True)


def options_out(matter: Matter) -> list[Out]:
    found = []
    for row in options_of(matter):
        parties = [
            {
                "jurisdiction": code,
                "effect_zh": said.effect.text_zh if said.effect else "",
                "effect_en": said.effect.text_en if said.effect else "",
                "value": said.stance.value if said.stance else "",
                "text_zh": said.stance.text_zh if said.stance else "",
                "text_en": said.stance.text_en if said.stance else "",
                "is_outdated": said.is_outdated,
            }
            for code, said in sorted(row.said.items())
        ]
        found.append(
            {
                "label": row.option.label,
                "version": row.newest.number,
                "text_zh": row.newest.text_zh,
                "text_en": row.newest.text_en,
                "proposed_by": row.option.jurisdiction_id,
                "is_withdrawn": not row.is_open,
                "parties": parties,
            }
        )
    return found


class CommitmentSerializer(serializers.Serializer[Any]):
    number = serializers.IntegerField()
    holder = serializers.CharField()
    text_zh = serializers.CharField()
    text_en = serializers.CharField()
    due_on = serializers.DateField(allow_null=True)
    stands = serializers.ChoiceField(choices=CommitmentState.choices)
    needs = serializers.ListField(child=serializers.IntegerField())
    waits_for = serializers.ListField(child=serializers.IntegerField())
    broken_by = serializers.ListField(child=serializers.IntegerField())
    package = serializers.ListField(child=serializers.IntegerField())
    is_late = serializers.BooleanField()


def commitments_out(rows: Iterable[CommitmentRow]) -> list[Out]:
    return [
        {
            "number": row.commitment.number,
            "holder": row.commitment.holder_id,
            "text_zh": row.commitment.text_zh,
            "text_en": row.commitment.text_en,
            "due_on": row.commitment.due_on,
            "stands": row.worth.state,
            "needs": [one.number for one in row.needs],
            "waits_for": row.worth.waits_for,
            "broken_by": row.worth.broken_by,
            "package": row.worth.package,
            "is_late": row.worth.is_late,
        }
        for row in rows
    ]


class AgreementAnswerSerializer(serializers.Serializer[Any]):
    jurisdiction = serializers.CharField()
    confirms = serializers.BooleanField(allow_null=True)
    reason = serializers.CharField()


class AgreementSerializer(serializers.Serializer[Any]):
    number = serializers.IntegerField()
    text_zh = serializers.CharField()
    text_en = serializers.CharField()
    option = serializers.CharField()
    items = serializers.ListField(child=serializers.CharField())
    commitments = serializers.ListField(child=serializers.IntegerField())
    answers = AgreementAnswerSerializer(many=True)


def agreements_out(matter: Matter) -> list[Out]:
    """All drafts, the newest last."""
    found = []
    drafts = matter.agreements.select_related("option__option").order_by("number")
    for row in agreement_rows(matter, list(drafts)):
        one = row.agreement
        answers = [
            {
                "jurisdiction": said.jurisdiction.code,
                "confirms": said.answer.confirms if said.answer else None,
                "reason": said.answer.reason if said.answer else "",
            }
            for said in row.answers
        ]
        found.append(
            {
                "number": one.number,
                "text_zh": one.text_zh,
                "text_en": one.text_en,
                "option": one.option.option.label if one.option else "",
                "items": one.items,
                "commitments": one.commitments,
                "answers": answers,
            }
        )
    return found
