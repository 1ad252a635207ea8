"""Gate, publishing and phases for programs."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from consult.workflow import actions, gates, queries
from consult.workflow.audits import audits_of
from consult.workflow.impacts import consent_impact_of, repeating_rounds
from consult.workflow.models import PhaseStep
from plans.register.api.given import values_of
from plans.register.api.plans import RevisionSerializer
from plans.register.enums import PUBLISHED_STAGES
from plans.register.queries import get_plan
from plans.register.rules import require_draft_sight


class BlockerSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    text = serializers.CharField()
    url = serializers.CharField()


class GateSerializer(serializers.Serializer[Any]):
    phase = serializers.IntegerField()
    blockers = BlockerSerializer(many=True)


class ChangeSerializer(serializers.Serializer[Any]):
    key = serializers.CharField(source="reading.key")
    number = serializers.CharField(source="reading.number")
    kind = serializers.CharField()
    concerned = serializers.ListField(child=serializers.CharField())


class PublishRevisionSerializer(serializers.Serializer[Any]):
    stage = serializers.ChoiceField(choices=PUBLISHED_STAGES)
    note_zh = serializers.CharField(max_length=300, default="", allow_blank=True)
    note_en = serializers.CharField(max_length=300, default="", allow_blank=True)
    freeze = serializers.BooleanField(default=False)
    accepts_gaps = serializers.BooleanField(default=False)


class AuditSerializer(serializers.Serializer[Any]):
    kind = serializers.CharField()
    item = serializers.CharField()
    text = serializers.CharField()
    url = serializers.CharField()


class ImpactLineSerializer(serializers.Serializer[Any]):
    item = serializers.CharField(source="key")
    label = serializers.CharField()  # type: ignore[assignment]
    kinds = serializers.ListField(child=serializers.CharField())
    why = serializers.DictField(child=serializers.CharField())
    value = serializers.CharField()
    goes_to = serializers.ListField(child=serializers.CharField())


class ImpactPartySerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    lines = ImpactLineSerializer(many=True)


class ImpactAdviceSerializer(serializers.Serializer[Any]):
    labels = serializers.ListField(child=serializers.CharField())
    fallen = serializers.IntegerField()
    parties = serializers.IntegerField()
    alone = serializers.IntegerField()
    is_heading = serializers.BooleanField()
    may_be_editorial = serializers.BooleanField()
    is_claimed = serializers.BooleanField()


class ConsentImpactSerializer(serializers.Serializer[Any]):
    is_open = serializers.BooleanField()
    is_sealed = serializers.BooleanField()
    items = serializers.IntegerField()
    standing = serializers.IntegerField()
    number = serializers.IntegerField()
    fallen = ImpactPartySerializer(many=True)
    staying = ImpactPartySerializer(many=True)
    advice = ImpactAdviceSerializer(many=True)


class RepeatingSerializer(serializers.Serializer[Any]):
    unconsulted = serializers.ListField(child=serializers.CharField())
    unexplained = serializers.ListField(child=serializers.CharField())


class ImpactSerializer(serializers.Serializer[Any]):
    consent = ConsentImpactSerializer(allow_null=True)
    comments = serializers.IntegerField()
    rounds = RepeatingSerializer()


class ReopenSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=300)
    items = serializers.ListField(
        child=serializers.SlugField(), default=list, help_text="Keys whose sign-off ends."
    )


class PhaseStepSerializer(serializers.ModelSerializer[PhaseStep]):
    class Meta:
        model = PhaseStep
        fields = ["from_phase", "to_phase", "mandate", "reason", "at"]


class GateView(APIView):
    @extend_schema(responses=GateSerializer)
    def get(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        found = {"phase": plan.phase, "blockers": gates.blockers_of(plan)}
        return Response(GateSerializer(found).data)


class PendingView(GenericAPIView[Any]):
    """The changes since the last revision, as publishing would take them."""

    @extend_schema(responses=ChangeSerializer(many=True))
    def get(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        require_draft_sight(actor=request.actor, plan=plan)
        changes: Any = queries.pending(plan).changes
        page: Any = self.paginate_queryset(changes)
        return self.get_paginated_response(ChangeSerializer(page, many=True).data)


class AuditsView(GenericAPIView[Any]):
    """What is missing in the working draft, as the page of publishing lists it."""

    @extend_schema(responses=AuditSerializer(many=True))
    def get(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        require_draft_sight(actor=request.actor, plan=plan)
        found: Any = audits_of(plan)
        page: Any = self.paginate_queryset(found)
        return self.get_paginated_response(AuditSerializer(page, many=True).data)


class ImpactView(APIView):
    """What publishing the draft would cost in consent, which comments stand otherwise, and which
    items need a round again. Of a sealed sign-off only how many items change."""

    @extend_schema(responses=ImpactSerializer)
    def get(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        require_draft_sight(actor=request.actor, plan=plan)
        found = queries.pending(plan)
        said = {
            "consent": consent_impact_of(plan, found, actor=request.actor),
            "comments": queries.moving_comments(found, plan=plan, actor=request.actor).number,
            "rounds": repeating_rounds(plan),
        }
        return Response(ImpactSerializer(said).data)


class PublishView(APIView):
    @extend_schema(request=PublishRevisionSerializer, responses={201: RevisionSerializer})
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        values = values_of(PublishRevisionSerializer, request)
        revision = actions.publish(actor=request.actor, plan=plan, **values)
        return Response(RevisionSerializer(revision).data, status=201)


class AdvanceView(APIView):
    @extend_schema(request=None, responses={201: PhaseStepSerializer})
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        step = actions.advance(actor=request.actor, plan=plan)
        return Response(PhaseStepSerializer(step).data, status=201)


class ReopenView(APIView):
    @extend_schema(request=ReopenSerializer, responses={201: PhaseStepSerializer})
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        values = values_of(ReopenSerializer, request)
        step = actions.reopen(actor=request.actor, plan=plan, **values)
        return Response(PhaseStepSerializer(step).data, status=201)


class AcceptReopeningView(APIView):
    """Accept a party's request: its items go back to joint preparation."""

    @extend_schema(request=None, responses={201: PhaseStepSerializer})
    def post(self, request: Request, key: str, pk: int) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        step = actions.accept_reopening(actor=request.actor, plan=plan, pk=pk)
        return Response(PhaseStepSerializer(step).data, status=201)


urlpatterns = [
    path("plans/<slug:key>/gate/", GateView.as_view()),
    path("plans/<slug:key>/pending/", PendingView.as_view()),
    path("plans/<slug:key>/audits/", AuditsView.as_view()),
    path("plans/<slug:key>/impact/", ImpactView.as_view()),
    path("plans/<slug:key>/publish/", PublishView.as_view()),
    path("plans/<slug:key>/advance/", AdvanceView.as_view()),
    path("plans/<slug:key>/reopen/", ReopenView.as_view()),
    path("plans/<slug:key>/reopen/<int:pk>/accept/", AcceptReopeningView.as_view()),
]
