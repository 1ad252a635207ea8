"""Shapes of what the API of the joint organization takes and gives."""

from decimal import Decimal
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from consult.ballots.models import Ballot, BallotEnd
from consult.phase1_organization.base_set import BaseSet
from consult.phase1_organization.enums import (
    Answer,
    BaseState,
    Competence,
    InvitationState,
    ItemClass,
    LadderLevel,
    LeaverInBallots,
    Override,
    RenewingHeading,
    SilenceInRound,
    SilenceInSignOff,
    Stance,
    TwoPersonAct,
)
from consult.phase1_organization.models import Charter, Invitation, InvitationAnswer
from consult.phase1_organization.sentences import Sentence, rule_sentence
from plans.register.api.given import InstantField
from plans.register.enums import PartyRole


class AnswerSerializer(serializers.ModelSerializer[InvitationAnswer]):
    class Meta:
        model = InvitationAnswer
        fields = [
            "id",
            "answer",
            "role_asked",
            "text",
            "letter_number",
            "letter_on",
            "issuer",
            "letter_file",
            "at",
        ]


class InvitationSerializer(serializers.ModelSerializer[Invitation]):
    plan = serializers.CharField(source="plan.key")
    jurisdiction = serializers.CharField(source="jurisdiction_id")
    state = serializers.ChoiceField(choices=InvitationState.choices, read_only=True)
    newest_answer = AnswerSerializer(allow_null=True, read_only=True)

    class Meta:
        model = Invitation
        fields = [
            "id",
            "plan",
            "jurisdiction",
            "role",
            "must_sign",
            "weight",
            "message",
            "invited_at",
            "answer_by",
            "state",
            "newest_answer",
        ]


class AskingSerializer(serializers.Serializer[None]):
    jurisdiction = serializers.CharField(max_length=6)
    role = serializers.ChoiceField(choices=PartyRole.choices)
    answer_by = InstantField()
    must_sign = serializers.BooleanField(default=False)
    weight = serializers.DecimalField(max_digits=9, decimal_places=3, default=Decimal(1))
    message = serializers.CharField(max_length=4000, default="", allow_blank=True)


class InviteSerializer(serializers.Serializer[None]):
    invitations = AskingSerializer(many=True)


class ReplySerializer(serializers.Serializer[None]):
    answer = serializers.ChoiceField(choices=Answer.choices)
    role_asked = serializers.ChoiceField(choices=PartyRole.choices, default="", allow_blank=True)
    text = serializers.CharField(max_length=4000, default="", allow_blank=True)
    letter_number = serializers.CharField(max_length=80, default="", allow_blank=True)
    letter_on = serializers.DateField(default=None, allow_null=True)
    issuer = serializers.CharField(max_length=120, default="", allow_blank=True)
    letter_file = serializers.UUIDField(
        default=None, allow_null=True, help_text="The id of an upload of one's own."
    )


class RungSerializer(serializers.Serializer[None]):
    level = serializers.ChoiceField(choices=LadderLevel.choices)
    working_days = serializers.IntegerField()
    seat_zh = serializers.CharField(max_length=200, default="", allow_blank=True)
    seat_en = serializers.CharField(max_length=200, default="", allow_blank=True)


class ClauseSerializer(serializers.Serializer[None]):
    key = serializers.CharField(max_length=12)
    zh = serializers.CharField(max_length=2000)
    en = serializers.CharField(max_length=2000, default="", allow_blank=True)
    value = serializers.CharField(max_length=300, default="", allow_blank=True)


class CharterContentSerializer(serializers.Serializer[None]):
    rules = serializers.DictField(child=serializers.JSONField())
    silence_in_round = serializers.ChoiceField(choices=SilenceInRound.choices)
    silence_in_sign_off = serializers.ChoiceField(choices=SilenceInSignOff.choices)
    round_days = serializers.IntegerField()
    urgent_round_days = serializers.IntegerField()
    ladder = RungSerializer(many=True)
    two_person = serializers.ListField(child=serializers.ChoiceField(choices=TwoPersonAct.choices))
    override = serializers.ChoiceField(choices=Override.choices)
    partial_adoption = serializers.BooleanField()
    clauses = ClauseSerializer(many=True)
    confirmation_days = serializers.IntegerField(required=False)
    competence = serializers.ChoiceField(choices=Competence.choices, required=False)
    weights = serializers.DictField(
        child=serializers.DictField(child=serializers.CharField()),
        required=False,
        help_text="Name of the weight, code of a co-maker, exact decimal.",
    )
    weight_sources = serializers.DictField(child=serializers.CharField(), required=False)
    ad_referendum_days = serializers.IntegerField(required=False, allow_null=True)
    reopening_days = serializers.IntegerField(required=False, allow_null=True)
    renewing_headings = serializers.ListField(
        child=serializers.ChoiceField(choices=RenewingHeading.choices), required=False
    )
    renew_reserved = serializers.BooleanField(required=False)
    withdrawal_days = serializers.IntegerField(required=False, allow_null=True)
    leaver_in_open_ballots = serializers.ChoiceField(
        choices=LeaverInBallots.choices, required=False
    )


