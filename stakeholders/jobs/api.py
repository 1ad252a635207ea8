"""One's own long work for programs."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from stakeholders.jobs import actions
from stakeholders.jobs.models import Job
from stakeholders.jobs.queries import own_jobs


class JobSerializer(serializers.ModelSerializer[Job]):
    class Meta:
        model = Job
        fields = [
            "id",
            "kind",
            "title_zh",
            "title_en",
            "state",
            "done",
            "total",
            "text_zh",
            "text_en",
            "result",
            "url",
            "error_zh",
            "error_en",
            "is_cancel_requested",
            "created_at",
            "started_at",
            "finished_at",
        ]


class JobViewSet(viewsets.ReadOnlyModelViewSet[Job]):
    """The long work the person started, newest first."""

    queryset = Job.objects.none()
    serializer_class = JobSerializer
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[Job]:
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        return own_jobs(actor=self.request._request.actor)

    @extend_schema(request=None, responses=JobSerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: Any) -> Response:
        """Ask a job to stop at its next step; what it has done stays."""
        job = actions.cancel_job(actor=request._request.actor, pk=self.get_object().pk)
        return Response(JobSerializer(job).data)


routes = [("jobs", JobViewSet)]
