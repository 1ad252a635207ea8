"""A rule tried on a case over the API: of a charter, or of a content not proposed yet."""

from django.urls import path
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from consult.consensus.case import CaseError
from consult.phase1_organization.api.serializers import TrialSerializer, TriedSerializer
from consult.phase1_organization.content import CharterContent, from_dict
from consult.phase1_organization.governing import names_of
from consult.phase1_organization.queries import co_makers_of, get_charter
from consult.phase1_organization.sentences import rule_sentence
from consult.phase1_organization.soundness import require_sound
from consult.phase1_organization.trying import Trial, rule_of_class, try_rule
from plans.register.models import Plan
from plans.register.queries import get_plan
from stakeholders.terms.errors import Invalid


class TryCharter(GenericAPIView):
    """Computes, keeps nothing."""

    serializer_class = TrialSerializer

    @extend_schema(operation_id="charter_try", request=TrialSerializer, responses=TriedSerializer)
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        given = TrialSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        asked = given.validated_data
        makers = list(co_makers_of(plan))
        weights = {str(one.jurisdiction_id): str(one.weight) for one in makers}
        if not set(asked["positions"]) <= set(weights):
            raise Invalid({"positions": _("Positions are those of the co-making parties.")})
        names = names_of(makers)
        content = _content(plan, asked, codes=list(weights))
        trial = Trial(
            item_class=asked["item_class"], stances=asked["positions"], is_closed=asked["closed"]
        )
        try:
            result = try_rule(content, trial, parties=weights, names=names)
        except CaseError as error:
            raise Invalid({"positions": error.error}) from error
        sentence = rule_sentence(rule_of_class(content, trial.item_class), names)
        return Response(TriedSerializer({**result, "sentence": sentence}).data)


def _content(plan: Plan, asked: dict[str, object], *, codes: list[str]) -> CharterContent:
    """The content that is tried: a sound one given, or that of a charter by its number."""
    given, number = asked.get("content"), asked.get("charter")
    if isinstance(given, dict) and number is None:
        content = from_dict(given)
        require_sound(content, codes=codes)
        return content
    if isinstance(number, int) and given is None:
        return get_charter(plan, number=number).content
    raise Invalid({"": _("Give the number of a charter or a content, one of the two.")})


urlpatterns = [path("plans/<slug:key>/charters/try/", TryCharter.as_view())]
