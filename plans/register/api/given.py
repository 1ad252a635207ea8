"""What a program sent, in the shape its serializer says."""

from datetime import datetime
from typing import Any

from rest_framework import serializers
from rest_framework.request import Request


class InstantField(serializers.DateTimeField):
    """An instant; one that no calendar holds in UTC, such as 0001-01-01, is an error at its field."""

    def enforce_timezone(self, value: datetime) -> datetime:
        try:
            return super().enforce_timezone(value)
        except OverflowError:
            self.fail("overflow", timezone=self.default_timezone())


def values_of(kind: type[serializers.BaseSerializer[Any]], request: Request) -> dict[str, Any]:
    """The body of a request as the serializer `kind` reads it; else its ValidationError (400)."""
    given = kind(data=request.data)
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)
