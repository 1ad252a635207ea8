"""The steps inside one's own jurisdiction, for programs."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from stakeholders.people import actions
from stakeholders.people.actions import StepShape
from stakeholders.people.enums import ChainKind
from stakeholders.people.models import Chain, ChainRun, ChainStep
from stakeholders.people.queries import get_run, newest_chains, state_of, visible_runs
from stakeholders.terms.asked import asked_number
from stakeholders.terms.errors import Conflict, Invalid


class StepSerializer(serializers.ModelSerializer[ChainStep]):
    class Meta:
        model = ChainStep
        fields = ["id", "position", "name_zh", "name_en", "role", "user_ids"]


class ChainSerializer(serializers.ModelSerializer[Chain]):
    steps = StepSerializer(many=True)

    class Meta:
        model = Chain
        fields = ["id", "kind", "plan_key", "defined_at", "steps"]


class NewStepSerializer(serializers.Serializer[Any]):
    name_zh = serializers.CharField(max_length=40)
    name_en = serializers.CharField(max_length=60, default="", allow_blank=True)
    role = serializers.CharField(max_length=20, default="", allow_blank=True)
    user_ids = serializers.ListField(child=serializers.IntegerField(), default=list)
    beside = serializers.BooleanField(default=False)


class NewChainSerializer(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=ChainKind.choices)
    plan_key = serializers.SlugField(max_length=60, default="", allow_blank=True)
    steps = NewStepSerializer(many=True)


class RunSerializer(serializers.ModelSerializer[ChainRun]):
    kind = serializers.CharField(source="chain.kind", read_only=True)

    class Meta:
        model = ChainRun
        fields = ["id", "chain", "kind", "plan_key", "subject_kind", "subject_id", "begun_at"]


class RunStateSerializer(RunSerializer):
    current = StepSerializer(many=True)
    is_through = serializers.BooleanField()

    class Meta(RunSerializer.Meta):
        fields = [*RunSerializer.Meta.fields, "current", "is_through"]


class NewRunSerializer(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=ChainKind.choices)
    plan_key = serializers.SlugField(max_length=60)
    subject_kind = serializers.SlugField(max_length=30)
    subject_id = serializers.CharField(max_length=60)


class PassSerializer(serializers.Serializer[Any]):
    step = serializers.IntegerField()
    note = serializers.CharField(max_length=2000, default="", allow_blank=True)


class SendBackSerializer(serializers.Serializer[Any]):
    step = serializers.IntegerField()
    note = serializers.CharField(max_length=2000)
    back_to = serializers.IntegerField(min_value=1, default=1)


class ChainViewSet(viewsets.ReadOnlyModelViewSet[Chain]):
    """The chains of the own jurisdiction that count now."""

    queryset = Chain.objects.none()
    serializer_class = ChainSerializer

    def get_queryset(self) -> QuerySet[Chain]:
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        return newest_chains(actor=self.request._request.actor)

    @extend_schema(request=NewChainSerializer, responses={201: ChainSerializer})
    def create(self, request: Request) -> Response:
        given = NewChainSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        data = dict(given.validated_data)
        steps = [StepShape(**step) for step in data.pop("steps")]
        made = actions.define_chain(actor=request._request.actor, steps=steps, **data)
        return Response(ChainSerializer(made).data, status=201)


class ChainRunViewSet(viewsets.ReadOnlyModelViewSet[ChainRun]):
    """What goes through the steps of the own jurisdiction."""

    queryset = ChainRun.objects.none()
    serializer_class = RunSerializer

    def get_queryset(self) -> QuerySet[ChainRun]:
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        return visible_runs(actor=self.request._request.actor)

    @extend_schema(responses=RunStateSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        return _answer(self._run(pk))

    @extend_schema(request=NewRunSerializer, responses={201: RunStateSerializer})
    def create(self, request: Request) -> Response:
        given = NewRunSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        run = actions.begin_steps(actor=request._request.actor, **given.validated_data)
        if run is None:
            raise Conflict(_("Your jurisdiction asks for no steps before this."))
        return _answer(run, status=201)

    @extend_schema(request=PassSerializer, responses=RunStateSerializer)
    @action(detail=True, methods=["post"], url_path="pass", url_name="pass")
    def pass_step(self, request: Request, pk: str) -> Response:
        given = PassSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        run, data = self._run(pk), dict(given.validated_data)
        step = _step(run, data.pop("step"))
        actions.pass_step(actor=request._request.actor, run=run, step=step, **data)
        return _answer(run)

    @extend_schema(request=SendBackSerializer, responses=RunStateSerializer)
    @action(detail=True, methods=["post"], url_path="send-back")
    def send_back(self, request: Request, pk: str) -> Response:
        given = SendBackSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        run, data = self._run(pk), dict(given.validated_data)
        step = _step(run, data.pop("step"))
        actions.send_back(actor=request._request.actor, run=run, step=step, **data)
        return _answer(run)

    def _run(self, pk: str) -> ChainRun:
        return get_run(actor=self.request._request.actor, pk=asked_number(pk, default=0))


def _step(run: ChainRun, pk: int) -> ChainStep:
    step = run.chain.steps.filter(pk=pk).first()
    if step is None:
        raise Invalid({"step": _("Choose one of the values.")})
    return step


def _answer(run: ChainRun, *, status: int = 200) -> Response:
    state = state_of(run)
    body = {
        **RunSerializer(run).data,
        "current": StepSerializer(state.current, many=True).data,
        "is_through": state.is_through,
    }
    return Response(body, status=status)
