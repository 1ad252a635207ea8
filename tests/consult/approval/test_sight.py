"""Who sees the dossier: who makes the plan, the upper levels, supervisors; nobody else."""

import pytest
from django.test import Client
from django.urls import reverse

from consult.approval.queries.sight import sees_dossier
from plans.register.enums import PartyRole
from plans.register.steps import add_party
from stakeholders.terms.actor import PUBLIC, SYSTEM, Role
from tests.consult.phase3_identification.story import Story
from tests.world import JIANGSU, JIASHAN, KUNSHAN, QINGPU, SHANGHAI, WUJIANG

R = Role
WHO = [
    (QINGPU, R.CONTACT_POINT, True),
    (QINGPU, R.PLANNER, True),
    (QINGPU, R.SIGNATORY, True),
    (WUJIANG, R.DEPUTY, True),
    (WUJIANG, R.SUPERVISOR, True),
    (WUJIANG, R.EXPERT, False),
    (WUJIANG, R.OBSERVER, False),
    (JIANGSU, R.CONTACT_POINT, True),
    (JIANGSU, R.SUPERVISOR, True),
    (KUNSHAN, R.CONTACT_POINT, False),
    (KUNSHAN, R.SUPERVISOR, False),
    (JIASHAN, R.CONTACT_POINT, False),
    (SHANGHAI, R.CONTACT_POINT, False),
]


@pytest.fixture
def seen(story: Story) -> Story:
    """With an upper party, a neighbour and an observer; Shanghai is no party."""
    for code, role in (
        (JIANGSU, PartyRole.UPPER),
        (KUNSHAN, PartyRole.NEIGHBOUR),
        (JIASHAN, PartyRole.OBSERVER),
    ):
        add_party(plan=story.plan, code=code, role=role, must_sign=False)
    return story


@pytest.mark.parametrize(("code", "role", "sees"), WHO)
def test_dossier_is_seen_by_makers_upper_levels_and_supervisors(
    seen: Story, code: str, role: Role, sees: bool
) -> None:
    assert sees_dossier(actor=seen.world.actor(code, role), plan=seen.plan) is sees


def test_the_office_and_the_site_see_it_the_public_does_not(seen: Story) -> None:
    assert sees_dossier(actor=seen.coordinator, plan=seen.plan)
    assert sees_dossier(actor=SYSTEM, plan=seen.plan)
    assert not sees_dossier(actor=PUBLIC, plan=seen.plan)


def test_a_neighbour_gets_none_of_its_pages(seen: Story) -> None:
    client = Client()
    client.force_login(seen.world.user(KUNSHAN, R.CONTACT_POINT))
    key = seen.plan.key
    for name, args in (
        ("dossier", []),
        ("dossier_arrange", []),
        ("dossier_file", ["work-plan"]),
        ("dossier_made", ["text", "pdf"]),
        ("dossier_catalogue", ["pdf"]),
    ):
        assert client.get(reverse(f"approval:{name}", args=[key, *args])).status_code == 404, name
    url = reverse("approval:dossier_package", args=[key])
    assert client.post(url, {"form": "zip"}).status_code == 404
    assert client.get(f"/api/v1/plans/{key}/approval/dossier/").status_code == 404
