"""Attachments and the word on being concerned, for programs. A file is uploaded first, by itself."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from plans.register import queries
from plans.register.actions import (
    add_attachment,
    declare_concern,
    remove_attachment,
    renounce_concern,
)
from plans.register.api.given import values_of
from plans.register.enums import AttachmentPurpose, Classification
from plans.register.models import Attachment
from plans.register.rules import ACTS, require, sees_draft
from stakeholders.files.actions import take_upload
from stakeholders.files.api import described_files
from stakeholders.files.enums import Kind
from stakeholders.files.serving import answer_file


class AttachmentSerializer(serializers.ModelSerializer[Attachment]):
    item = serializers.CharField(source="item.key", default="")
    name = serializers.CharField(source="file.name")
    sha256 = serializers.CharField(source="file.sha256")
    size = serializers.IntegerField(source="file.size")
    is_removed = serializers.SerializerMethodField()

    class Meta:
        model = Attachment
        fields = [
            "id",
            "item",
            "purpose",
            "title_zh",
            "title_en",
            "classification",
            "name",
            "sha256",
            "size",
            "added_at",
            "is_removed",
        ]

    def get_is_removed(self, row: Attachment) -> bool:
        return hasattr(row, "removal")


class NewAttachmentSerializer(serializers.Serializer[Any]):
    file = serializers.UUIDField(help_text="of an upload of your own")
    item = serializers.SlugField(default="", allow_blank=True)
    purpose = serializers.ChoiceField(choices=AttachmentPurpose.choices, default="attachment")
    title_zh = serializers.CharField(max_length=200)
    title_en = serializers.CharField(max_length=300, default="", allow_blank=True)
    classification = serializers.ChoiceField(choices=Classification.choices, default="open")
    is_unclassified = serializers.BooleanField(
        help_text="your word that the file contains no classified material"
    )


class AttachmentRemovalSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=300)


class AttachmentListView(generics.ListAPIView[Attachment]):
    """The attachments that stand; internal ones only for who sees the working draft."""

    serializer_class = AttachmentSerializer
    queryset = Attachment.objects.none()

    def get_queryset(self) -> QuerySet[Attachment]:
        plan = queries.get_plan(actor=self.request.actor, key=self.kwargs["key"])
        sees = sees_draft(actor=self.request.actor, plan=plan)
        return queries.visible_attachments(plan, sees_draft=sees)

    @extend_schema(request=NewAttachmentSerializer, responses={201: AttachmentSerializer})
    def post(self, request: Request, key: str) -> Response:
        plan = queries.get_plan(actor=request.actor, key=key)
        require("attachment.add", ACTS, actor=request.actor, plan=plan)
        given = values_of(NewAttachmentSerializer, request)
        given["file"] = take_upload(
            actor=request.actor, pk=given["file"], kinds=frozenset(Kind), plan_key=key
        )
        made = add_attachment(actor=request.actor, plan=plan, **given)
        return Response(AttachmentSerializer(made).data, status=201)


class AttachmentFileView(APIView):
    @extend_schema(responses=described_files())
    def get(self, request: Request, key: str, number: int) -> HttpResponseBase:
        plan = queries.get_plan(actor=request.actor, key=key)
        sees = sees_draft(actor=request.actor, plan=plan)
        found = queries.get_attachment(plan, number=number, sees_draft=sees)
        return answer_file(found.file, request=request._request)


class AttachmentRemoveView(APIView):
    @extend_schema(request=AttachmentRemovalSerializer, responses={204: None})
    def post(self, request: Request, key: str, number: int) -> Response:
        plan = queries.get_plan(actor=request.actor, key=key)
        values = values_of(AttachmentRemovalSerializer, request)
        remove_attachment(actor=request.actor, plan=plan, number=number, **values)
        return Response(status=204)


class DeclareView(APIView):
    """Your jurisdiction is concerned by the item."""

    @extend_schema(request=AttachmentRemovalSerializer, responses={204: None})
    def post(self, request: Request, key: str, item: str) -> Response:
        plan = queries.get_plan(actor=request.actor, key=key)
        values = values_of(AttachmentRemovalSerializer, request)
        declare_concern(actor=request.actor, plan=plan, item=item, **values)
        return Response(status=204)


class RenounceView(APIView):
    """Your jurisdiction is no longer concerned by the item."""

    @extend_schema(request=AttachmentRemovalSerializer, responses={204: None})
    def post(self, request: Request, key: str, item: str) -> Response:
        plan = queries.get_plan(actor=request.actor, key=key)
        values = values_of(AttachmentRemovalSerializer, request)
        renounce_concern(actor=request.actor, plan=plan, item=item, **values)
        return Response(status=204)


urlpatterns = [
    path("plans/<slug:key>/attachments/", AttachmentListView.as_view()),
    path("plans/<slug:key>/attachments/<int:number>/file/", AttachmentFileView.as_view()),
    path("plans/<slug:key>/attachments/<int:number>/remove/", AttachmentRemoveView.as_view()),
    path("plans/<slug:key>/items/<slug:item>/declare/", DeclareView.as_view()),
    path("plans/<slug:key>/items/<slug:item>/renounce/", RenounceView.as_view()),
]
