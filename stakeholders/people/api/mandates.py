"""Mandates for programs. What makes a signatory, and confirming, need the form: its person signs
in again first."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people import actions
from stakeholders.people.enums import RoleName, Standing
from stakeholders.people.models import Mandate, Organization
from stakeholders.people.queries import (
    get_mandate,
    own_mandates,
    shown_mandate,
    visible_mandates,
)
from stakeholders.people.rules import BY_TWO
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.asked import asked_number
from stakeholders.terms.errors import Invalid


class MandateSerializer(serializers.ModelSerializer[Mandate]):
    person_zh = serializers.CharField(source="user.name_zh", read_only=True)
    person_en = serializers.CharField(source="user.name_en", read_only=True)
    standing = serializers.ChoiceField(choices=Standing.choices, read_only=True)

    class Meta:
        model = Mandate
        fields = [
            "id",
            "person_zh",
            "person_en",
            "role",
            "jurisdiction",
            "organization",
            "plan_key",
            "acts",
            "items",
            "document",
            "valid_from",
            "valid_until",
            "stands_in_for",
            "standing",
        ]


class _NewPersonSerializer(serializers.Serializer[Any]):
    email = serializers.EmailField()
    name_zh = serializers.CharField(max_length=60)
    name_en = serializers.CharField(max_length=80, default="", allow_blank=True)
    document = serializers.CharField(max_length=120)


class GrantSerializer(_NewPersonSerializer):
    role = serializers.ChoiceField(choices=RoleName.choices)
    title_zh = serializers.CharField(max_length=80, default="", allow_blank=True)
    organization = serializers.SlugRelatedField(
        slug_field="key", queryset=Organization.objects.all(), allow_null=True, default=None
    )
    valid_from = serializers.DateTimeField(allow_null=True, default=None)
    valid_until = serializers.DateTimeField(allow_null=True, default=None)
    plan_key = serializers.SlugField(max_length=60, default="", allow_blank=True)
    acts = serializers.ListField(child=serializers.CharField(), allow_null=True, default=None)

    def validate_role(self, value: str) -> str:
        if Role(value) in BY_TWO:
            raise serializers.ValidationError(_("A signatory is named by the form."))
        return value


class SubstitutionSerializer(_NewPersonSerializer):
    valid_from = serializers.DateTimeField()
    valid_until = serializers.DateTimeField()


class ClaimSerializer(serializers.Serializer[Any]):
    jurisdiction = serializers.PrimaryKeyRelatedField(queryset=Jurisdiction.objects.all())
    document = serializers.CharField(max_length=120)
    title_zh = serializers.CharField(max_length=80, default="", allow_blank=True)


class RefusalSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=2000)


class MandateViewSet(viewsets.ReadOnlyModelViewSet[Mandate]):
    """The mandates of the person, also pending and ended ones; `?all=1`: those it may see."""

    queryset = Mandate.objects.none()
    serializer_class = MandateSerializer

    def get_queryset(self) -> QuerySet[Mandate]:
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        if self.request.query_params.get("all"):
            return visible_mandates(actor=self._actor)
        return own_mandates(actor=self._actor)

    @property
    def _actor(self) -> Actor:
        return self.request._request.actor

    @extend_schema(request=GrantSerializer, responses={201: MandateSerializer})
    def create(self, request: Request) -> Response:
        """Grant a mandate for the token's own jurisdiction or organization."""
        given = _read(GrantSerializer, request)
        role = Role(given.pop("role"))
        made = actions.appoint(actor=self._actor, role=role, **given)
        return self._answer(made, status=201)

    @extend_schema(request=SubstitutionSerializer, responses={201: MandateSerializer})
    @action(detail=True, methods=["post"])
    def substitute(self, request: Request, pk: str) -> Response:
        """Name who stands in during leave."""
        given = _read(SubstitutionSerializer, request)
        mandate = self._visible(pk)
        if Role(mandate.role) in BY_TWO:
            raise Invalid({"": _("A signatory’s substitute is named by the form.")})
        made = actions.substitute(actor=self._actor, mandate=mandate, **given)
        return self._answer(made, status=201)

    @extend_schema(request=RefusalSerializer, responses=MandateSerializer)
    @action(detail=True, methods=["post"])
    def refuse(self, request: Request, pk: str) -> Response:
        """Refuse to confirm a pending mandate."""
        given = _read(RefusalSerializer, request)
        done = actions.refuse_mandate(actor=self._actor, mandate=self._visible(pk), **given)
        return self._answer(done)

    @extend_schema(request=None, responses=MandateSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: str) -> Response:
        """End a mandate; it gives nothing from the next request on."""
        return self._answer(actions.end_mandate(actor=self._actor, mandate=self._visible(pk)))

    @extend_schema(request=ClaimSerializer, responses={201: MandateSerializer})
    @action(detail=False, methods=["post"])
    def claim(self, request: Request) -> Response:
        """Say that one is the contact point of a jurisdiction that has none here."""
        given = _read(ClaimSerializer, request)
        return self._answer(actions.claim_contact_point(actor=self._actor, **given), status=201)

    def _visible(self, pk: str) -> Mandate:
        return get_mandate(actor=self._actor, pk=asked_number(pk, default=0))

    def _answer(self, mandate: Mandate, *, status: int = 200) -> Response:
        # Its granter may not see it afterwards (a claim refused): shown from the row itself.
        row = shown_mandate(mandate)
        return Response(MandateSerializer(row).data, status=status)


def _read(serializer: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    given = serializer(data=request.data)
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)
