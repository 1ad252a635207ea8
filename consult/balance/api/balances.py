"""The balance of a plan for programs: sums by party and year, quotas by indicator."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from consult.balance import queries
from consult.balance.queries import PartyLine, QuotaLine
from plans.register.queries import get_plan


def _figure() -> Any:
    return serializers.DecimalField(max_digits=20, decimal_places=6, normalize_output=True)


class AccountSerializer(serializers.Serializer[Any]):
    """Money in 10,000 yuan."""

    cost = _figure()
    benefit = _figure()
    to_pay = _figure()
    paid = _figure()
    to_receive = _figure()
    received = _figure()


class YearAccountSerializer(AccountSerializer):
    year = serializers.IntegerField()


class PartyLineSerializer(serializers.Serializer[PartyLine]):
    jurisdiction = serializers.CharField(source="unit.code")
    tasks = serializers.SerializerMethodField()
    tasks_late = serializers.IntegerField()
    tasks_done = serializers.IntegerField()
    account = AccountSerializer()
    years = serializers.SerializerMethodField()

    def get_tasks(self, one: PartyLine) -> int:
        return len(one.tasks)

    @extend_schema(responses=YearAccountSerializer(many=True))
    def get_years(self, one: PartyLine) -> list[dict[str, Any]]:
        rows = self.context["balance"].years_of(one.unit.code)
        return [{"year": year, **AccountSerializer(row).data} for year, row in rows]


class QuotaLineSerializer(serializers.Serializer[QuotaLine]):
    item = serializers.CharField(source="item.key")
    jurisdiction = serializers.CharField(source="code")
    allotted = _figure()
    transferred = _figure()
    in_force = _figure()
    read = serializers.DecimalField(
        max_digits=20, decimal_places=6, normalize_output=True, allow_null=True
    )
    period = serializers.CharField()
    left = serializers.DecimalField(
        max_digits=20, decimal_places=6, normalize_output=True, allow_null=True
    )


class BalanceSerializer(serializers.Serializer[Any]):
    parties = PartyLineSerializer(many=True, source="lines")
    quotas = QuotaLineSerializer(many=True)
    total = AccountSerializer()


class BalanceView(APIView):
    """What each party does, gives, takes, pays and gets, over the whole plan and by year."""

    @extend_schema(operation_id="plans_balance_retrieve", responses=BalanceSerializer)
    def get(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        found = queries.balance_of(actor=request.actor, plan=plan)
        return Response(BalanceSerializer(found, context={"balance": found}).data)
