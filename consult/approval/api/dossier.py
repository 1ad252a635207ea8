"""The dossier for programs: its lines, filing, order."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from consult.approval.actions.dossier import arrange_dossier, file_dossier_paper
from consult.approval.queries.arrangements import Arranged
from consult.approval.queries.dossier import Standing, dossier_state
from consult.approval.queries.sight import require_dossier_sight
from consult.phase2_preparation.steps.papers import Issue
from plans.register.api.given import values_of
from plans.register.models import Plan
from plans.register.queries import get_plan
from stakeholders.files.actions import take_upload
from stakeholders.files.enums import DOCUMENTS

S = serializers.Serializer[Any]
APPROVAL = "plans/<slug:key>/approval/"


class DossierDocumentSerializer(S):
    name_zh = serializers.CharField()
    name_en = serializers.CharField()
    code = serializers.CharField(help_text="Of a paper the platform writes; else empty.")
    kinds = serializers.ListField(child=serializers.CharField())
    number = serializers.CharField()
    on = serializers.DateField(allow_null=True)
    issuer = serializers.CharField()
    file = serializers.UUIDField(source="file.pk", default=None, allow_null=True)


class DossierLineSerializer(S):
    number = serializers.IntegerField()
    key = serializers.CharField()
    name_zh = serializers.CharField(source="arranged.name_zh")
    name_en = serializers.CharField(source="arranged.name_en")
    is_required = serializers.BooleanField()
    is_missing = serializers.BooleanField()
    standing = serializers.ChoiceField(choices=[one.value for one in Standing])
    reason = serializers.CharField()
    owed_by = serializers.CharField()
    documents = DossierDocumentSerializer(many=True)


class DossierSerializer(S):
    arrangement = serializers.IntegerField(
        source="arrangement.pk", default=0, help_text="The `base` of the next arrangement."
    )
    is_complete = serializers.BooleanField()
    lines = DossierLineSerializer(many=True)


class FileDossierPaperSerializer(S):
    document_number = serializers.CharField(max_length=80)
    issued_on = serializers.DateField()
    issuer = serializers.CharField(max_length=120)
    file = serializers.UUIDField(
        default=None, allow_null=True, help_text="The id of an upload of one's own."
    )


class ArrangedLineSerializer(S):
    key = serializers.CharField(
        default="", allow_blank=True, max_length=40, help_text="Empty for a further line."
    )
    name_zh = serializers.CharField(default="", allow_blank=True, max_length=200)
    name_en = serializers.CharField(default="", allow_blank=True, max_length=200)
    is_required = serializers.BooleanField(default=False)
    left_out = serializers.CharField(default="", allow_blank=True, max_length=500)


class ArrangeSerializer(S):
    base = serializers.IntegerField(min_value=0)
    reason = serializers.CharField(default="", allow_blank=True, max_length=300)
    lines = ArrangedLineSerializer(many=True)


class DossierMadeSerializer(S):
    id = serializers.IntegerField()


def _seen(request: Request, key: str) -> Plan:
    plan = get_plan(actor=request.actor, key=key)
    require_dossier_sight(actor=request.actor, plan=plan)
    return plan


class DossierView(APIView):
    """The lines in their order, with what is missing and who owes it."""

    @extend_schema(responses=DossierSerializer)
    def get(self, request: Request, key: str) -> Response:
        return Response(DossierSerializer(dossier_state(_seen(request, key))).data)


class DossierFileView(APIView):
    @extend_schema(request=FileDossierPaperSerializer, responses={201: DossierMadeSerializer})
    def post(self, request: Request, key: str, line: str) -> Response:
        plan = _seen(request, key)
        data = values_of(FileDossierPaperSerializer, request)
        file = None
        if data["file"] is not None:
            file = take_upload(
                actor=request.actor,
                pk=data["file"],
                kinds=DOCUMENTS,
                plan_key=plan.key,
                field="file",
            )
        issue = Issue(number=data["document_number"], on=data["issued_on"], issuer=data["issuer"])
        row = file_dossier_paper(actor=request.actor, plan=plan, line=line, issue=issue, file=file)
        return Response({"id": row.pk}, status=201)


class DossierArrangeView(APIView):
    @extend_schema(request=ArrangeSerializer, responses={201: DossierMadeSerializer})
    def post(self, request: Request, key: str) -> Response:
        plan = _seen(request, key)
        data = values_of(ArrangeSerializer, request)
        row = arrange_dossier(
            actor=request.actor,
            plan=plan,
            lines=[Arranged(**one) for one in data["lines"]],
            base=data["base"],
            reason=data["reason"],
        )
        return Response({"id": row.pk}, status=201)


urlpatterns = [
    path(APPROVAL + "dossier/", DossierView.as_view(), name="dossier"),
    path(APPROVAL + "dossier/arrange/", DossierArrangeView.as_view(), name="dossier-arrange"),
    path(
        APPROVAL + "dossier/lines/<slug:line>/file/",
        DossierFileView.as_view(),
        name="dossier-file",
    ),
]
