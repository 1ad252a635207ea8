"""A new password ends what was opened with the old one, by whatever door it is set."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from stakeholders.people import actions
from stakeholders.people.models import ApiToken, User
from stakeholders.record.models import RecordEntry
from stakeholders.terms.actor import Role
from tests.world import PASSWORD, QINGPU, WUJIANG, World

NEW = "another long passphrase 7"


def by_form(user: User) -> None:
    client = Client()
    client.force_login(user)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    given = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert client.post("/accounts/password/change/", given).status_code == 302


def by_link(user: User) -> None:
    key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    client = Client()
    form = client.get(f"/accounts/password/reset/key/{key}/")["Location"]
    assert client.post(form, {"password1": NEW, "password2": NEW}).status_code == 302


def by_command(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("getpass.getpass", lambda prompt: NEW)
    call_command("changepassword", user.email)


@pytest.mark.parametrize("door", [by_form, by_link, by_command])
def test_a_new_password_revokes_the_tokens(
    world: World, monkeypatch: pytest.MonkeyPatch, door: Callable[..., None]
) -> None:
    user, other = (world.user(code, Role.PLANNER) for code in (QINGPU, WUJIANG))
    texts = {}
    for code, one in ((QINGPU, user), (WUJIANG, other)):
        for name in ("one", "two"):
            actor = world.actor(code, Role.PLANNER)
            texts[code, name] = actions.make_token(actor=actor, user=one, name=name, days=5)[1]
    if door is by_command:
        by_command(user, monkeypatch)
    else:
        door(user)
    user.refresh_from_db()
    assert user.check_password(NEW)
    bearer = {"Authorization": f"Token {texts[QINGPU, 'one']}"}
    assert Client(headers=bearer).get("/api/v1/mandates/").status_code == 401
    assert set(ApiToken.objects.values_list("user", flat=True)) == {other.pk}
    entries = RecordEntry.objects.filter(act="token.revoke")
    assert [entry.user_id for entry in entries] == [user.pk] * 2


def test_a_save_that_sets_no_password_revokes_nothing(world: World) -> None:
    user = world.user(QINGPU, Role.PLANNER)
    actions.make_token(actor=world.actor(QINGPU, Role.PLANNER), user=user, name="one", days=5)
    user.language = "en"
    user.save()
    # As Django keeps a hash that it made anew, by a newer way, while the person signs in.
    user.set_password(PASSWORD)
    user._password = None
    user.save(update_fields=["password"])
    assert ApiToken.objects.filter(user=user).count() == 1


def test_no_door_writes_a_password_past_the_row() -> None:
    """What changes rows without saving one would end nothing."""
    past = re.compile(r"update\([^)]*\bpassword=|bulk_update\([^)]*\"password\"")
    folders = [
        Path(settings.BASE_DIR, name) for name in ("config", "consult", "plans", "stakeholders")
    ]
    files = [path for folder in folders for path in folder.rglob("*.py")]
    assert [path.name for path in files if past.search(path.read_text())] == []
