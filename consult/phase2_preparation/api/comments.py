"""The comments inside a jurisdiction for programs."""

from typing import Any
from uuid import UUID

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from consult.phase2_preparation import actions, queries
from consult.phase2_preparation.api.given import (
    RemarkFields,
    S,
    draft_given,
    item_given,
    remark_of,
    round_given,
)
from consult.phase2_preparation.models import CommentDraft
from plans.register.api.given import values_of


class WriteDraftSerializer(RemarkFields):
    key = serializers.UUIDField()
    item = serializers.CharField(default="", allow_blank=True)
    share = serializers.BooleanField(default=True)


class EditDraftSerializer(RemarkFields):
    share = serializers.BooleanField(default=True)


class DraftSerializer(serializers.ModelSerializer[CommentDraft]):
    item = serializers.CharField(source="item.key", allow_null=True, default=None)

    class Meta:
        model = CommentDraft
        fields = [
            "key",
            "item",
            "type",
            "text_zh",
            "text_en",
            "wording_zh",
            "wording_en",
            "state",
            "reason",
        ]


class SendBackReasonSerializer(S):
    reason = serializers.CharField()


class DraftsView(generics.ListAPIView[CommentDraft]):
    """The working comments of the caller's own jurisdiction; POST writes one."""

    serializer_class = DraftSerializer
    queryset = CommentDraft.objects.none()

    def get_queryset(self) -> Any:
        _plan, one = round_given(self.request, self.kwargs["key"], self.kwargs["number"])
        return queries.visible_drafts(actor=self.request.actor, one=one)

    @extend_schema(request=WriteDraftSerializer, responses={201: DraftSerializer})
    def post(self, request: Request, key: str, number: int) -> Response:
        plan, one = round_given(request, key, number)
        data = values_of(WriteDraftSerializer, request)
        draft = actions.draft_comment(
            actor=request.actor,
            plan=plan,
            one=one,
            key=data["key"],
            remark=remark_of(data),
            item=item_given(one, data["item"]),
            share=data["share"],
        )
        return Response(DraftSerializer(draft).data, status=201)


class DraftView(APIView):
    @extend_schema(request=EditDraftSerializer, responses=DraftSerializer)
    def put(self, request: Request, key: str, number: int, draft: UUID) -> Response:
        plan, _one, found = draft_given(request, key, number, draft)
        data = values_of(EditDraftSerializer, request)
        found = actions.edit_comment(
            actor=request.actor,
            plan=plan,
            draft=found,
            remark=remark_of(data),
            share=data["share"],
        )
        return Response(DraftSerializer(found).data)

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request, key: str, number: int, draft: UUID) -> Response:
        plan, _one, found = draft_given(request, key, number, draft)
        actions.delete_comment(actor=request.actor, plan=plan, draft=found)
        return Response(status=204)


class ClearView(APIView):
    @extend_schema(request=None, responses=DraftSerializer)
    def post(self, request: Request, key: str, number: int, draft: UUID) -> Response:
        plan, _one, found = draft_given(request, key, number, draft)
        found = actions.clear_comment(actor=request.actor, plan=plan, draft=found)
        return Response(DraftSerializer(found).data)


class SendBackView(APIView):
    @extend_schema(request=SendBackReasonSerializer, responses=DraftSerializer)
    def post(self, request: Request, key: str, number: int, draft: UUID) -> Response:
        plan, _one, found = draft_given(request, key, number, draft)
        data = values_of(SendBackReasonSerializer, request)
        found = actions.send_back(actor=request.actor, plan=plan, draft=found, **data)
        return Response(DraftSerializer(found).data)


ROUND = "plans/<slug:key>/rounds/<int:number>/"
DRAFT = ROUND + "drafts/<uuid:draft>/"
urlpatterns = [
    path(ROUND + "drafts/", DraftsView.as_view(), name="drafts"),
    path(DRAFT, DraftView.as_view(), name="draft"),
    path(DRAFT + "clear/", ClearView.as_view(), name="draft-clear"),
    path(DRAFT + "send-back/", SendBackView.as_view(), name="draft-send-back"),
]
