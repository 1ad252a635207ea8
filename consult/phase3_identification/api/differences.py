"""Receipts, reservations and conditions for programs. Positions themselves are taken by form."""

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from consult.phase3_identification import actions, queries
from consult.phase3_identification.api.sign_offs import find_sign_off
from consult.phase3_identification.models import Declaration, Reservation
from consult.phase3_identification.queries import ConditionLine
from plans.register.queries import get_plan
from stakeholders.terms import clock
from stakeholders.terms.errors import NotVisible


class ReceiptSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    jurisdiction = serializers.CharField()
    revision = serializers.CharField()
    at = serializers.DateTimeField()
    hash = serializers.CharField()
    content = serializers.CharField()


class ReservationSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    item = serializers.CharField()
    jurisdiction = serializers.CharField()
    scope = serializers.CharField()
    text_zh = serializers.CharField()
    text_en = serializers.CharField()
    lifted_if_zh = serializers.CharField()
    review_on = serializers.DateField(allow_null=True)
    state = serializers.CharField()


class ConditionSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    item = serializers.CharField(allow_null=True)
    jurisdiction = serializers.CharField()
    text = serializers.CharField()
    by = serializers.CharField(allow_null=True)
    due_on = serializers.DateField(allow_null=True)
    state = serializers.CharField()


class ReportSerializer(serializers.Serializer):
    text = serializers.CharField(max_length=5_000)


def _receipt(row: Declaration) -> dict[str, object]:
    return {
        "id": row.pk,
        "jurisdiction": str(row.jurisdiction_id),
        "revision": row.revision.hash,
        "at": row.at,
        "hash": row.hash,
        "content": row.content,
    }


def _reservation(row: Reservation) -> dict[str, object]:
    names = ("scope", "text_zh", "text_en", "lifted_if_zh", "review_on")
    return {
        "id": row.pk,
        "item": row.item.key,
        "jurisdiction": str(row.jurisdiction_id),
        **{name: getattr(row, name) for name in names},
        "state": queries.state_of(row),
    }


def _condition(line: ConditionLine) -> dict[str, object]:
    row = line.condition
    return {
        "id": row.pk,
        "item": row.item.key if row.item else None,
        "jurisdiction": line.holder,
        "text": row.text,
        "by": row.by_id,
        "due_on": row.due_on,
        "state": line.state,
    }


class DeclarationsView(APIView):
    @extend_schema(responses=ReceiptSerializer(many=True))
    def get(self, request: Request, key: str, code: str) -> Response:
        """The declarations of one party that the reader may see, oldest first."""
        plan = get_plan(actor=request.actor, key=key)
        if code not in queries.party_codes(plan):
            raise NotVisible
        rows = queries.declarations_of(plan, code=code, actor=request.actor)
        return Response(ReceiptSerializer([_receipt(row) for row in rows], many=True).data)


class ReservationsView(APIView):
    @extend_schema(responses=ReservationSerializer(many=True))
    def get(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        rows = queries.register_of(plan, actor=request.actor, at=clock.now())
        return Response(ReservationSerializer([_reservation(r) for r in rows], many=True).data)


class ConditionsView(APIView):
    @extend_schema(responses=ConditionSerializer(many=True))
    def get(self, request: Request, key: str) -> Response:
        _plan, sign_off = find_sign_off(request, key)
        lines = queries.visible_lines(sign_off, actor=request.actor, at=clock.now())
        return Response(ConditionSerializer([_condition(row) for row in lines], many=True).data)


class ConditionReportView(APIView):
    @extend_schema(request=ReportSerializer, responses={201: ConditionSerializer})
    def post(self, request: Request, key: str, pk: int) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        asked = ReportSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        actions.report_condition(actor=request.actor, plan=plan, pk=pk, **asked.validated_data)
        line = queries.get_line(plan=plan, pk=pk, actor=request.actor, at=clock.now())
        return Response(ConditionSerializer(_condition(line)).data, status=201)


ONE = "plans/<slug:key>/"
urlpatterns = [
    path(ONE + "sign-off/declarations/<slug:code>/", DeclarationsView.as_view()),
    path(ONE + "reservations/", ReservationsView.as_view()),
    path(ONE + "sign-off/conditions/", ConditionsView.as_view()),
    path(ONE + "sign-off/conditions/<int:pk>/report/", ConditionReportView.as_view()),
]
