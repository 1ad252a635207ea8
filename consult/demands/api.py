"""Lists of demands for programs: the list, and every act of its pages."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from consult.demands import actions, queries
from consult.demands.enums import SortedAs, SortingReply
from consult.demands.models import DemandCall, DemandHandIn, DemandSorting, ListedDemand
from consult.demands.models import SortingAnswer as Answer
from consult.demands.steps import Entry
from consult.matters.queries import get_matter
from plans.register.api.given import values_of
from plans.register.models import Plan
from plans.register.queries import get_plan
from plans.text.enums import Demand, Theme
from stakeholders.files.actions import take_upload
from stakeholders.files.enums import DOCUMENTS


class ListedDemandSerializer(serializers.ModelSerializer[ListedDemand]):
    sorted_as = serializers.CharField(help_text="empty: not sorted yet")
    is_handed_in = serializers.SerializerMethodField()

    class Meta:
        model = ListedDemand
        fields = [
            "jurisdiction",
            "number",
            "title_zh",
            "title_en",
            "text_zh",
            "text_en",
            "kind",
            "theme",
            "is_handed_in",
            "sorted_as",
            "edits",
        ]

    def get_is_handed_in(self, one: ListedDemand) -> bool:
        return one.hand_in_id is not None


class WriteDemandSerializer(serializers.Serializer[Any]):
    title_zh = serializers.CharField(max_length=200)
    title_en = serializers.CharField(max_length=300, default="", allow_blank=True)
    text_zh = serializers.CharField(max_length=10_000, default="", allow_blank=True)
    text_en = serializers.CharField(max_length=10_000, default="", allow_blank=True)
    kind = serializers.ChoiceField(choices=Demand.choices)
    theme = serializers.ChoiceField(choices=Theme.choices)
    evidence = serializers.UUIDField(
        default=None, allow_null=True, help_text="id of an upload of one's own"
    )


class EditDemandSerializer(WriteDemandSerializer):
    edits = serializers.IntegerField()


class RemoveDemandSerializer(serializers.Serializer[Any]):
    edits = serializers.IntegerField()


class AskDemandsSerializer(serializers.Serializer[Any]):
    due_at = serializers.DateTimeField()
    note_zh = serializers.CharField(max_length=4000, default="", allow_blank=True)
    note_en = serializers.CharField(max_length=4000, default="", allow_blank=True)


class DemandCallSerializer(serializers.ModelSerializer[DemandCall]):
    class Meta:
        model = DemandCall
        fields = ["due_at", "note_zh", "note_en", "at"]


class HandInDemandsSerializer(serializers.Serializer[Any]):
    is_nil = serializers.BooleanField(default=False)


class DemandHandInSerializer(serializers.ModelSerializer[DemandHandIn]):
    class Meta:
        model = DemandHandIn
        fields = ["jurisdiction", "is_nil", "at"]


class SortDemandSerializer(serializers.Serializer[Any]):
    sorted_as = serializers.ChoiceField(choices=SortedAs.choices)
    items = serializers.ListField(child=serializers.CharField(max_length=60), default=list)
    matter = serializers.SlugField(default="", allow_blank=True)
    reason = serializers.CharField(max_length=4000, default="", allow_blank=True)


class DemandSortingSerializer(serializers.ModelSerializer[DemandSorting]):
    matter = serializers.CharField(source="matter.key", default=None, allow_null=True)

    class Meta:
        model = DemandSorting
        fields = ["id", "sorted_as", "items", "matter", "reason", "at"]


class AnswerSortingSerializer(serializers.Serializer[Any]):
    sorting = serializers.IntegerField(help_text="id of the sorting that was read")
    value = serializers.ChoiceField(choices=SortingReply.choices)
    text = serializers.CharField(max_length=4000, default="", allow_blank=True)


class SortingAnswerSerializer(serializers.ModelSerializer[Answer]):
    class Meta:
        model = Answer
        fields = ["value", "text", "at"]


def _entry(request: Request, plan: Plan, data: dict[str, Any]) -> Entry:
    upload = data.pop("evidence")
    stored = upload and take_upload(
        actor=request.actor, pk=upload, kinds=DOCUMENTS, plan_key=plan.key, field="evidence"
    )
    return Entry(evidence=stored, **data)


def _load(request: Request, key: str, code: str, number: int) -> tuple[Plan, ListedDemand]:
    plan = get_plan(actor=request.actor, key=key)
    return plan, queries.get_demand(actor=request.actor, plan=plan, code=code, number=number)


def _again(request: Request, plan: Plan, demand: ListedDemand) -> dict[str, Any]:
    found = queries.get_demand(
        actor=request.actor, plan=plan, code=demand.jurisdiction_id, number=demand.number
    )
    return dict(ListedDemandSerializer(found).data)


class ListedDemandsView(generics.ListAPIView[ListedDemand]):
    """The demands the caller may see; POST writes one on its own party's list."""

    serializer_class = ListedDemandSerializer
    queryset = ListedDemand.objects.none()

    def get_queryset(self) -> Any:
        plan = get_plan(actor=self.request.actor, key=self.kwargs["key"])
        rows = queries.visible_demands(actor=self.request.actor, plan=plan)
        return rows.order_by("jurisdiction_id", "number")

    @extend_schema(request=WriteDemandSerializer, responses={201: ListedDemandSerializer})
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        entry = _entry(request, plan, values_of(WriteDemandSerializer, request))
        demand = actions.add_demand(actor=request.actor, plan=plan, entry=entry)
        return Response(_again(request, plan, demand), status=201)


