"""The plan family, the transmission table and the parties' weights for programs."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from plans.register import actions, queries
from plans.register.api.given import values_of
from plans.register.enums import TransmissionValue
from plans.register.models import Party, Plan, TransmissionAnswer, UpperRequirement
from plans.register.steps import Demanded
from stakeholders.terms.actor import Actor


def seen_parent(*, actor: Actor, key: str) -> Plan | None:
    """The plan named as upper one: NotVisible where it is not for `actor`, None for ""."""
    return queries.get_plan(actor=actor, key=key) if key else None


class ParentSerializer(serializers.Serializer[Any]):
    parent: Any = serializers.SlugField(
        allow_blank=True, help_text="key of the upper plan, or empty"
    )


class FamilySerializer(serializers.Serializer[Any]):
    """Keys of plans; `upper` is null where there is none that the caller may see."""

    upper = serializers.CharField(allow_null=True)
    sisters = serializers.ListField(child=serializers.CharField())
    lower = serializers.ListField(child=serializers.CharField())


class ChangePartySerializer(serializers.Serializer[Any]):
    must_sign = serializers.BooleanField()
    weight = serializers.DecimalField(max_digits=9, decimal_places=3)


class ChangedPartySerializer(serializers.ModelSerializer[Party]):
    class Meta:
        model = Party
        fields = ["jurisdiction", "role", "must_sign", "weight"]


class RequirementSerializer(serializers.Serializer[Any]):
    title_zh = serializers.CharField(max_length=200)
    title_en = serializers.CharField(max_length=300, default="", allow_blank=True)
    value = serializers.CharField(max_length=500, default="", allow_blank=True)
    source: Any = serializers.CharField(max_length=200)


class EditRequirementSerializer(RequirementSerializer):
    edits = serializers.IntegerField()


class RemoveRequirementSerializer(serializers.Serializer[Any]):
    edits = serializers.IntegerField()


class RequirementReadingSerializer(serializers.ModelSerializer[UpperRequirement]):
    class Meta:
        model = UpperRequirement
        fields = ["number", "title_zh", "title_en", "value", "source", "edits"]


class AnswerReadingSerializer(serializers.ModelSerializer[TransmissionAnswer]):
    class Meta:
        model = TransmissionAnswer
        fields = ["value", "reason", "carried_by", "wording", "at"]


class TransmittedSerializer(serializers.Serializer[Any]):
    """One binding content of the upper plan and the answer that counts."""

    ref = serializers.CharField(source="required.ref")
    number = serializers.CharField(source="required.number")
    title_zh = serializers.CharField(source="required.title_zh")
    title_en = serializers.CharField(source="required.title_en")
    text_zh = serializers.CharField(source="required.text_zh")
    text_en = serializers.CharField(source="required.text_en")
    source: Any = serializers.CharField(source="required.source")
    wording = serializers.CharField(source="required.wording")
    state = serializers.CharField()
    answer = AnswerReadingSerializer(allow_null=True)


class AnswerSerializer(serializers.Serializer[Any]):
    item = serializers.SlugField(default="", allow_blank=True, help_text="key of the upper item")
    requirement = serializers.IntegerField(default=0, help_text="number of a listed requirement")
    wording = serializers.CharField(max_length=80, help_text="the hash of what is answered")
    value = serializers.ChoiceField(choices=TransmissionValue.choices)
    reason = serializers.CharField(default="", allow_blank=True, max_length=4000)
    carried_by = serializers.ListField(child=serializers.CharField(max_length=60), default=list)


class FamilyView(APIView):
    """The plans of the family that the token's mandate may see."""

    @extend_schema(responses=FamilySerializer)
    def get(self, request: Request, key: str) -> Response:
        plan = queries.get_plan(actor=request.actor, key=key)
        return Response(_family(request, plan))


def _family(request: Request, plan: Plan) -> dict[str, object]:
    family = queries.family_of(actor=request.actor, plan=plan)
    return {
        "upper": family.upper.key if family.upper else None,
        "sisters": [one.key for one in family.sisters],
        "lower": [one.plan.key for one in family.lower],
    }


