"""From an empty site to its first plan, step by step as docs/running.md says it."""

import re

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client

from plans.register.models import Plan
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.notices.actions import drain_outbox
from stakeholders.people.models import Mandate, User
from stakeholders.terms.actor import SYSTEM
from tests.journeys.conftest import QUICK
from tests.world import PASSWORD, QINGPU, UNITS

CONTACT, COORDINATOR = "contact@qingpu.example", "coordinator@qingpu.example"


@pytest.fixture
def units(db: None) -> None:
    """What `import_jurisdictions` brings (tests/stakeholders/management), only fewer."""
    assert not User.objects.exists()
    Jurisdiction.objects.bulk_create(
        [
            Jurisdiction(
                code=code,
                parent_id=parent or None,
                level=level,
                name_zh=zh,
                name_en=en,
                name_en_unique=en,
                path=f"{code}/",
            )
            for code, parent, level, zh, en in UNITS
        ]
    )


def signed_in(email: str) -> Client:
    """Somebody who came through the door everybody uses."""
    client = Client(headers={"accept-language": "en"})
    answer = client.post("/accounts/login/", {"login": email, "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    return client


def accept_invitations() -> None:
    """Each person entered opens the link of its mail and sets a password."""
    drain_outbox(actor=SYSTEM)
    for message in mail.outbox:
        found = re.search(r"https?://[^/]+(/people/invitation/\S+)", str(message.body))
        if found:
            taken = Client().post(found[1], {"password1": PASSWORD, "password2": PASSWORD})
            assert taken.status_code == 302


def test_the_steps_of_the_document_lead_to_a_plan(
    units: None, monkeypatch: pytest.MonkeyPatch, settings
) -> None:
    settings.PASSWORD_HASHERS = QUICK
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    answers = {"email": "admin@site.example", "name_zh": "管理员"}
    call_command("createsuperuser", interactive=False, verbosity=0, **answers)
    admin = signed_in("admin@site.example")
    for email in (CONTACT, COORDINATOR):
        made = admin.post("/admin/stakeholders/user/add/", {"email": email, "name_zh": "某人"})
        assert made.status_code == 302
    accept_invitations()
    form = {
        "user": User.objects.get(email=CONTACT).pk,
        "jurisdiction": QINGPU,
        "role": "contact_point",
        "document": "青政函〔2026〕1号",
        "valid_from_0": "2026-01-01",
        "valid_from_1": "00:00",
    }
    assert admin.post("/admin/stakeholders/mandate/add/", form).status_code == 302
    assert admin.get("/plans/new/").status_code == 403

    contact = signed_in(CONTACT)
    assert b'href="/plans/new/"' in contact.get("/plans/").content
    opened = contact.post(
        "/plans/new/",
        {
            "title_zh": "第一个规划",
            "short_zh": "第一",
            "key": "FIRST",
            "kind": "special_topic",
            "horizon_from": 2026,
            "horizon_until": 2035,
            "coordinator": COORDINATOR,
            "coordinator_document": "青政函〔2026〕2号",
        },
    )
    plan = Plan.objects.get()
    assert (opened.status_code, opened["Location"]) == (302, plan.get_absolute_url())
    assert Mandate.objects.get(user__email=COORDINATOR).role == "coordinator"
