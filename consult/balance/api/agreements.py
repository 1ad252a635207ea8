"""Quota transfers, compensations and the settlement of years for programs."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from consult.balance import actions, queries
from consult.balance.models import Compensation, QuotaTransfer, Settlement
from consult.balance.queries import Agreed, CompensationRow, TransferRow
from consult.balance.steps import CompensationText, Stated, TransferText
from plans.register.api.given import values_of
from plans.register.models import Plan
from plans.register.queries import get_plan
from stakeholders.files.actions import take_upload
from stakeholders.files.enums import DOCUMENTS
from stakeholders.files.models import StoredFile

S = serializers.Serializer[Any]
CODE = r"^[1-9]\d{5}$"


def _money(**more: Any) -> Any:
    return serializers.DecimalField(max_digits=14, decimal_places=2, min_value=0, **more)


def _text(length: int = 4000) -> Any:
    return serializers.CharField(max_length=length, default="", allow_blank=True)


def _file() -> Any:
    return serializers.UUIDField(
        default=None, allow_null=True, help_text="The id of an upload of one's own."
    )


class WordSerializer(S):
    confirms = serializers.BooleanField()
    reason = _text()


class SaidSerializer(S):
    jurisdiction = serializers.CharField(source="jurisdiction_id")
    confirms = serializers.BooleanField()
    reason = serializers.CharField()
    at = serializers.DateTimeField()


class BalanceYearSerializer(S):
    year = serializers.IntegerField()
    due = _money(allow_null=True)
    received = _money()
    state = serializers.CharField()


class AgreedSerializer(serializers.Serializer[Agreed]):
    number = serializers.IntegerField(source="row.number")
    state = serializers.CharField()
    waits_for = serializers.ListField(child=serializers.CharField())
    answers = SaidSerializer(many=True)
    years = BalanceYearSerializer(many=True)


class TransferSerializer(AgreedSerializer):
    item = serializers.CharField(source="row.item.key")
    giver = serializers.CharField(source="row.giver_id")
    taker = serializers.CharField(source="row.taker_id")
    amount = serializers.DecimalField(
        source="row.amount", max_digits=18, decimal_places=6, normalize_output=True
    )
    price = _money(source="row.price", allow_null=True)
    basis_zh = serializers.CharField(source="row.basis_zh")
    basis_en = serializers.CharField(source="row.basis_en")


class CompensationSerializer(AgreedSerializer):
    payer = serializers.CharField()
    payee = serializers.CharField()
    title_zh = serializers.CharField(source="row.title_zh")
    title_en = serializers.CharField(source="row.title_en")
    rule_zh = serializers.CharField(source="row.rule_zh")
    rule_en = serializers.CharField(source="row.rule_en")
    yearly_amount = _money(source="row.yearly_amount", allow_null=True)
    from_year = serializers.IntegerField(source="row.from_year")
    until_year = serializers.IntegerField(source="row.until_year")


class WriteTransferSerializer(S):
    item = serializers.SlugField(max_length=60)
    giver = serializers.RegexField(CODE)
    taker = serializers.RegexField(CODE)
    amount = serializers.DecimalField(max_digits=18, decimal_places=6)
    price = _money(default=None, allow_null=True)
    basis_zh = _text()
    basis_en = _text()
    file = _file()


class WriteCompensationSerializer(S):
    payer = serializers.RegexField(CODE)
    payee = serializers.RegexField(CODE)
    title_zh = serializers.CharField(max_length=200)
    title_en = _text(300)
    rule_zh = _text()
    rule_en = _text()
    yearly_amount = _money(default=None, allow_null=True)
    from_year = serializers.IntegerField(min_value=2000, max_value=2100)
    until_year = serializers.IntegerField(min_value=2000, max_value=2100)
    file = _file()


class WriteSettlementSerializer(S):
    transfer = serializers.IntegerField(default=None, allow_null=True, min_value=1)
    compensation = serializers.IntegerField(default=None, allow_null=True, min_value=1)
    year = serializers.IntegerField(min_value=2000, max_value=2100)
    amount_due = _money()
    amount_paid = _money()
    paid_on = serializers.DateField(default=None, allow_null=True)
    note = _text()
    file = _file()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if (attrs["transfer"] is None) == (attrs["compensation"] is None):
            raise serializers.ValidationError(
                {"compensation": "Name one transfer or one compensation, by its number."}
            )
        return attrs


class SettlementSerializer(serializers.ModelSerializer[Settlement]):
    transfer = serializers.IntegerField(source="transfer.number", default=None, allow_null=True)
    compensation = serializers.IntegerField(
        source="compensation.number", default=None, allow_null=True
    )
    confirms = serializers.SerializerMethodField()

    class Meta:
        model = Settlement
        fields = [
            "id",
            "transfer",
            "compensation",
            "year",
            "amount_due",
            "amount_paid",
            "paid_on",
            "note",
            "confirms",
            "at",
        ]

    def get_confirms(self, one: Settlement) -> bool | None:
        """The payee's word, null while there is none."""
        return one.answer.confirms if hasattr(one, "answer") else None


