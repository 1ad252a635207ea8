"""The inbox for programs."""

from django.db.models import QuerySet
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from stakeholders.notices import actions, queries
from stakeholders.notices.models import Notice


class NoticeSerializer(serializers.ModelSerializer[Notice]):
    class Meta:
        model = Notice
        fields = ["id", "kind", "plan_key", "title_zh", "title_en", "url", "created_at", "read_at"]


class NoticeViewSet(viewsets.ReadOnlyModelViewSet[Notice]):
    """The notices of the person, newest first."""

    queryset = Notice.objects.none()
    serializer_class = NoticeSerializer

    def get_queryset(self) -> QuerySet[Notice]:
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        return queries.inbox(actor=self.request._request.actor)

    @action(detail=True, methods=["post"])
    def read(self, request: Request, pk: str) -> Response:
        """Mark one notice as read."""
        notice = actions.mark_read(actor=request._request.actor, notice_id=self.get_object().pk)
        return Response(NoticeSerializer(notice).data)


routes = [("notices", NoticeViewSet)]
