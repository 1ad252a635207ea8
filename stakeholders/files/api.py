"""One's own uploads for programs: send one, then name its id in the act that attaches it."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.urls import path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from stakeholders.files import actions
from stakeholders.files.enums import DOCUMENTS, MEDIA_TYPES, Kind
from stakeholders.files.models import StoredFile
from stakeholders.files.queries import get_own_file, own_files
from stakeholders.files.serving import answer_file


def described_files(
    media_types: Iterable[str] = MEDIA_TYPES.values(),
) -> dict[tuple[int, str], OpenApiTypes]:
    """For `extend_schema(responses=...)`: the operation answers the bytes of a file of these types."""
    return {(200, name.partition(";")[0]): OpenApiTypes.BINARY for name in media_types}


class StoredFileSerializer(serializers.ModelSerializer[StoredFile]):
    is_attached = serializers.BooleanField(read_only=True, default=False)

    class Meta:
        model = StoredFile
        fields = [
            "id",
            "name",
            "media_type",
            "size",
            "sha256",
            "scan",
            "uploaded_at",
            "is_attached",
        ]


class UploadSerializer(serializers.Serializer[None]):
    file = serializers.FileField()
    kinds = serializers.MultipleChoiceField(choices=Kind.choices, required=False)


class FilesView(generics.ListAPIView[StoredFile]):
    """One's uploads, newest first; POST keeps one, unattached for a day."""

    serializer_class = StoredFileSerializer
    queryset = StoredFile.objects.none()
    parser_classes = [MultiPartParser]

    def get_queryset(self) -> QuerySet[StoredFile]:
        return own_files(actor=self.request._request.actor)

    @extend_schema(request=UploadSerializer, responses={201: StoredFileSerializer})
    def post(self, request: Request) -> Response:
        given = UploadSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        named = given.validated_data.get("kinds") or ()
        stored = actions.upload_file(
            actor=request.actor,
            upload=given.validated_data["file"],
            kinds=frozenset(Kind(word) for word in named) or DOCUMENTS,
        )
        return Response(StoredFileSerializer(stored).data, status=201)


class FileView(APIView):
    """The bytes of one's own upload; DELETE takes back what is not attached."""

    @extend_schema(operation_id="files_retrieve", responses=described_files())
    def get(self, request: Request, pk: UUID) -> HttpResponseBase:
        stored = get_own_file(actor=request.actor, pk=pk)
        return answer_file(stored, request=request._request)

    @extend_schema(operation_id="files_destroy", request=None, responses={204: None})
    def delete(self, request: Request, pk: UUID) -> Response:
        actions.remove_upload(actor=request.actor, pk=pk)
        return Response(status=204)


urlpatterns = [
    path("files/", FilesView.as_view(), name="files"),
    path("files/<uuid:pk>/", FileView.as_view(), name="file"),
]
