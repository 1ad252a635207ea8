"""The consensus rules for anybody: nothing is stored."""

from django.urls import path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from consult.consensus import CaseError, evaluate


class EvaluateView(APIView):
    """Evaluate any case of the consensus rules; nothing is stored."""

    @extend_schema(request=OpenApiTypes.OBJECT, responses=OpenApiTypes.OBJECT)
    def post(self, request: Request) -> Response:
        try:
            return Response(evaluate(request.data))
        except CaseError as error:
            return Response(error.as_dict(), status=400)


urlpatterns = [
    path("consensus/evaluate", EvaluateView.as_view()),
]
