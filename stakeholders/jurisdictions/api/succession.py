"""Former names, and which unit followed which, for programs."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from stakeholders.jurisdictions import actions, queries
from stakeholders.jurisdictions.enums import SuccessionKind
from stakeholders.jurisdictions.models import FormerName, Succession
from stakeholders.jurisdictions.steps import NAMES


class FormerNameSerializer(serializers.ModelSerializer[FormerName]):
    class Meta:
        model = FormerName
        fields = [*NAMES, "valid_from", "valid_until", "document"]


class RenameSerializer(serializers.Serializer[Any]):
    """New names; one that is left out stays as it is."""

    name_zh = serializers.CharField(max_length=60, required=False)
    name_en = serializers.CharField(max_length=120, required=False)
    name_en_unique = serializers.CharField(max_length=120, required=False)
    short_zh = serializers.CharField(max_length=30, required=False)
    short_en = serializers.CharField(max_length=60, required=False)
    type_zh = serializers.CharField(max_length=30, required=False)
    type_en = serializers.CharField(max_length=60, required=False)
    day = serializers.DateField()
    document = serializers.CharField(max_length=200)


class SuccessionSerializer(serializers.ModelSerializer[Succession]):
    class Meta:
        model = Succession
        fields = ["predecessor", "successor", "kind", "day", "document"]


class SucceedSerializer(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=SuccessionKind.choices)
    predecessors = serializers.ListField(child=serializers.CharField(max_length=6))
    successors = serializers.ListField(child=serializers.CharField(max_length=6))
    day = serializers.DateField()
    document = serializers.CharField(max_length=200)


class SuccessionViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[Succession]):
    """Which unit followed which, newest first; filter: `text`. Administrators add to it."""

    permission_classes = [IsAuthenticated]
    queryset = Succession.objects.all()
    serializer_class = SuccessionSerializer

    def get_queryset(self) -> QuerySet[Succession]:
        return queries.succession_list(text=self.request.query_params.get("text", ""))

    @extend_schema(request=SucceedSerializer, responses={201: SuccessionSerializer(many=True)})
    def create(self, request: Request) -> Response:
        """Let units follow others on a day."""
        given = SucceedSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        rows = actions.succeed(actor=request._request.actor, **given.validated_data)
        return Response(SuccessionSerializer(rows, many=True).data, status=201)
