"""What a program sent, in the shape its serializer says."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request


def values_of(kind: type[serializers.BaseSerializer[Any]], request: Request) -> dict[str, Any]:
    """The body of a request as the serializer `kind` reads it; else its ValidationError (400)."""
    given = kind(data=request.data)
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)
