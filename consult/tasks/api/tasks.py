"""Tasks and their breakdown for programs: the same acts as the pages."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from consult.tasks.actions.breakdown import LineGiven, issue_breakdown
from consult.tasks.actions.tasks import change_task, report_task, strike_off_task
from consult.tasks.api.shapes import (
    HOLDER,
    BreakdownSerializer,
    S,
    StrikeOffSerializer,
    TaskChangeSerializer,
    TaskReportSerializer,
    TaskSerializer,
    file_field,
    taken,
    text_field,
)
from consult.tasks.enums import TaskProgress
from consult.tasks.queries import get_task, states_of, tasks_of, with_story
from consult.tasks.queries.breakdown import proposal_of
from consult.tasks.queries.tasks import visible_tasks
from consult.tasks.rules import require
from consult.tasks.steps import ReportText
from plans.register.api.given import values_of
from plans.register.queries import get_plan


class BreakdownLineGivenSerializer(S):
    item = serializers.SlugField(max_length=60)
    owner = serializers.CharField(max_length=20, help_text=HOLDER)
    due_on = serializers.DateField()
    title_zh = serializers.CharField(max_length=200)
    title_en = text_field(300)
    partners = serializers.ListField(
        child=serializers.CharField(max_length=6), default=list, max_length=400
    )
    evidence_zh = text_field(2_000)
    evidence_en = text_field(2_000)


class BreakdownGivenSerializer(S):
    revision = serializers.IntegerField(min_value=1)
    lines = serializers.ListField(child=BreakdownLineGivenSerializer(), max_length=2_000)


class TaskReportGivenSerializer(S):
    progress = serializers.ChoiceField(choices=TaskProgress.choices)
    percent = serializers.IntegerField(default=None, allow_null=True, min_value=0, max_value=100)
    text_zh = text_field()
    text_en = text_field()
    evidence = text_field(120)
    file = file_field()


class TaskChangeGivenSerializer(S):
    owner = serializers.CharField(max_length=20, help_text=HOLDER)
    due_on = serializers.DateField(default=None, allow_null=True)
    is_dropped = serializers.BooleanField(default=False)
    reason = serializers.CharField(max_length=20_000)
    file = file_field()


class StrikeOffGivenSerializer(S):
    report = serializers.IntegerField(min_value=1)
    confirms = serializers.BooleanField()
    reason = text_field()


class TaskListView(APIView):
    """The tasks of a plan that the caller sees, with their whole history, by number."""

    @extend_schema(operation_id="plans_tasks_list", responses=TaskSerializer(many=True))
    def get(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        rows = tasks_of(actor=request.actor, plan=plan)
        return Response(TaskSerializer(rows, many=True).data)


class TaskView(APIView):
    """One task with its history."""

    @extend_schema(operation_id="plans_tasks_retrieve", responses=TaskSerializer)
    def get(self, request: Request, key: str, number: int) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        state = get_task(actor=request.actor, plan=plan, number=number)
        return Response(TaskSerializer(state).data)


class BreakdownView(APIView):
    """What the text in force proposes as the task breakdown; issuing lines of it."""

    @extend_schema(operation_id="plans_breakdown_retrieve", responses=BreakdownSerializer)
    def get(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        require("breakdown.issue", actor=request.actor, plan=plan)
        return Response(BreakdownSerializer(proposal_of(plan)).data)

    @extend_schema(
        operation_id="plans_breakdown_issue",
        request=BreakdownGivenSerializer,
        responses={201: TaskSerializer(many=True)},
    )
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        data = values_of(BreakdownGivenSerializer, request)
        made = issue_breakdown(
            actor=request.actor,
            plan=plan,
            revision=data["revision"],
            lines=[LineGiven(**one) for one in data["lines"]],
        )
        rows = visible_tasks(actor=request.actor, plan=plan).filter(pk__in=[m.pk for m in made])
        states = states_of(plan, list(with_story(rows)))
        return Response(TaskSerializer(states, many=True).data, status=201)


class TaskReportView(APIView):
    @extend_schema(
        operation_id="plans_tasks_report",
        request=TaskReportGivenSerializer,
        responses={201: TaskReportSerializer},
    )
    def post(self, request: Request, key: str, number: int) -> Response:
        """The owner reports on its task."""
        plan = get_plan(actor=request.actor, key=key)
        data: dict[str, Any] = values_of(TaskReportGivenSerializer, request)
        file = taken(request.actor, plan.key, data.pop("file"))
        said = ReportText(**data, file=file)
        report = report_task(actor=request.actor, plan=plan, number=number, said=said)
        return Response(TaskReportSerializer(report).data, status=201)


class TaskChangeView(APIView):
    @extend_schema(
        operation_id="plans_tasks_change",
        request=TaskChangeGivenSerializer,
        responses={201: TaskChangeSerializer},
    )
    def post(self, request: Request, key: str, number: int) -> Response:
        """The joint office gives a task another owner or date, or drops it."""
        plan = get_plan(actor=request.actor, key=key)
        data = values_of(TaskChangeGivenSerializer, request)
        data["file"] = taken(request.actor, plan.key, data["file"])
        change = change_task(actor=request.actor, plan=plan, number=number, **data)
        return Response(TaskChangeSerializer(change).data, status=201)


class StrikeOffView(APIView):
    @extend_schema(
        operation_id="plans_tasks_strike_off",
        request=StrikeOffGivenSerializer,
        responses={201: StrikeOffSerializer},
    )
    def post(self, request: Request, key: str, number: int) -> Response:
        """Another confirms that a task is done, or sends it back."""
        plan = get_plan(actor=request.actor, key=key)
        data = values_of(StrikeOffGivenSerializer, request)
        word = strike_off_task(actor=request.actor, plan=plan, number=number, **data)
        return Response(StrikeOffSerializer(word).data, status=201)


PLAN = "plans/<slug:key>/"
TASK = PLAN + "tasks/<int:number>/"
urlpatterns = [
    path(PLAN + "tasks/", TaskListView.as_view(), name="tasks"),
    path(TASK, TaskView.as_view(), name="task"),
    path(TASK + "reports/", TaskReportView.as_view(), name="task_reports"),
    path(TASK + "changes/", TaskChangeView.as_view(), name="task_changes"),
    path(TASK + "strike-offs/", StrikeOffView.as_view(), name="task_strike_offs"),
    path(PLAN + "breakdown/", BreakdownView.as_view(), name="breakdown"),
]
