"""Reports of checks for programs: put forward, read, their ballots ended, published."""

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from consult.health import actions
from consult.health.api.checks import CheckView
from consult.health.api.serializers import (
    CheckDetailSerializer,
    CheckEndSerializer,
    CheckReasonSerializer,
    CheckReportSerializer,
    PublishCheckSerializer,
    PutReportForwardSerializer,
)
from consult.health.queries import get_report
from plans.register.queries import get_plan


class PutForwardView(CheckView):
    serializer_class = PutReportForwardSerializer

    @extend_schema(operation_id="plans_health_put_forward", responses={201: CheckReportSerializer})
    def post(self, request: Request, key: str, pk: int) -> Response:
        plan, check = self.load(key, pk)
        report = actions.put_forward(actor=request.actor, plan=plan, check=check, **self.given())
        return Response(CheckReportSerializer(report).data, status=status.HTTP_201_CREATED)


class CheckReportView(CheckView):
    serializer_class = CheckReportSerializer

    @extend_schema(operation_id="plans_health_report", responses=CheckReportSerializer)
    def get(self, request: Request, key: str, pk: int, number: int) -> Response:
        """One edition of the report with its content."""
        plan = get_plan(actor=request.actor, key=key)
        return Response(CheckReportSerializer(get_report(plan, pk=pk, number=number)).data)


class CloseReportView(CheckView):
    serializer_class = CheckEndSerializer

    @extend_schema(operation_id="plans_health_close", request=None, responses=CheckEndSerializer)
    def post(self, request: Request, key: str, pk: int) -> Response:
        plan, check = self.load(key, pk)
        end = actions.close_report_ballot(actor=request.actor, plan=plan, check=check)
        return Response(CheckEndSerializer(end).data)


class CloseReportEmptyView(CheckView):
    serializer_class = CheckReasonSerializer

    @extend_schema(operation_id="plans_health_close_without_result", responses=CheckEndSerializer)
    def post(self, request: Request, key: str, pk: int) -> Response:
        plan, check = self.load(key, pk)
        end = actions.close_report_without_result(
            actor=request.actor, plan=plan, check=check, **self.given()
        )
        return Response(CheckEndSerializer(end).data)


class RecallReportView(CheckView):
    serializer_class = CheckReasonSerializer

    @extend_schema(operation_id="plans_health_recall", responses=CheckEndSerializer)
    def post(self, request: Request, key: str, pk: int) -> Response:
        plan, check = self.load(key, pk)
        end = actions.recall_report_ballot(
            actor=request.actor, plan=plan, check=check, **self.given()
        )
        return Response(CheckEndSerializer(end).data)


class PublishCheckView(CheckView):
    serializer_class = PublishCheckSerializer

    @extend_schema(operation_id="plans_health_publish", responses={201: CheckDetailSerializer})
    def post(self, request: Request, key: str, pk: int) -> Response:
        plan, check = self.load(key, pk)
        actions.publish_check(actor=request.actor, plan=plan, check=check, **self.given())
        return self.answer(check)
