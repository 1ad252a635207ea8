"""The comments inside a jurisdiction for programs."""

from dataclasses import replace
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
from consult.phase2_preparation.models import CommentDraft, CommentSupport, DraftNote
from consult.phase2_preparation.queries.dispositions import get_comment
from consult.phase2_preparation.steps import Remark
from plans.register.api.given import values_of
from plans.register.models import Plan
from plans.register.queries import get_plan
from stakeholders.files.actions import take_upload
from stakeholders.files.enums import DOCUMENTS
from stakeholders.files.models import StoredFile


class DraftFields(RemarkFields):
    quote = serializers.CharField(default="", allow_blank=True, max_length=2_000)
    before = serializers.CharField(
        default="", allow_blank=True, max_length=2_000, help_text="The text before the passage."
    )
    files = serializers.ListField(
        child=serializers.UUIDField(),
        max_length=3,
        default=None,
        allow_null=True,
        help_text="Ids of uploads of one's own, or of files the draft has.",
    )
    share = serializers.BooleanField(default=True)


class WriteDraftSerializer(DraftFields):
    key = serializers.UUIDField()
    item = serializers.CharField(default="", allow_blank=True)


class EditDraftSerializer(DraftFields):
    edits = serializers.IntegerField(default=None, allow_null=True, min_value=0)


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
            "quote",
            "quote_language",
            "quote_at",
            "state",
            "reason",
            "edits",
        ]


class SendBackReasonSerializer(S):
    reason = serializers.CharField()


class DraftNoteSerializer(serializers.ModelSerializer[DraftNote]):
    class Meta:
        model = DraftNote
        fields = ["text", "at"]
        read_only_fields = ["at"]


class WriteNoteSerializer(S):
    text = serializers.CharField(max_length=2_000)


class CosignSerializer(S):
    withdraw = serializers.BooleanField(default=False)
    text = serializers.CharField(default="", allow_blank=True, max_length=300)


class SupportSerializer(serializers.ModelSerializer[CommentSupport]):
    jurisdiction = serializers.CharField(source="jurisdiction_id")

    class Meta:
        model = CommentSupport
        fields = ["jurisdiction", "is_withdrawn", "text", "at"]


def files_given(
    request: Request, plan: Plan, data: dict[str, Any], *, draft: CommentDraft | None = None
) -> list[StoredFile] | None:
    """The files named: those the draft has, or uploads of the caller. Invalid for any other."""
    if data["files"] is None:
        return None
    present = {row.file_id: row.file for row in draft.files.all()} if draft else {}
    return [
        present.get(pk)
        or take_upload(
            actor=request.actor, pk=pk, kinds=DOCUMENTS, plan_key=plan.key, field="files"
        )
        for pk in data["files"]
    ]


def quoted_remark(data: dict[str, Any]) -> Remark:
    return replace(remark_of(data), quote=data["quote"])


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
            remark=quoted_remark(data),
            item=item_given(one, data["item"]),
            share=data["share"],
            files=files_given(request, plan, data) or (),
            before=data["before"],
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
            remark=quoted_remark(data),
            share=data["share"],
            files=files_given(request, plan, data, draft=found),
            edits=data["edits"],
            before=data["before"],
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


class WithdrawClearanceView(APIView):
    @extend_schema(request=None, responses=DraftSerializer)
    def post(self, request: Request, key: str, number: int, draft: UUID) -> Response:
        plan, _one, found = draft_given(request, key, number, draft)
        found = actions.withdraw_clearance(actor=request.actor, plan=plan, draft=found)
        return Response(DraftSerializer(found).data)


class DraftNotesView(generics.ListAPIView[DraftNote]):
    """What colleagues say about a draft; POST adds a note."""

    serializer_class = DraftNoteSerializer
    queryset = DraftNote.objects.none()

    def get_queryset(self) -> Any:
        given = self.kwargs
        _plan, _one, found = draft_given(
            self.request, given["key"], given["number"], given["draft"]
        )
        return queries.notes_of(found)

    @extend_schema(request=WriteNoteSerializer, responses={201: DraftNoteSerializer})
    def post(self, request: Request, key: str, number: int, draft: UUID) -> Response:
        plan, _one, found = draft_given(request, key, number, draft)
        data = values_of(WriteNoteSerializer, request)
        note = actions.note_on_draft(actor=request.actor, plan=plan, draft=found, **data)
        return Response(DraftNoteSerializer(note).data, status=201)


class CosignView(APIView):
    """Signs another's comment for the token's jurisdiction, or takes the signature back."""

    @extend_schema(request=CosignSerializer, responses={201: SupportSerializer})
    def post(self, request: Request, key: str, number: int) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        comment = get_comment(actor=request.actor, plan=plan, number=number)
        data = values_of(CosignSerializer, request)
        row = actions.cosign_comment(actor=request.actor, plan=plan, comment=comment, **data)
        return Response(SupportSerializer(row).data, status=201)


ROUND = "plans/<slug:key>/rounds/<int:number>/"
DRAFT = ROUND + "drafts/<uuid:draft>/"
urlpatterns = [
    path(ROUND + "drafts/", DraftsView.as_view(), name="drafts"),
    path(DRAFT, DraftView.as_view(), name="draft"),
    path(DRAFT + "clear/", ClearView.as_view(), name="draft-clear"),
    path(
        DRAFT + "withdraw-clearance/",
        WithdrawClearanceView.as_view(),
        name="draft-withdraw-clearance",
    ),
    path(DRAFT + "notes/", DraftNotesView.as_view(), name="draft-notes"),
    path(
        "plans/<slug:key>/comments/<int:number>/cosign/",
        CosignView.as_view(),
        name="comment-cosign",
    ),
    path(DRAFT + "send-back/", SendBackView.as_view(), name="draft-send-back"),
]