class ListedDemandView(APIView):
    @extend_schema(responses=ListedDemandSerializer)
    def get(self, request: Request, key: str, code: str, number: int) -> Response:
        _plan, found = _load(request, key, code, number)
        return Response(ListedDemandSerializer(found).data)

    @extend_schema(request=EditDemandSerializer, responses=ListedDemandSerializer)
    def put(self, request: Request, key: str, code: str, number: int) -> Response:
        plan, found = _load(request, key, code, number)
        data = values_of(EditDemandSerializer, request)
        edits = data.pop("edits")
        entry = _entry(request, plan, data)
        actions.edit_demand(actor=request.actor, plan=plan, demand=found, edits=edits, entry=entry)
        return Response(_again(request, plan, found))


class DemandRemoveView(APIView):
    @extend_schema(request=RemoveDemandSerializer, responses={204: None})
    def post(self, request: Request, key: str, code: str, number: int) -> Response:
        plan, found = _load(request, key, code, number)
        data = values_of(RemoveDemandSerializer, request)
        actions.remove_demand(actor=request.actor, plan=plan, demand=found, **data)
        return Response(status=204)


class DemandCallView(APIView):
    """Asks the co-makers for their lists."""

    @extend_schema(request=AskDemandsSerializer, responses={201: DemandCallSerializer})
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        data = values_of(AskDemandsSerializer, request)
        call = actions.ask_demands(actor=request.actor, plan=plan, **data)
        return Response(DemandCallSerializer(call).data, status=201)


class DemandHandInView(APIView):
    """Hands in the list of the token's party."""

    @extend_schema(request=HandInDemandsSerializer, responses={201: DemandHandInSerializer})
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        data = values_of(HandInDemandsSerializer, request)
        row = actions.hand_in_demands(actor=request.actor, plan=plan, **data)
        return Response(DemandHandInSerializer(row).data, status=201)


class DemandSortingsView(APIView):
    """The sortings of a demand, the newest first; POST sorts it."""

    @extend_schema(responses=DemandSortingSerializer(many=True))
    def get(self, request: Request, key: str, code: str, number: int) -> Response:
        _plan, found = _load(request, key, code, number)
        return Response(DemandSortingSerializer(queries.sortings_of(found), many=True).data)

    @extend_schema(request=SortDemandSerializer, responses={201: DemandSortingSerializer})
    def post(self, request: Request, key: str, code: str, number: int) -> Response:
        plan, found = _load(request, key, code, number)
        data = values_of(SortDemandSerializer, request)
        named = data.pop("matter")
        matter = get_matter(actor=request.actor, plan=plan, key=named) if named else None
        row = actions.sort_demand(
            actor=request.actor, plan=plan, demand=found, matter=matter, **data
        )
        return Response(DemandSortingSerializer(row).data, status=201)


class SortingAnswerView(APIView):
    @extend_schema(request=AnswerSortingSerializer, responses={201: SortingAnswerSerializer})
    def post(self, request: Request, key: str, code: str, number: int) -> Response:
        plan, found = _load(request, key, code, number)
        data = values_of(AnswerSortingSerializer, request)
        row = actions.answer_sorting(actor=request.actor, plan=plan, demand=found, **data)
        return Response(SortingAnswerSerializer(row).data, status=201)


PLAN = "plans/<slug:key>/demands/"
ONE = PLAN + "<slug:code>/<int:number>/"
urlpatterns = [
    path(PLAN, ListedDemandsView.as_view(), name="demands"),
    path(PLAN + "calls/", DemandCallView.as_view(), name="demand-calls"),
    path(PLAN + "hand-ins/", DemandHandInView.as_view(), name="demand-hand-ins"),
    path(ONE, ListedDemandView.as_view(), name="demand"),
    path(ONE + "remove/", DemandRemoveView.as_view(), name="demand-remove"),
    path(ONE + "sortings/", DemandSortingsView.as_view(), name="demand-sortings"),
    path(ONE + "answer/", SortingAnswerView.as_view(), name="demand-answer"),
]
