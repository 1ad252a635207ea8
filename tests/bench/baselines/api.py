"""The disposition table as a plain DRF view with the stock filter of guardian."""

from typing import Any

from django.db.models import Prefetch
from rest_framework import authentication, generics, pagination, permissions, renderers, serializers

from consult.phase2_preparation.models import Comment, Disposition
from tests.bench.baselines.pages import FILTERS
from tests.bench.baselines.rights import seen_by


class DispositionSerializer(serializers.ModelSerializer[Disposition]):
    matter = serializers.CharField(source="matter.key", default=None)
    is_published = serializers.SerializerMethodField()
    accepts = serializers.SerializerMethodField()

    class Meta:
        model = Disposition
        fields = [
            *("id", "outcome", "reason_zh", "reason_en", "matter", "is_published", "accepts"),
        ]

    def get_is_published(self, one: Disposition) -> bool:
        return hasattr(one, "publication")

    def get_accepts(self, one: Disposition) -> bool | None:
        answers = one.answers.all()
        return answers[0].accepts if answers else None


class CommentSerializer(serializers.ModelSerializer[Comment]):
    """What our table tells of a comment, field by field."""

    round = serializers.IntegerField(source="reply.round.number")
    item = serializers.CharField(source="item.key", default=None)
    source: Any = serializers.CharField(source="reply.source")
    is_late = serializers.BooleanField(source="reply.is_admitted_late")
    disposition = serializers.SerializerMethodField()

    class Meta:
        model = Comment
        fields = [
            *("number", "round", "jurisdiction", "source", "is_late", "item", "type"),
            *("text_zh", "text_en", "wording_zh", "wording_en", "disposition"),
        ]

    def get_disposition(self, comment: Comment) -> object:
        said = comment.dispositions.all()
        return DispositionSerializer(said[0]).data if said else None


class Pages(pagination.PageNumberPagination):
    page_size = 50


class CommentsView(generics.ListAPIView[Comment]):
    authentication_classes = (authentication.SessionAuthentication,)
    permission_classes = (permissions.IsAuthenticated,)
    renderer_classes = (renderers.JSONRenderer,)
    pagination_class = Pages
    filter_backends = ()
    serializer_class = CommentSerializer

    def get_queryset(self) -> Any:
        given = self.request.query_params
        asked = {FILTERS[name]: value for name, value in given.items() if name in FILTERS}
        said = Disposition.objects.select_related("publication", "matter")
        return (
            seen_by(self.request)
            .filter(plan__key=self.kwargs["key"], **asked)
            .select_related("item", "reply__round")
            .prefetch_related(
                Prefetch("dispositions", said.prefetch_related("answers").order_by("-pk"))
            )
            .order_by("number")
        )
