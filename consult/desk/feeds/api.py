"""One's own feeds for programs. A token reads and revokes; an address is given to who signed in."""

from typing import Any

from django.urls import path
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from consult.desk.feeds import actions, queries
from consult.desk.feeds.views import address_of
from consult.desk.models import CalendarFeed
from stakeholders.terms import clock


class FeedSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    plan = serializers.SerializerMethodField(
        help_text="Null for all plans, empty for one that the person sees no more."
    )
    name = serializers.CharField()
    language = serializers.CharField()
    created_at = serializers.DateTimeField()
    read_at = serializers.DateTimeField(allow_null=True)

    def get_plan(self, feed: CalendarFeed) -> str | None:
        if feed.plan is None:
            return None
        return feed.plan.key if feed.plan_id in self.context["seen"] else ""


class NewFeedSerializer(serializers.Serializer[Any]):
    """What a feed is made of; everything may be left out."""

    plan = serializers.CharField(required=False, allow_blank=True, default="")
    name = serializers.CharField(required=False, allow_blank=True, default="", max_length=80)
    language = serializers.CharField(required=False, allow_blank=True, default="")


class MadeFeedSerializer(FeedSerializer):
    address = serializers.SerializerMethodField()

    def get_address(self, feed: CalendarFeed) -> str:
        """Shown once: only its hash is stored."""
        return str(self.context["address"])


def _context(request: Request, **more: str) -> dict[str, object]:
    plans = queries.choosable_plans(actor=request._request.actor, at=clock.now())
    return {"seen": {plan.pk for plan in plans}, **more}


def _made(request: Request, feed: CalendarFeed, secret: str, *, status: int) -> Response:
    body = MadeFeedSerializer(feed, context=_context(request, address=address_of(secret)))
    return Response(body.data, status=status)


def _require_session(request: Request) -> None:
    """A token speaks under one mandate and ends with it; a feed shows all the person's mandates."""
    if request.auth is not None:
        raise PermissionDenied(_("The address of a calendar feed is given to no token: sign in."))


class Feeds(APIView):
    @extend_schema(responses=FeedSerializer(many=True), operation_id="calendar_feeds_list")
    def get(self, request: Request) -> Response:
        """The living calendar feeds of the person, without their addresses."""
        rows = queries.own_feeds(actor=request._request.actor)
        return Response(FeedSerializer(rows, many=True, context=_context(request)).data)

    @extend_schema(
        request=NewFeedSerializer,
        responses={201: MadeFeedSerializer},
        operation_id="calendar_feeds_make",
    )
    def post(self, request: Request) -> Response:
        """Make a feed; its address stands in this answer alone. Refused to tokens."""
        _require_session(request)
        given = NewFeedSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        feed, secret = actions.make_feed(
            actor=request._request.actor,
            plan_key=given.validated_data["plan"],
            name=given.validated_data["name"],
            language=given.validated_data["language"],
        )
        return _made(request, feed, secret, status=201)


class FeedRenewal(APIView):
    @extend_schema(request=None, responses=MadeFeedSerializer, operation_id="calendar_feeds_renew")
    def post(self, request: Request, pk: int) -> Response:
        """Give the feed a new address; the old one opens nothing any more. Refused to tokens."""
        _require_session(request)
        feed, secret = actions.renew_feed(actor=request._request.actor, pk=pk)
        return _made(request, feed, secret, status=200)


class FeedRevocation(APIView):
    @extend_schema(request=None, responses={204: None}, operation_id="calendar_feeds_revoke")
    def post(self, request: Request, pk: int) -> Response:
        """End a feed at once."""
        actions.revoke_feed(actor=request._request.actor, pk=pk)
        return Response(status=204)


urlpatterns = [
    path("calendar/", Feeds.as_view(), name="calendar_feeds"),
    path("calendar/<int:pk>/renew/", FeedRenewal.as_view(), name="calendar_feed_renew"),
    path("calendar/<int:pk>/revoke/", FeedRevocation.as_view(), name="calendar_feed_revoke"),
]
