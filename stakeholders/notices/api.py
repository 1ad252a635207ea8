"""The inbox and the settings of mail, for programs."""

from dataclasses import asdict
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import UnsupportedMediaType
from rest_framework.request import Request
from rest_framework.response import Response

from stakeholders.notices import actions, queries
from stakeholders.notices.checks import Choice
from stakeholders.notices.enums import Rhythm
from stakeholders.notices.models import Notice
from stakeholders.notices.queries import Chosen
from stakeholders.notices.topics import TOPICS, known_topic

KEYS = [topic.key for topic in TOPICS]


class NoticeSerializer(serializers.ModelSerializer[Notice]):
    topic = serializers.SerializerMethodField(help_text="Empty for a kind that is told no more.")

    class Meta:
        model = Notice
        fields = [
            "id",
            "kind",
            "topic",
            "plan_key",
            "title_zh",
            "title_en",
            "text_zh",
            "text_en",
            "url",
            "due_at",
            "created_at",
            "read_at",
            "digest_at",
        ]

    def get_topic(self, notice: Notice) -> str:
        topic = known_topic(notice.kind)
        return topic.key if topic else ""


class FilterSerializer(serializers.Serializer[dict[str, Any]]):
    """What of the inbox is meant; empty, all of it."""

    topic = serializers.CharField(required=False, default="", allow_blank=True, max_length=40)
    plan = serializers.CharField(required=False, default="", allow_blank=True, max_length=60)
    unread = serializers.BooleanField(required=False, default=False)


class MarkedSerializer(serializers.Serializer[dict[str, int]]):
    marked = serializers.IntegerField(help_text="How many notices changed.")


class MailSettingsSerializer(serializers.Serializer[dict[str, Any]]):
    """How the person wants its mail. `zone` empty: that of the site; `language` empty: both."""

    rhythm = serializers.ChoiceField(choices=Rhythm.choices)
    hour = serializers.IntegerField(min_value=0, max_value=23, default=8)
    weekday = serializers.IntegerField(min_value=0, max_value=6, default=0)
    quiet_from = serializers.TimeField(allow_null=True, default=None)
    quiet_until = serializers.TimeField(allow_null=True, default=None)
    zone = serializers.CharField(allow_blank=True, max_length=60, default="")
    language = serializers.CharField(allow_blank=True, max_length=10, default="")
    muted = serializers.ListField(child=serializers.ChoiceField(choices=KEYS), default=list)


@extend_schema_view(list=extend_schema(parameters=[FilterSerializer]))
class NoticeViewSet(viewsets.ReadOnlyModelViewSet[Notice]):
    """The notices of the person, newest first."""

    queryset = Notice.objects.none()
    serializer_class = NoticeSerializer

    def get_queryset(self) -> QuerySet[Notice]:
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        actor = self.request._request.actor
        if self.action != "list":
            return queries.inbox(actor=actor)
        return queries.inbox(actor=actor, chosen=_chosen(self.request.query_params))

    @extend_schema(request=None, responses=NoticeSerializer)
    @action(detail=True, methods=["post"])
    def read(self, request: Request, pk: str) -> Response:
        """Mark one notice as read."""
        notice = actions.mark_read(actor=request._request.actor, notice_id=self.get_object().pk)
        return Response(NoticeSerializer(notice).data)

    @extend_schema(request=None, responses=NoticeSerializer)
    @action(detail=True, methods=["post"])
    def unread(self, request: Request, pk: str) -> Response:
        """Mark one notice as unread."""
        notice = self.get_object()
        actions.mark(actor=request._request.actor, notice_ids=[notice.pk], is_read=False)
        notice.refresh_from_db()
        return Response(NoticeSerializer(notice).data)

    @extend_schema(request=FilterSerializer, responses=MarkedSerializer)
    @action(detail=False, methods=["post"], url_path="read-all")
    def read_all(self, request: Request) -> Response:
        """Mark what a filter shows, or the whole inbox, as read."""
        if request._request.POST:  # a form is not read here, and no filter means everything
            raise UnsupportedMediaType(request.content_type)
        chosen = _chosen(request.data)
        number = actions.mark_all_read(actor=request._request.actor, chosen=chosen)
        return Response(MarkedSerializer({"marked": number}).data)

    @extend_schema(request=None, responses=MailSettingsSerializer)
    @action(detail=False, methods=["get"], url_path="settings", pagination_class=None)
    def mail(self, request: Request) -> Response:
        """How mail copies reach the person."""
        return Response(_settings(request))

    @extend_schema(request=MailSettingsSerializer, responses=MailSettingsSerializer)
    @mail.mapping.put
    def choose(self, request: Request) -> Response:
        """Choose anew how mail copies reach the person; what is left out is as first given."""
        said = MailSettingsSerializer(data=request.data)
        said.is_valid(raise_exception=True)
        actions.choose_mail(actor=request._request.actor, choice=Choice(**said.validated_data))
        return Response(_settings(request))


def _chosen(data: Any) -> Chosen:
    said = FilterSerializer(data=data)
    said.is_valid(raise_exception=True)
    return Chosen(**said.validated_data)


def _settings(request: Request) -> dict[str, Any]:
    standing = queries.mail_choice(actor=request._request.actor)
    said = asdict(standing.preference) | {
        "zone": standing.zone,
        "language": standing.language,
        "muted": sorted(standing.preference.muted),
    }
    return dict(MailSettingsSerializer(said).data)


routes = [("notices", NoticeViewSet)]
