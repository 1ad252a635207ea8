"""Under which mandate a request acts."""

import pytest
from django.test import Client
from django.urls import reverse

from stakeholders.people.actions import end_mandate
from stakeholders.people.models import User
from stakeholders.terms.actor import Role
from tests.world import JIASHAN, QINGPU, WUJIANG, World


@pytest.fixture
def director(world: World) -> Client:
    """The director of the joint office, coordinator of two plans."""
    for key in ("first", "second"):
        world.plan(key, parties=(WUJIANG, JIASHAN))
    client = Client()
    client.force_login(User.objects.get(email="coordinator@joint.example"))
    return client


@pytest.mark.parametrize("key", ["first", "second"])
def test_pages_of_a_plan_are_read_under_the_mandate_for_it(director: Client, key: str) -> None:
    response = director.get(reverse("register:detail", args=[key]))
    assert (response.status_code, response.wsgi_request.mandate.plan_key) == (200, key)


def test_form_opened_under_a_mandate_that_ended_is_refused(world: World) -> None:
    plan = world.plan("first", parties=(WUJIANG, JIASHAN))
    mandate = world.mandate(QINGPU, Role.SIGNATORY)
    client = Client()
    client.force_login(mandate.user)
    end_mandate(actor=world.admin, mandate=mandate)
    path = reverse("identification:position", args=[plan.key])
    response = client.post(path, {"acting_mandate": mandate.pk})
    assert response.status_code == 403
