"""Organizations for programs."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from stakeholders.people import actions
from stakeholders.people.actions import Particulars
from stakeholders.people.enums import OrganizationKind
from stakeholders.people.models import Organization
from stakeholders.people.queries import find_organizations, get_organization


class OrganizationSerializer(serializers.ModelSerializer[Organization]):
    class Meta:
        model = Organization
        fields = ["key", "name_zh", "name_en", "kind", "jurisdictions"]


class ParticularsSerializer(serializers.Serializer[Any]):
    name_zh = serializers.CharField(max_length=120)
    name_en = serializers.CharField(max_length=160, default="", allow_blank=True)
    kind = serializers.ChoiceField(choices=OrganizationKind.choices)
    jurisdictions = serializers.ListField(child=serializers.CharField(), default=list)

    def particulars(self) -> Particulars:
        data = dict(self.validated_data)
        return Particulars(codes=data.pop("jurisdictions"), **data)


class NewOrganizationSerializer(ParticularsSerializer):
    key = serializers.SlugField(max_length=20)


class OrganizationViewSet(viewsets.ReadOnlyModelViewSet[Organization]):
    """The directory of organizations."""

    queryset = Organization.objects.none()
    serializer_class = OrganizationSerializer
    lookup_field = "key"

    def get_queryset(self) -> QuerySet[Organization]:
        return find_organizations()

    @extend_schema(request=NewOrganizationSerializer, responses={201: OrganizationSerializer})
    def create(self, request: Request) -> Response:
        given = NewOrganizationSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        key = given.validated_data.pop("key")
        made = actions.enter_organization(
            actor=request._request.actor, key=key, particulars=given.particulars()
        )
        return Response(OrganizationSerializer(made).data, status=201)

    @extend_schema(request=ParticularsSerializer, responses=OrganizationSerializer)
    def update(self, request: Request, key: str) -> Response:
        given = ParticularsSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        actor = request._request.actor
        done = actions.change_organization(
            actor=actor,
            organization=get_organization(actor=actor, key=key),
            particulars=given.particulars(),
        )
        return Response(OrganizationSerializer(done).data)
