"""One's own mandates for programs. Granting and credentials need the form (re-authentication)."""

from django.db.models import QuerySet
from rest_framework import serializers, viewsets

from stakeholders.people.models import Mandate
from stakeholders.people.queries import own_mandates


class MandateSerializer(serializers.ModelSerializer[Mandate]):
    class Meta:
        model = Mandate
        fields = [
            "id",
            "role",
            "jurisdiction",
            "organization",
            "plan_key",
            "acts",
            "document",
            "valid_from",
            "valid_until",
        ]


class MandateViewSet(viewsets.ReadOnlyModelViewSet[Mandate]):
    """The mandates of the person, also pending and ended ones."""

    queryset = Mandate.objects.none()
    serializer_class = MandateSerializer

    def get_queryset(self) -> QuerySet[Mandate]:
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        return own_mandates(actor=self.request._request.actor)
