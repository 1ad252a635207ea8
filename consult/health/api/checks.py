"""Checks for programs: opened, filled in, read; figures, findings, reservations that are kept."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from consult.health import actions
from consult.health.api.serializers import (
    AddBorderSerializer,
    CheckDetailSerializer,
    CheckMatterSerializer,
    CheckSerializer,
    FillSectionSerializer,
    KeepReservationSerializer,
    OpenCheckSerializer,
    StateFigureSerializer,
    StateFindingSerializer,
    detailed,
    listed,
)
from consult.health.enums import ReviewDecision
from consult.health.models import HealthCheck
from consult.health.queries import checks_of, get_check, whole_of, wholes
from consult.health.steps import Border, Found
from plans.register.models import Plan
from plans.register.queries import get_plan
from stakeholders.files.queries import get_own_file


class CheckView(GenericAPIView):
    """What the operations on one check share."""

    serializer_class: Any = CheckDetailSerializer

    def load(self, key: str, pk: int) -> tuple[Plan, HealthCheck]:
        plan = get_plan(actor=self.request.actor, key=key)
        return plan, get_check(plan, pk=pk)

    def given(self) -> dict[str, Any]:
        """What was sent, checked; a file by its id is the sender's own."""
        typed = self.get_serializer(data=self.request.data)
        typed.is_valid(raise_exception=True)
        values: dict[str, Any] = dict(typed.validated_data)
        if "file" in values and values["file"] is not None:
            values["file"] = get_own_file(actor=self.request.actor, pk=values["file"])
        return values

    def answer(self, check: HealthCheck, *, created: bool = True) -> Response:
        data = detailed(whole_of(check), inside=self.request.actor.inside)
        code = status.HTTP_201_CREATED if created else status.HTTP_200_OK
        return Response(CheckDetailSerializer(data).data, status=code)


class CheckListView(CheckView):
    """Health checks and evaluations of a plan, newest first."""

    serializer_class = OpenCheckSerializer

    @extend_schema(operation_id="plans_health_list", responses=CheckSerializer(many=True))
    def get(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        page = self.paginate_queryset(checks_of(plan))
        held = wholes(page or [])
        rows = [listed(held[one.pk]) for one in page or []]
        return self.get_paginated_response(CheckSerializer(rows, many=True).data)

    @extend_schema(operation_id="plans_health_open", responses={201: CheckDetailSerializer})
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        check = actions.open_check(actor=request.actor, plan=plan, **self.given())
        return self.answer(check)


class CheckDetailView(CheckView):
    @extend_schema(operation_id="plans_health_get", responses=CheckDetailSerializer)
    def get(self, request: Request, key: str, pk: int) -> Response:
        """One check with what was said in it; of a border item what the reader may see."""
        return self.answer(self.load(key, pk)[1], created=False)


class AddBorderView(CheckView):
    serializer_class = AddBorderSerializer

    @extend_schema(operation_id="plans_health_add_border", responses={201: CheckDetailSerializer})
    def post(self, request: Request, key: str, pk: int) -> Response:
        plan, check = self.load(key, pk)
        border = Border(**self.given())
        actions.add_border_item(actor=request.actor, plan=plan, check=check, border=border)
        return self.answer(check)


class FillSectionView(CheckView):
    serializer_class = FillSectionSerializer

    @extend_schema(operation_id="plans_health_fill", responses={201: CheckDetailSerializer})
    def post(self, request: Request, key: str, pk: int, number: int) -> Response:
        plan, check = self.load(key, pk)
        given = self.given()
        texts = {"zh": given.pop("text_zh"), "en": given.pop("text_en")}
        actions.fill_section(
            actor=request.actor, plan=plan, check=check, number=number, texts=texts, **given
        )
        return self.answer(check)


class StateFigureView(CheckView):
    serializer_class = StateFigureSerializer

    @extend_schema(operation_id="plans_health_figure", responses={201: CheckDetailSerializer})
    def post(self, request: Request, key: str, pk: int, number: int) -> Response:
        plan, check = self.load(key, pk)
        actions.state_figure(
            actor=request.actor, plan=plan, check=check, number=number, **self.given()
        )
        return self.answer(check)


class StateFindingView(CheckView):
    serializer_class = StateFindingSerializer

    @extend_schema(operation_id="plans_health_finding", responses={201: CheckDetailSerializer})
    def post(self, request: Request, key: str, pk: int) -> Response:
        plan, check = self.load(key, pk)
        given = self.given()
        item = given.pop("item")
        actions.state_finding(
            actor=request.actor, plan=plan, check=check, said=Found(**given), item=item
        )
        return self.answer(check)


class FindingMatterView(CheckView):
    serializer_class = CheckMatterSerializer

    @extend_schema(
        operation_id="plans_health_matter", request=None, responses={201: CheckMatterSerializer}
    )
    def post(self, request: Request, key: str, pk: int, number: int) -> Response:
        plan, check = self.load(key, pk)
        row = actions.finding_to_matter(actor=request.actor, plan=plan, check=check, number=number)
        return Response(CheckMatterSerializer(row).data, status=status.HTTP_201_CREATED)


class KeepReservationView(CheckView):
    serializer_class = KeepReservationSerializer

    @extend_schema(operation_id="plans_health_review", responses={201: CheckDetailSerializer})
    def post(self, request: Request, key: str, pk: int, reservation: int) -> Response:
        plan, check = self.load(key, pk)
        given = self.given()
        actions.review_reservation(
            actor=request.actor,
            plan=plan,
            check=check,
            reservation=reservation,
            decision=ReviewDecision.KEPT.value,
            next_on=given["next_on"],
            texts={"zh": given["text_zh"], "en": given["text_en"]},
        )
        return self.answer(check)