def _upload(request: Request, plan: Plan, data: dict[str, Any]) -> StoredFile | None:
    upload = data.pop("file")
    if upload is None:
        return None
    return take_upload(
        actor=request.actor, pk=upload, kinds=DOCUMENTS, plan_key=plan.key, field="file"
    )


def _transfer(request: Request, plan: Plan, number: int) -> TransferRow:
    return queries.get_transfer(actor=request.actor, plan=plan, number=number)


def _compensation(request: Request, plan: Plan, number: int) -> CompensationRow:
    return queries.get_compensation(actor=request.actor, plan=plan, number=number)


class TransferListView(GenericAPIView):
    """Quota transfers by number; POST proposes one."""

    queryset = QuotaTransfer.objects.none()
    serializer_class = TransferSerializer

    @extend_schema(operation_id="plans_transfers_list", responses=TransferSerializer(many=True))
    def get(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        rows: Any = queries.transfers_of(actor=request.actor, plan=plan)
        page: Any = self.paginate_queryset(rows)
        return self.get_paginated_response(TransferSerializer(page, many=True).data)

    @extend_schema(request=WriteTransferSerializer, responses={201: TransferSerializer})
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        data = values_of(WriteTransferSerializer, request)
        file = _upload(request, plan, data)
        first = {name: data.pop(name) for name in ("item", "giver", "taker", "amount")}
        made = actions.propose_transfer(
            actor=request.actor, plan=plan, **first, text=TransferText(file=file, **data)
        )
        return Response(TransferSerializer(_transfer(request, plan, made.number)).data, status=201)


class TransferConfirmView(APIView):
    """The word of one side on a transfer."""

    @extend_schema(request=WordSerializer, responses=TransferSerializer)
    def post(self, request: Request, key: str, number: int) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        found = _transfer(request, plan, number)
        data = values_of(WordSerializer, request)
        actions.confirm_transfer(actor=request.actor, plan=plan, transfer=found.row, **data)
        return Response(TransferSerializer(_transfer(request, plan, number)).data)


class CompensationListView(GenericAPIView):
    """Compensations by number; POST proposes one."""

    queryset = Compensation.objects.none()
    serializer_class = CompensationSerializer

    @extend_schema(
        operation_id="plans_compensations_list", responses=CompensationSerializer(many=True)
    )
    def get(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        rows: Any = queries.compensations_of(actor=request.actor, plan=plan)
        page: Any = self.paginate_queryset(rows)
        return self.get_paginated_response(CompensationSerializer(page, many=True).data)

    @extend_schema(request=WriteCompensationSerializer, responses={201: CompensationSerializer})
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        data = values_of(WriteCompensationSerializer, request)
        file = _upload(request, plan, data)
        sides = {name: data.pop(name) for name in ("payer", "payee")}
        made = actions.propose_compensation(
            actor=request.actor, plan=plan, **sides, text=CompensationText(file=file, **data)
        )
        row = _compensation(request, plan, made.number)
        return Response(CompensationSerializer(row).data, status=201)


class CompensationConfirmView(APIView):
    """The word of one side on a compensation."""

    @extend_schema(request=WordSerializer, responses=CompensationSerializer)
    def post(self, request: Request, key: str, number: int) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        found = _compensation(request, plan, number)
        data = values_of(WordSerializer, request)
        actions.confirm_compensation(actor=request.actor, plan=plan, compensation=found.row, **data)
        return Response(CompensationSerializer(_compensation(request, plan, number)).data)


class SettlementListView(GenericAPIView):
    """What payers stated year by year, oldest first; POST states one."""

    queryset = Settlement.objects.none()
    serializer_class = SettlementSerializer

    @extend_schema(operation_id="plans_settlements_list", responses=SettlementSerializer(many=True))
    def get(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        rows = queries.settlements_of(actor=request.actor, plan=plan)
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(SettlementSerializer(page, many=True).data)

    @extend_schema(request=WriteSettlementSerializer, responses={201: SettlementSerializer})
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        data = values_of(WriteSettlementSerializer, request)
        transfer, compensation = data.pop("transfer"), data.pop("compensation")
        file = _upload(request, plan, data)
        of = (
            _transfer(request, plan, transfer).row
            if transfer is not None
            else _compensation(request, plan, compensation).row
        )
        made = actions.state_settlement(
            actor=request.actor, plan=plan, of=of, stated=Stated(file=file, **data)
        )
        return Response(SettlementSerializer(made).data, status=201)


class SettlementConfirmView(APIView):
    """The payee's word on a payment."""

    @extend_schema(request=WordSerializer, responses=SettlementSerializer)
    def post(self, request: Request, key: str, pk: int) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        _agreed, year = queries.get_settlement(actor=request.actor, plan=plan, pk=pk)
        found = next(one for one in year.settlements if one.pk == pk)
        data = values_of(WordSerializer, request)
        actions.confirm_settlement(actor=request.actor, plan=plan, settlement=found, **data)
        found.refresh_from_db()
        return Response(SettlementSerializer(found).data)
