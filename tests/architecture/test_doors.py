"""The doors themselves: wrong methods, forms nobody listed, rights that end.

Foreign ids are walked in `tests/attacks/test_id_walking.py`, fields that nobody offered are sent in
`tests/attacks/test_mass_assignment.py`.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import pytest_django
from django.conf import settings
from django.db import transaction
from django.test import Client, override_settings
from django.urls import get_resolver

from stakeholders.people.actions import make_token
from stakeholders.people.models import Mandate
from stakeholders.people.queries import actor_of
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from tests.architecture.methods import methods_of
from tests.architecture.rights_world import enter
from tests.architecture.test_openapi import described
from tests.architecture.test_rights_over_http import (
    PLAIN,
    address,
    route_of,
    walk,
)
from tests.architecture.test_writing_acts import House, _Undo, built
from tests.architecture.writing_case import OFFICE
from tests.architecture.writing_cases import CASES
from tests.world import JIASHAN, World

METHODS = ("put", "patch", "delete")
# An upload is taken back by its own person; another's is not there.
TAKEN_BACK = ("/files/<pk>/", "delete")
# What a form may be posted to that is no act of a table: a person's own affairs, and accounts.
OWN_AFFAIRS = {
    "/inbox/unsubscribe/<token>/": "whoever has the mail stops mail: tests of unsubscribing",
    "/asked/": "whoever was invited, by the link: tests of the experts",
    "/asked/<invitation>/": "whoever was invited, signed in: tests of the experts",
    "/asked/by-link/<token>/": "the door of the link that was mailed",
    "/plans/<key>/adoption-table/<kind>/": "a job that makes one's own file",
    "/plans/<key>/approval/dossier/package/": "a job that makes one's own file",
    "/plans/<key>/approval/reply/correct/": "approval.correct, of a reply: tests of replies",
    "/plans/<key>/archive/": "a job that makes one's own file",
    "/plans/<key>/statement/<pk>/sign/": "statement.sign, of a part: tests of adopting",
    "/plans/<key>/answers/": "disposition.answer, of several: tests of publishing",
    "/plans/<key>/dispositions/bulk/": "disposition.decide, of many, after a preview: tests of batches",
    "/plans/<key>/experts/opinions/<number>/change/": "collective.write, once more: tests of panels",
    "/plans/<key>/rounds/<number>/comments/discard/": "what one typed oneself and has not saved",
    "/plans/<key>/rounds/<number>/comments/typed/": "what one typed oneself and has not saved",
    "/plans/<key>/rounds/<number>/comments/split/": "comment.draft, of several: tests of the inside",
    "/plans/<key>/rounds/<number>/opinions/split/": "round.enter_opinion, of several: tests of the inside",
    "/plans/<key>/rounds/<number>/ours/do/": "comment.clear or send_back, of several: tests of the inside",
    "/plans/<key>/objections/<pk>/amend/": "amendment.propose, filled in: tests of differences",
    "/plans/<key>/sign-off/mine/": "position.take, as prepared: tests of the leader's page",
    "/plans/<key>/sign-off/mine/draft/discard/": "what one typed oneself and has not saved",
    "/plans/<key>/sign-off/position/discard/": "what one typed oneself and has not sent",
    "/plans/<key>/sign-off/position/second/": "position.take, confirmed: tests of position pages",
    "/plans/<key>/sign-off/renew/": "position.take, of what changed: tests of renewing",
    "/files/": "one's own uploads: they say nothing until an act attaches them",
    "/files/<pk>/remove/": "one's own uploads",
    "/jobs/<pk>/cancel/": "one's own long work",
    "/people/account/sessions/<pk>/end/": "one's own sessions",
    "/people/invitation/<token>/": "one's own account, by the link that was mailed",
    "/people/second-factor/": "credentials: two people, by people.actions.require_resetter",
    "/people/second-factor/<pk>/confirm/": "credentials, the second of the two",
    "/i18n/setlang/": "the language of one's own pages",
    "/calendar/": "one's own calendar feeds",
    "/calendar/<pk>/renew/": "one's own calendar feeds",
    "/calendar/<pk>/revoke/": "one's own calendar feeds",
    "/notices/<pk>/read/": "one's own inbox",
    "/notices/mark/": "one's own inbox",
    "/notices/mute/": "what one is mailed and counted",
    "/notices/read-all/": "one's own inbox",
    "/notices/settings/": "how one is mailed",
    "/people/act-as/": "which of one's own mandates one acts under",
    "/people/tokens/": "one's own tokens",
    "/people/tokens/revoke/": "one's own tokens",
    **{
        f"/plans/<key>/text/{page}/{end}/": "what one typed oneself and has not saved"
        for page in ("chapters/<chapter>/new", "provisions/<item>")
        for end in ("typed", "discard")
    },
    **{
        f"/plans/<key>/text/export/{name}.<kind>": "a job that makes one's own file"
        for name in ("draft", "revision-<number>")
    },
    **{
        f"/plans/<key>/rounds/<number>/form/{page}": "one's own preview: reading is no act"
        for page in ("", "opinion/", "<pk>/drop/")
    },
    **{
        f"/plans/<key>/text/import/{page}": "one's own preview: reading and correcting are no acts"
        for page in (
            "",
            "<pk>/again/",
            "<pk>/changes/",
            "<pk>/drop/",
            "<pk>/rows/<row>/",
        )
    },
}


@pytest.fixture(scope="module")
def house(
    django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[House]:
    storages = {**settings.STORAGES, "staticfiles": PLAIN}
    with django_db_blocker.unblock(), override_settings(STORAGES=storages), built([]) as house:
        house.session(OFFICE, "")
        house.token(OFFICE, "prepared")
        yield house


@pytest.fixture
def undone(house: House) -> Iterator[House]:
    try:
        with transaction.atomic():
            yield house
            raise _Undo
    except _Undo:
        return


def pages() -> list[tuple]:
    """Our own pages: not the administrators', not the accounts', not the API."""
    outside = ("/admin/", "/accounts/", "/api/")
    return [p for p in walk(get_resolver()) if not route_of(p).startswith(outside)]


def taken(house: House, pages: list[tuple]) -> list[tuple[str, str, int]]:
    """(route, method, code) of what is answered although no page takes it."""
    client, wrong = house.session(OFFICE, ""), []
    for parts in pages:
        path = address(parts, house.ground)
        for method in METHODS:
            code = client.generic(method.upper(), path).status_code
            due = 404 if (route_of(parts), method) == TAKEN_BACK else 405
            if code != due:
                wrong.append((route_of(parts), method, code))
    return wrong


def test_pages_take_no_other_method(undone: House) -> None:
    """Sample: what each route takes is read from its view for methods.csv; here they are asked."""
    assert taken(undone, pages()[::12]) == []


@pytest.mark.prove
def test_no_page_takes_another_method(undone: House) -> None:
    assert taken(undone, pages()) == []


def done_by_others(house: House, paths: dict[str, Any]) -> list[tuple[str, str, int]]:
    """(path, method, code) of what is answered although the description does not know it."""
    client, wrong = house.token(OFFICE, "prepared"), []
    for path, known in paths.items():
        concrete = re.sub(r"\{key\}", "prepared", path)
        concrete = re.sub(r"\{draft\}", "12345678-1234-5678-1234-567812345678", concrete)
        concrete = re.sub(r"\{\w+\}", "1", concrete)
        for method in {"get", "post", *METHODS} - known.keys():
            code = client.generic(method.upper(), concrete).status_code
            if code not in (404, 405):
                wrong.append((path, method, code))
    return wrong


def test_operations_take_no_other_method(undone: House) -> None:
    """Sample: as with the pages."""
    assert done_by_others(undone, dict(sorted(described()["paths"].items())[::12])) == []


@pytest.mark.prove
def test_no_operation_takes_another_method(undone: House) -> None:
    assert done_by_others(undone, described()["paths"]) == []


def test_every_page_that_takes_a_form_has_a_case_or_is_a_persons_own(house: House) -> None:
    """A new form fails here until `writing_cases` says who may send it."""
    taking = {route_of(parts) for parts in pages() if "POST" in (methods_of(parts[-1]) or ["POST"])}
    routes = {route: re.compile(re.sub(r"<\w+>", "[^/]+", route)) for route in taking}
    covered = set()
    for case in CASES.values():
        path = house.path(case, case.page, api=False)
        covered |= {route for route, shape in routes.items() if shape.fullmatch(path)}
    # One form under two addresses: on the whole, and on one item; a listed content, and an item.
    covered |= {"/plans/<key>/rounds/<number>/items/<item>/comment/"}
    covered |= {"/plans/<key>/transmission/items/<item>/"}
    # A proposal from a comment's wording; many standards' values at once.
    covered |= {"/plans/<key>/comments/<number>/amend/", "/plans/<key>/text/standards/values/"}
    # The same forms by another way: a transfer settled, a kind of check chosen first, a table read
    # before it is taken over, a proposal put on the agenda.
    room = "/plans/<key>/"
    covered |= {f"{room}balance/transfers/<number>/settle/", f"{room}health/open/"}
    covered |= {f"{room}implementation/readings/import/", f"{room}meetings/<number>/agenda/take/"}
    assert (sorted(taking - covered - OWN_AFFAIRS.keys()), OWN_AFFAIRS.keys() - taking) == (
        [],
        set(),
    )


@pytest.fixture
def doors(world: World) -> tuple[Mandate, Client, Client]:
    """A mandate with the session and the token of its holder, on plan `QWJ`."""
    world.plan()
    mandate = world.mandate(JIASHAN, Role.CONTACT_POINT)
    _row, token = make_token(actor=actor_of(mandate), user=mandate.user, name="test", days=1)
    return mandate, enter(mandate.user), Client(headers={"authorization": f"Token {token}"})


def codes(session: Client, token: Client) -> tuple[int, int]:
    page, call = session.get("/plans/QWJ/"), token.get("/api/v1/plans/QWJ/")
    return page.status_code, call.status_code


def test_the_end_of_a_mandate_counts_from_the_next_request(
    doors: tuple[Mandate, Client, Client],
) -> None:
    mandate, session, token = doors
    assert codes(session, token) == (200, 200)
    Mandate.objects.filter(pk=mandate.pk).update(valid_until=clock.now())
    assert codes(session, token) == (404, 401)


def test_a_disabled_account_is_out_with_the_next_request(
    doors: tuple[Mandate, Client, Client],
) -> None:
    mandate, session, token = doors
    mandate.user.is_active = False
    mandate.user.save(update_fields=["is_active"])
    assert codes(session, token) == (302, 401)


def test_limits_set_later_count_from_the_next_request(
    doors: tuple[Mandate, Client, Client],
) -> None:
    mandate, session, token = doors
    Mandate.objects.filter(pk=mandate.pk).update(plan_key="another")
    assert codes(session, token) == (404, 404)
