"""What every page says of a demonstration. Asked only where a template shows it."""

from collections.abc import Sequence

from django.conf import settings
from django.http import HttpRequest

from consult.demonstration.queries import PASSWORD, Account, accounts, is_loaded


def demonstration(request: HttpRequest) -> dict[str, object]:
    """Nothing on a site that others reach: the accounts have a password all know."""
    if not settings.IS_LOOPBACK:
        return {}
    return {
        "demonstration_banner": is_loaded,
        "demonstration_accounts": _accounts,
        "demonstration_password": PASSWORD,
    }


def _accounts() -> Sequence[tuple[object, Sequence[Account]]]:
    return accounts() if is_loaded() else ()
