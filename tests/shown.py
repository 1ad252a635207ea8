"""What a form sends that was opened and then only filled in: the hidden fields of its page."""

import re

from django.test import Client

HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
APART = frozenset({"csrfmiddlewaretoken"})


def opened(client: Client, path: str) -> dict[str, str]:
    """The hidden fields of the page as it stands now, to be sent later with what is typed."""
    page = client.get(path, headers={"accept-language": "en"})
    assert page.status_code == 200
    return {k: v for k, v in HIDDEN.findall(page.content.decode()) if k not in APART}
