"""Acts entered for a party, for programs. Positions are entered and confirmed by form only: they
bind a jurisdiction, and its signatory signs in again first."""

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from consult.spoken import actions
from consult.spoken.content import said_in
from consult.spoken.enums import BINDING, ActKind, Standing
from consult.spoken.models import EnteredAct
from consult.spoken.queries import get_entered, plan_to_speak_in, shown_at, visible_entered
from consult.spoken.rules import require_entering
from consult.spoken.steps import Evidence
from consult.spoken.subjects import subject_of
from plans.register.models import Plan
from plans.register.queries import get_plan
from stakeholders.files.actions import take_upload
from stakeholders.files.enums import DOCUMENTS
from stakeholders.people.enums import Basis, EvidenceKind
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from stakeholders.terms.errors import Invalid

BY_PROGRAM = [choice for choice in ActKind.choices if choice[0] not in BINDING]


class EnteredRemarkSerializer(serializers.Serializer[Any]):
    item = serializers.CharField(default="", allow_blank=True)
    type = serializers.CharField(default="general")
    text_zh = serializers.CharField(default="", allow_blank=True)
    text_en = serializers.CharField(default="", allow_blank=True)
    wording_zh = serializers.CharField(default="", allow_blank=True)
    wording_en = serializers.CharField(default="", allow_blank=True)


class EnteredSaidSerializer(serializers.Serializer[Any]):
    """What was said; of the fields those that the kind of act has."""

    answer = serializers.CharField(required=False)
    role_asked = serializers.CharField(required=False, allow_blank=True)
    value = serializers.CharField(required=False)
    is_nil = serializers.BooleanField(required=False)
    text = serializers.CharField(required=False, allow_blank=True)
    text_zh = serializers.CharField(required=False, allow_blank=True)
    text_en = serializers.CharField(required=False, allow_blank=True)
    remarks = EnteredRemarkSerializer(many=True, required=False)


class EnterActSerializer(serializers.Serializer[Any]):
    """`subject`: the id of the invitation, round or matter."""

    kind = serializers.ChoiceField(choices=BY_PROGRAM)
    subject = serializers.IntegerField()
    jurisdiction = serializers.CharField(max_length=6)
    said = EnteredSaidSerializer()
    evidence_kind = serializers.ChoiceField(
        choices=EvidenceKind.choices, default="", allow_blank=True
    )
    evidence_number = serializers.CharField(max_length=80, default="", allow_blank=True)
    evidence_on = serializers.DateField(default=None, allow_null=True)
    evidence_text = serializers.CharField(max_length=10_000, default="", allow_blank=True)
    evidence_file = serializers.UUIDField(default=None, allow_null=True)


class EnteredActSerializer(serializers.ModelSerializer[EnteredAct]):
    standing = serializers.SerializerMethodField()
    said = serializers.SerializerMethodField()

    class Meta:
        model = EnteredAct
        fields = [
            "id",
            "kind",
            "jurisdiction",
            "basis",
            "standing",
            "said",
            "evidence_kind",
            "evidence_number",
            "evidence_on",
            "evidence_text",
            "at",
            "confirm_by",
        ]

    @extend_schema_field(serializers.ChoiceField(choices=Standing.choices))
    def get_standing(self, act: EnteredAct) -> str:
        return str(shown_at(act, at=clock.now()).standing.value)

    @extend_schema_field(serializers.DictField())
    def get_said(self, act: EnteredAct) -> dict[str, Any]:
        return dict(said_in(act))


class RefuseActSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=5_000)


class EnteredActsView(generics.ListAPIView[EnteredAct]):
    """The acts entered for parties that one may know of; POST enters one."""

    serializer_class = EnteredActSerializer
    queryset = EnteredAct.objects.none()

    def get_queryset(self) -> Any:
        plan = get_plan(actor=self.request.actor, key=self.kwargs["key"])
        return visible_entered(actor=self.request.actor).filter(plan=plan).order_by("-pk")

    @extend_schema(request=EnterActSerializer, responses={201: EnteredActSerializer})
    def post(self, request: Request, key: str) -> Response:
        plan = plan_to_speak_in(actor=request.actor, key=key)
        given = EnterActSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        act = _enter(request, plan, dict(given.validated_data))
        found = get_entered(actor=request.actor, key=key, pk=act.pk)
        return Response(EnteredActSerializer(found).data, status=201)


def _enter(request: Request, plan: Plan, data: dict[str, Any]) -> EnteredAct:
    is_office = request.actor.role is Role.COORDINATOR
    basis = Basis.ON_EVIDENCE if is_office else Basis.AD_REFERENDUM
    code = data["jurisdiction"]
    require_entering(actor=request.actor, plan=plan, kind=data["kind"], code=code, basis=basis)
    about = subject_of(plan=plan, kind=data["kind"], pk=data["subject"], at=clock.now())
    upload = data["evidence_file"]
    stored = (
        take_upload(actor=request.actor, pk=upload, kinds=DOCUMENTS, plan_key=plan.key)
        if upload
        else None
    )
    common: dict[str, Any] = {
        "actor": request.actor,
        "plan": plan,
        "kind": data["kind"],
        "subject": about.row.pk,
        "said": {k: list(map(dict, v)) if k == "remarks" else v for k, v in data["said"].items()},
        "evidence": Evidence(
            kind=data["evidence_kind"],
            number=data["evidence_number"],
            on=data["evidence_on"],
            text=data["evidence_text"],
            file=stored,
        ),
    }
    if is_office:
        return actions.enter_for(code=code, **common)
    return actions.enter_ad_referendum(**common)


class EnteredActView(APIView):
    """One act entered for a party."""

    @extend_schema(responses=EnteredActSerializer)
    def get(self, request: Request, key: str, entry: int) -> Response:
        act = get_entered(actor=request.actor, key=key, pk=entry)
        return Response(EnteredActSerializer(act).data)


class ConfirmActView(APIView):
    @extend_schema(request=None, responses=EnteredActSerializer)
    def post(self, request: Request, key: str, entry: int) -> Response:
        act = get_entered(actor=request.actor, key=key, pk=entry)
        if act.kind in BINDING:
            raise Invalid({"": _("A position is confirmed by form only, after signing in again.")})
        actions.confirm(actor=request.actor, act=act)
        act = get_entered(actor=request.actor, key=key, pk=entry)
        return Response(EnteredActSerializer(act).data)


class RefuseActView(APIView):
    @extend_schema(request=RefuseActSerializer, responses=EnteredActSerializer)
    def post(self, request: Request, key: str, entry: int) -> Response:
        act = get_entered(actor=request.actor, key=key, pk=entry)
        given = RefuseActSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        actions.refuse(actor=request.actor, act=act, **given.validated_data)
        act = get_entered(actor=request.actor, key=key, pk=entry)
        return Response(EnteredActSerializer(act).data)


PLAN = "plans/<slug:key>/entered/"
urlpatterns = [
    path(PLAN, EnteredActsView.as_view(), name="entered-acts"),
    path(PLAN + "<int:entry>/", EnteredActView.as_view(), name="entered-act"),
    path(PLAN + "<int:entry>/confirm/", ConfirmActView.as_view(), name="entered-act-confirm"),
    path(PLAN + "<int:entry>/refuse/", RefuseActView.as_view(), name="entered-act-refuse"),
]
