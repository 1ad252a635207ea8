"""The commitments of a plan's matters over the API."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from consult.matters.models import Commitment
from consult.matters.queries import committed_matters, standing_commitments
from plans.register.queries import get_plan
from stakeholders.terms import clock


class StandingCommitmentSerializer(serializers.Serializer[Any]):
    """A commitment with what it is worth now; the others are named by number in its matter."""

    matter = serializers.CharField(source="commitment.matter.key")
    number = serializers.IntegerField(source="commitment.number")
    holder = serializers.CharField(source="commitment.holder_id")
    text_zh = serializers.CharField(source="commitment.text_zh")
    text_en = serializers.CharField(source="commitment.text_en")
    due_on = serializers.DateField(source="commitment.due_on", allow_null=True)
    state = serializers.CharField(source="worth.state")
    waits_for = serializers.ListField(child=serializers.IntegerField(), source="worth.waits_for")
    broken_by = serializers.ListField(child=serializers.IntegerField(), source="worth.broken_by")
    package = serializers.ListField(child=serializers.IntegerField(), source="worth.package")


class CommitmentListView(GenericAPIView):
    """Every commitment of a plan, by matter and number."""

    queryset = Commitment.objects.none()
    serializer_class = StandingCommitmentSerializer

    @extend_schema(
        operation_id="plans_commitments_list",
        responses=StandingCommitmentSerializer(many=True),
    )
    def get(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        matters = list(committed_matters(actor=request.actor, plan=plan))
        held = standing_commitments(matters, at=clock.now())
        rows: Any = [row for one in matters for row in held[one.pk]]
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(StandingCommitmentSerializer(page, many=True).data)


urlpatterns = [
    path("plans/<slug:key>/commitments/", CommitmentListView.as_view(), name="commitments"),
]
