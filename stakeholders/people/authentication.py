"""The API's token: authenticates the person and sets the Actor of the token's mandate."""

import structlog
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from knox.auth import TokenAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from stakeholders.people.models import ApiToken, Mandate, User
from stakeholders.people.queries import actor_of, actor_without_mandate
from stakeholders.terms import clock


class MandateTokenAuthentication(TokenAuthentication):
    """Knox's token with its mandate: when the mandate has ended the token is refused."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        pair = super().authenticate(request)
        if pair is None:
            return None
        user, token = pair
        structlog.contextvars.bind_contextvars(user=user.pk, mandate=token.mandate_id)
        if token.mandate_id is None:
            request._request.actor = actor_without_mandate(user)
            return pair
        mandate = Mandate.objects.counted(clock.now()).filter(pk=token.mandate_id).first()
        if mandate is None or mandate.user_id != user.pk:
            raise AuthenticationFailed(_("The mandate of this token has ended."))
        request._request.actor = actor_of(mandate)
        return pair


class MandateTokenScheme(OpenApiAuthenticationExtension):
    target_class = MandateTokenAuthentication
    name = "mandateToken"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "`Token …`; the token acts under the mandate it was made for.",
        }