class ParentView(APIView):
    """Puts a plan below an upper one."""

    @extend_schema(request=ParentSerializer, responses=FamilySerializer)
    def post(self, request: Request, key: str) -> Response:
        plan = queries.get_plan(actor=request.actor, key=key)
        named = values_of(ParentSerializer, request)["parent"]
        parent = seen_parent(actor=request.actor, key=named)
        plan = actions.set_parent_plan(actor=request.actor, plan=plan, parent=parent)
        return Response(_family(request, plan))


class ChangePartyView(APIView):
    @extend_schema(request=ChangePartySerializer, responses=ChangedPartySerializer)
    def put(self, request: Request, key: str, code: str) -> Response:
        plan = queries.get_plan(actor=request.actor, key=key)
        values = values_of(ChangePartySerializer, request)
        party = actions.change_party(actor=request.actor, plan=plan, code=code, **values)
        return Response(ChangedPartySerializer(party).data)


class RequirementListView(APIView):
    """Lists a binding content of an upper plan that is not on this site."""

    @extend_schema(request=RequirementSerializer, responses={201: RequirementReadingSerializer})
    def post(self, request: Request, key: str) -> Response:
        plan = queries.get_plan(actor=request.actor, key=key)
        demanded = Demanded(**values_of(RequirementSerializer, request))
        row = actions.add_requirement(actor=request.actor, plan=plan, demanded=demanded)
        return Response(RequirementReadingSerializer(row).data, status=201)


class RequirementView(APIView):
    @extend_schema(request=EditRequirementSerializer, responses=RequirementReadingSerializer)
    def put(self, request: Request, key: str, number: int) -> Response:
        plan = queries.get_plan(actor=request.actor, key=key)
        values = values_of(EditRequirementSerializer, request)
        edits = values.pop("edits")
        row = actions.edit_requirement(
            actor=request.actor,
            plan=plan,
            requirement=queries.get_requirement(plan, number=number),
            edits=edits,
            demanded=Demanded(**values),
        )
        return Response(RequirementReadingSerializer(row).data)


class RequirementRemoveView(APIView):
    @extend_schema(request=RemoveRequirementSerializer, responses={204: None})
    def post(self, request: Request, key: str, number: int) -> Response:
        plan = queries.get_plan(actor=request.actor, key=key)
        values = values_of(RemoveRequirementSerializer, request)
        requirement = queries.get_requirement(plan, number=number)
        actions.remove_requirement(
            actor=request.actor, plan=plan, requirement=requirement, **values
        )
        return Response(status=204)


class TransmissionView(GenericAPIView[TransmissionAnswer]):
    """What the upper plan binds this plan to; POST answers one content."""

    serializer_class = TransmittedSerializer

    @extend_schema(responses=TransmittedSerializer(many=True))
    def get(self, request: Request, key: str) -> Response:
        plan = queries.get_plan(actor=request.actor, key=key)
        rows: Any = queries.transmission_of(actor=request.actor, plan=plan)
        page: Any = self.paginate_queryset(rows)
        return self.get_paginated_response(TransmittedSerializer(page, many=True).data)

    @extend_schema(request=AnswerSerializer, responses={201: AnswerReadingSerializer})
    def post(self, request: Request, key: str) -> Response:
        plan = queries.get_plan(actor=request.actor, key=key)
        values = values_of(AnswerSerializer, request)
        row = queries.get_required(
            actor=request.actor,
            plan=plan,
            item=values.pop("item"),
            listed=values.pop("requirement"),
        )
        answer = actions.answer_transmission(actor=request.actor, plan=plan, row=row, **values)
        return Response(AnswerReadingSerializer(answer).data, status=201)


PLAN = "plans/<slug:key>/"
urlpatterns = [
    path(PLAN + "family/", FamilyView.as_view()),
    path(PLAN + "family/parent/", ParentView.as_view()),
    path(PLAN + "parties/<slug:code>/", ChangePartyView.as_view()),
    path(PLAN + "requirements/", RequirementListView.as_view()),
    path(PLAN + "requirements/<int:number>/", RequirementView.as_view()),
    path(PLAN + "requirements/<int:number>/remove/", RequirementRemoveView.as_view()),
    path(PLAN + "transmission/", TransmissionView.as_view()),
]
