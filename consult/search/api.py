"""The search for programs: the same hits as the page."""

from typing import Any

from django.urls import path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import generics, serializers

from consult.search import queries
from consult.search.enums import Kind, State
from consult.search.forms import LENGTH, SearchForm
from consult.search.queries import Hit
from stakeholders.terms.errors import Invalid


class SnippetPieceSerializer(serializers.Serializer[Any]):
    text = serializers.CharField()
    is_found = serializers.BooleanField()


class HitSerializer(serializers.Serializer[Hit]):
    kind = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    title = serializers.CharField(source="title_text")
    plan = serializers.CharField(source="plan.key", default=None, allow_null=True)
    who = serializers.CharField()
    standing = serializers.CharField()
    state = serializers.CharField()
    at = serializers.DateTimeField(allow_null=True)
    url = serializers.CharField()
    snippet = SnippetPieceSerializer(source="pieces", many=True)


def _parameter(name: str, text: str, **more: Any) -> OpenApiParameter:
    return OpenApiParameter(name, more.pop("type", OpenApiTypes.STR), description=text, **more)


PARAMETERS = [
    _parameter(
        "q",
        f"Words, at most {LENGTH} characters; all must occur, what stands in quotation marks is one.",
        required=True,
    ),
    _parameter("plan", "Key of a plan."),
    _parameter("kind", "What it is.", enum=Kind.values),
    _parameter("jurisdiction", "Code of whom it concerns or who said it."),
    _parameter("state", "How far it has come.", enum=State.values),
    _parameter("since", "First day.", type=OpenApiTypes.DATE),
    _parameter("until", "Last day.", type=OpenApiTypes.DATE),
]


@extend_schema_view(get=extend_schema(operation_id="search_list", parameters=PARAMETERS))
class SearchView(generics.ListAPIView[Any]):
    """What the caller may see and finds, the newest first; `count` ends at 1,000. A `plan` of null:
    the library of cross-border matters."""

    serializer_class = HitSerializer

    def get_queryset(self) -> Any:
        actor = self.request.actor
        form = SearchForm(
            self.request.query_params,
            plans=queries.plans_offered(actor=actor),
            units=queries.units_offered(actor=actor),
        )
        if not form.is_valid():
            raise Invalid({name: " ".join(map(str, texts)) for name, texts in form.errors.items()})
        return queries.find(actor=actor, asked=form.asked())


urlpatterns = [path("search/", SearchView.as_view(), name="search")]