class ProposeSerializer(serializers.Serializer[None]):
    content = CharterContentSerializer()
    note = serializers.CharField(max_length=300, default="", allow_blank=True)


class SentenceSerializer(serializers.Serializer[None]):
    """One sentence in both languages."""

    zh = serializers.CharField()
    en = serializers.CharField()


class CharterSerializer(serializers.ModelSerializer[Charter]):
    content = serializers.SerializerMethodField()
    is_in_force = serializers.SerializerMethodField()
    sentences = serializers.SerializerMethodField()

    class Meta:
        model = Charter
        fields = ["number", "hash", "note", "proposed_at", "is_in_force", "content", "sentences"]

    @extend_schema_field(serializers.DictField(child=SentenceSerializer()))
    def get_sentences(self, charter: Charter) -> dict[str, Sentence]:
        """The rule of each class, read back."""
        names = self.context.get("names")
        return {key: rule_sentence(rule, names) for key, rule in charter.content.rules.items()}

    @extend_schema_field(CharterContentSerializer)
    def get_content(self, charter: Charter) -> dict[str, object]:
        return charter.content.as_dict()

    def get_is_in_force(self, charter: Charter) -> bool:
        return bool(charter.pk == self.context.get("in_force"))


class TrialSerializer(serializers.Serializer[None]):
    """A case: of a charter by its number, or of a `content` not proposed yet.

    `positions`: code of a co-maker to what it does; who is not named says nothing.
    """

    charter = serializers.IntegerField(required=False)
    content = CharterContentSerializer(required=False)
    item_class = serializers.ChoiceField(choices=ItemClass.choices)
    positions = serializers.DictField(
        child=serializers.ChoiceField(choices=Stance.choices), required=False, default=dict
    )
    closed = serializers.BooleanField(default=True)


class TriedRequirementSerializer(serializers.Serializer[None]):
    kind = serializers.CharField()
    state = serializers.CharField()
    have = serializers.CharField()
    need = serializers.CharField()
    explain = SentenceSerializer()


class TriedSerializer(serializers.Serializer[Any]):
    """The answer of the consensus rules, and the rule as a sentence."""

    state = serializers.CharField()
    requirements = TriedRequirementSerializer(many=True)
    still_needed = SentenceSerializer()
    warnings = serializers.ListField(child=serializers.CharField())
    sentence = SentenceSerializer()


class CharterPositionSerializer(serializers.Serializer[None]):
    jurisdiction = serializers.CharField(source="jurisdiction_id")
    value = serializers.CharField()
    text = serializers.CharField()
    wording = serializers.CharField()
    at = serializers.DateTimeField()


class CharterBallotSerializer(serializers.Serializer[Ballot]):
    """`answered`: codes; `positions`: of a sealed ballot until its hour one's own only."""

    id = serializers.IntegerField()
    charter = serializers.CharField(source="subject_id")
    opened_at = serializers.DateTimeField()
    closes_at = serializers.DateTimeField(allow_null=True)
    is_sealed = serializers.BooleanField()
    outcome = serializers.CharField(source="end.outcome", default=None, allow_null=True)
    answered = serializers.ListField(child=serializers.CharField())
    positions = CharterPositionSerializer(many=True, source="newest")


class OpenCharterBallotSerializer(serializers.Serializer[None]):
    closes_at = serializers.DateTimeField()
    is_sealed = serializers.BooleanField(default=False)


class CharterReasonSerializer(serializers.Serializer[None]):
    reason = serializers.CharField(max_length=2000)


class CharterBallotEndSerializer(serializers.ModelSerializer[BallotEnd]):
    class Meta:
        model = BallotEnd
        fields = ["outcome", "reason", "at"]


class BaseFileSerializer(serializers.Serializer[Any]):
    number = serializers.IntegerField(source="pk")
    purpose = serializers.CharField()
    title_zh = serializers.CharField()
    title_en = serializers.CharField()
    sha256 = serializers.CharField(source="file.sha256")


class BaseSetSerializer(serializers.Serializer[BaseSet]):
    """`agreed_hash` is that of the set agreed last; `agreed_at` when."""

    state = serializers.ChoiceField(choices=BaseState.choices)
    hash = serializers.CharField()
    attachments = BaseFileSerializer(many=True)
    ballot = serializers.IntegerField(source="running.pk", default=None, allow_null=True)
    agreed_hash = serializers.CharField(source="agreed.subject_hash", default=None, allow_null=True)
    agreed_at = serializers.DateTimeField(source="agreed.end.at", default=None, allow_null=True)
