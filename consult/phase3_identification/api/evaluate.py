"""The consensus rules for anybody: nothing is stored, nothing is told about any plan."""

from allauth.core import ratelimit
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import Throttled
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from consult.consensus import CaseError, evaluate
from consult.phase3_identification.api.cases import (
    EXAMPLES,
    CaseAnswerSerializer,
    CaseErrorSerializer,
    CaseParser,
    CaseSerializer,
)


class EvaluateView(APIView):
    """Evaluate any case of the consensus rules. Open to all; strangers are limited in number."""

    permission_classes = (AllowAny,)
    parser_classes = (CaseParser,)

    @extend_schema(
        operation_id="evaluate_consensus",
        request=CaseSerializer,
        responses={200: CaseAnswerSerializer, 400: CaseErrorSerializer},
        examples=EXAMPLES,
    )
    def post(self, request: Request) -> Response:
        """Answer where the case stands; 400 names what is wrong with it and the path to it."""
        if not request.user.is_authenticated and not ratelimit.consume(request, action="evaluate"):
            raise Throttled
        try:
            return Response(evaluate(request.data))
        except CaseError as error:
            return Response(error.as_dict(), status=400)


urlpatterns = [
    path("consensus/evaluate", EvaluateView.as_view(), name="evaluate"),
]
