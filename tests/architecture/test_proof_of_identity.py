"""Every form that asks for a proof of identity asks for it, whatever buttons the request claims.

The views are found by a walk over all addresses, the names of buttons in all templates.
"""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import resolve

from stakeholders.people.models import ApiToken, User
from stakeholders.terms.actor import Role
from tests.architecture.test_urls import ROUTES
from tests.world import PASSWORD, QINGPU, World, in_days

NAMED = re.compile(r"<button\b[^>]*?\bname=\"([a-z_]+)\"")
LINE = re.compile(r"^@recently_proved\w*", re.MULTILINE)
INSIDE = re.compile(r"(?<!@)\brecently_proved\w*\(")
# Reviewed: these views look for the button themselves before they act. A view named here that does
# not is a door without the proof.
EXCEPT = {"identification:position": {"more"}}
# Asks only where what is confirmed binds: `tests/consult/spoken/test_views.py` asks it.
CALLED_INSIDE = {"consult/spoken/views.py"}


def proved() -> dict[str, tuple[str, frozenset[str]]]:
    """name of the route -> its path, and the buttons that need no proof there."""
    found = {}
    for name, path in ROUTES:
        names = getattr(resolve(path).func, "proved_except", None)
        if names is not None:
            found[name] = (path, names)
    return found


def buttons() -> set[str]:
    pages = Path(settings.BASE_DIR, "templates").rglob("*.html")
    return {name for page in pages for name in NAMED.findall(page.read_text())}


def sources() -> dict[str, str]:
    folders = [Path(settings.BASE_DIR, name) for name in ("consult", "plans", "stakeholders")]
    files = [path for folder in folders for path in folder.rglob("*.py")]
    return {str(path.relative_to(settings.BASE_DIR)): path.read_text() for path in files}


def test_the_walk_finds_every_decorated_view_and_every_button() -> None:
    functions = {resolve(path).func for path, _names in proved().values()}
    texts = sources()
    decorated = [line for text in texts.values() for line in LINE.findall(text)]
    assert len(functions) == len(decorated) > 20
    del texts["stakeholders/people/reauthentication.py"]
    assert {path for path, text in texts.items() if INSIDE.search(text)} == CALLED_INSIDE
    assert {"more", "do", "keep", "preview"} <= buttons()


def test_only_reviewed_views_have_buttons_that_need_no_proof() -> None:
    assert {name: set(names) for name, (_, names) in proved().items() if names} == EXCEPT


def test_no_button_of_another_page_saves_the_proof(world: World) -> None:
    client = Client()
    client.force_login(world.user(QINGPU, Role.SIGNATORY))
    names = buttons()
    passed = []
    for name, (path, _aside) in sorted(proved().items()):
        # `acting_mandate` chooses who speaks: one that is not the person's is refused at once.
        others = names - EXCEPT.get(name, set()) - {"acting_mandate"}
        answer = client.post(path, dict.fromkeys(others, "1"))
        if not answer.get("Location", "").startswith("/accounts/reauthenticate/"):
            passed.append((name, answer.status_code))
    assert passed == []


@pytest.mark.parametrize("is_proved", [False, True])
def test_no_button_makes_a_token_unproved_or_in_the_pause(world: World, *, is_proved: bool) -> None:
    user, client = world.user(QINGPU, Role.CONTACT_POINT), Client()
    client.force_login(user)
    if is_proved:
        client.post("/accounts/reauthenticate/", {"password": PASSWORD})
        User.objects.filter(pk=user.pk).update(signing_paused_until=in_days(1))
    answer = client.post("/people/tokens/", {"name": "x", "days": "30", "more": "1"})
    assert (answer.status_code, ApiToken.objects.count()) == (403 if is_proved else 302, 0)
