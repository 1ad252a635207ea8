import pytest
from django.test import Client

from consult.demonstration.queries import PASSWORD, accounts
from stakeholders.people.models import User
from tests.world import World

LOGIN = "/accounts/login/"


def shown() -> list[bool]:
    page = Client().get(LOGIN).content.decode()
    emails = [account.email for _heading, group in accounts() for account in group]
    return [text in page for text in [PASSWORD, 'class="demonstration"', *emails]]


def test_accounts_and_password_stand_on_the_sign_in_page_of_a_demonstration(
    world: World, settings
) -> None:
    plan = world.plan()
    assert set(shown()) == {False}
    plan.is_demonstration = True
    plan.save()
    assert set(shown()) == {True}
    settings.IS_LOOPBACK = False
    assert set(shown()) == {False}


@pytest.mark.django_db
def test_sign_in_page_shows_twelve_accounts_at_most() -> None:
    assert sum(len(group) for _heading, group in accounts()) <= 12


def test_administrators_are_told_too(world: World, client: Client) -> None:
    client.force_login(User.objects.create_superuser("administrator@jointplan.example", "-"))
    plan = world.plan()
    assert 'class="demonstration"' not in client.get("/admin/").content.decode()
    plan.is_demonstration = True
    plan.save()
    assert 'class="demonstration"' in client.get("/admin/").content.decode()
