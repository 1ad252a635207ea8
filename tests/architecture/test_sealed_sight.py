"""What a sealed sign-off holds, and what a party keeps inside, is met by nobody else before the hour.

Two proofs over the GET routes that read a sign-off, desk, notices and administration. Each text of one party
carries a mark, and no other reader meets one. And whatever that party said, every other reader is
answered the very same bytes: only that it has answered may show.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import product
from unittest import mock

import pytest
import pytest_django
from django.conf import settings
from django.contrib import admin
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import get_resolver, reverse

from consult.ballots.models import Position
from consult.ballots.steps import Letter
from consult.phase1_organization.content import default_content
from consult.phase3_identification import actions
from consult.phase3_identification.models import (
    Condition,
    Declaration,
    Reservation,
)
from consult.phase3_identification.queries import current_sign_off, declaration_of
from consult.phase3_identification.steps import (
    Basis,
    ConditionText,
    ReservationText,
    Stand,
    carry_sign_off,
)
from consult.spoken.models import EnteredAct
from plans.register.actions import admit_body
from plans.register.enums import PartyRole
from plans.register.steps import add_party
from stakeholders.people.models import Mandate, Organization, User
from stakeholders.people.queries import actor_of
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from tests.architecture.drawing import refused_in_words
from tests.architecture.rights_world import enter
from tests.architecture.test_draft_sight import _body, _of_body
from tests.architecture.test_rights_over_http import PLAIN, bare, filled, route_of, walk
from tests.consult.phase3_identification.story import Story, rule_of, tell
from tests.consult.spoken import scene
from tests.world import JIASHAN, KUNSHAN, QINGPU, WUJIANG, World, build_world, person

SHANGHAI, JIANGSU = "310000", "320000"
MARK = re.compile(rb"SECRET\w+")
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
HOUR = datetime(2026, 3, 20, 1, 0, tzinfo=UTC)
OUTSIDE = ("other_signatory", "coordinator", "administrator", "supervisor", "neighbour")
READERS = ("other_signatory", "coordinator")
QUERIES = ("", "?state=object&show=all&family=objected&q=SECRET&party=" + WUJIANG)
CHARTER = replace(
    default_content(),
    override="guiding",
    two_person=("position.take",),
    ad_referendum_days=5,
)


FILTERED = re.compile(r"/(matrix|reservations|conditions|entered|record)/(table.\w+)?$")
NEAR = re.compile(
    r"/(sign-off|matrix|statement|reservations|objections|entered|gate|since|impact|record|desk"
    r"|notices|calendar|late|duties|publish|advance|reopen|matters|audits?|approval|archive|statements)/|^/$|plans/<key>/$"
)  # what reads sign-offs at all
POSTED: set[str] = set()  # routes that only take a form


class _Undo(Exception):
    """Leaves the block without keeping anything."""


@dataclass
class House:
    story: Story
    clients: dict[str, Client]

    def values(self) -> dict[str, object]:
        return {"key": self.story.plan.key, "code": WUJIANG, "item": "article-2", "number": 1}


AGAINST = (
    Stand(item="article-1", value="object", text="SECRETreason", wording="SECRETwording"),
    Stand(
        item="article-2",
        value="agree_reserved",
        text="SECRETreservation",
        reservation=ReservationText(
            scope="SECRETscope", lifted_if_zh="SECRETlift", text_en="SECRETenglish"
        ),
    ),
    Stand(
        item="article-3",
        value="agree_in_principle",
        conditions=(ConditionText(text="SECRETcondition", by=JIASHAN, due_on=date(2026, 3, 5)),),
    ),
    Stand(item="article-4", value="abstain", text="SECRETabstention"),
)


def _two(world: World, code: str) -> tuple[object, object]:
    """The two signatories of a party."""
    first = world.mandate(code, Role.SIGNATORY)
    user = person(f"second@{code}.example", f"{code} second signatory")
    mandate = Mandate.objects.filter(user=user).first() or Mandate.objects.create(
        user=user,
        jurisdiction_id=code,
        role=Role.SIGNATORY.value,
        document="test",
        valid_from=datetime(2020, 1, 1, tzinfo=UTC),
        granted_by=world.administrator,
        second_by=first.second_by,
    )
    return actor_of(first), actor_of(mandate)


def _prepare(story: Story, code: str, value: str, *said: Stand, text: str = "") -> object:
    plan = story.plan
    plan.refresh_from_db()
    former = declaration_of(current_sign_off(plan), code=code)
    return actions.prepare_position(
        actor=_two(story.world, code)[0],
        plan=plan,
        revision_hash=plan.frozen.hash,
        general=Stand(value=value, text=text),
        exceptions=said,
        letter=Letter(number="SECRETletter" if text else "", on=date(2026, 3, 1)),
        basis=Basis(body="SECRETbody" if text else "", meeting="SECRETmeeting" if text else ""),
        former=former.pk if former else None,
    )


def _say(story: Story, code: str, value: str, *said: Stand, text: str = "") -> Declaration:
    proposal = _prepare(story, code, value, *said, text=text)
    return actions.confirm_position(
        actor=_two(story.world, code)[1], plan=story.plan, proposal=proposal
    )


def _inside(story: Story) -> None:
    """What stays inside Wujiang: typed, prepared, advised, entered, waiting for a second."""
    world, plan = story.world, story.plan
    planner = world.actor(WUJIANG, Role.PLANNER)
    content = {
        "value": "object",
        "text": "SECRETdraft",
        "exceptions": [
            {"item": "article-2", "value": "object", "text": "SECRETrow", "conditions": []}
        ],
        "notes": {"article-2": "SECRETnote"},
    }
    draft = actions.draft_position(actor=planner, plan=plan, content=content, advice="SECRETadvice")
    actions.hand_up_position(
        actor=world.actor(WUJIANG, Role.CONTACT_POINT), plan=plan, edits=draft.edits
    )
    actions.keep_typed_draft(
        actor=planner, plan=plan, fields={**content, "text": "SECRETtyping"}, edits=draft.edits
    )
    actions.keep_typed_position(
        actor=_two(world, WUJIANG)[0],
        plan=plan,
        fields={"value": "object", "text": "SECRETtyped", "conditions": [], "exceptions": []},
        former=None,
    )
    _prepare(story, WUJIANG, "object", text="SECRETproposal")


def _lay(world: World) -> House:
    story = tell(world, items=5, parties=(WUJIANG, JIASHAN, JIANGSU), charter=CHARTER)
    plan, office = story.plan, story.coordinator
    # A sign-off before, not sealed: a reservation of it stands.
    story.open(closes_at=HOUR)
    before = Stand(item="article-5", value="agree_reserved", text="在先的保留")
    _say(story, WUJIANG, "agree", before)
    actions.end_without_result(actor=office, plan=plan, reason="更正")
    add_party(plan=plan, code=SHANGHAI, role=PartyRole.OBSERVER, must_sign=False)
    add_party(plan=plan, code=KUNSHAN, role=PartyRole.NEIGHBOUR, must_sign=False)
    body = Organization.objects.create(key="EX", name_zh="专家组", kind="expert_committee")
    for role in (Role.EXPERT, Role.SUPERVISOR):
        admit_body(actor=office, plan=plan, organization=body, role=role)
    User.objects.filter(pk=world.administrator.pk).update(is_superuser=True)
    users = {
        "own": world.user(WUJIANG, Role.SIGNATORY),
        "own_planner": world.user(WUJIANG, Role.PLANNER),
        "other_signatory": world.user(JIASHAN, Role.SIGNATORY),
        "other_contact": world.user(JIASHAN, Role.CONTACT_POINT),
        "other_planner": world.user(JIASHAN, Role.PLANNER),
        "coordinator": world.mandate(QINGPU, Role.COORDINATOR, plan_key=plan.key).user,
        "supervisor": _of_body(world, body, Role.SUPERVISOR),
        "expert": _of_body(world, body, Role.EXPERT),
        "observer": world.user(SHANGHAI, Role.OBSERVER),
        "neighbour": world.user(KUNSHAN, Role.CONTACT_POINT),
        "administrator": User.objects.get(pk=world.administrator.pk),
    }
    for code in (WUJIANG, JIANGSU):
        _two(world, code)
        world.mandate(code, Role.CONTACT_POINT)
    story.open(closes_at=HOUR, is_sealed=True)
    cache.clear()
    return House(story=story, clients={name: enter(user) for name, user in users.items()})


@pytest.fixture(scope="module")
def house(
    django_db_setup: None,
    django_db_blocker: pytest_django.DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[House]:
    media = tmp_path_factory.mktemp("media")
    storages = {**settings.STORAGES, "staticfiles": PLAIN}
    opening = "consult.phase3_identification.actions.opening.charter_in_force"
    with (
        django_db_blocker.unblock(),
        override_settings(STORAGES=storages, MEDIA_ROOT=media, FILES_ROOT=media),
        mock.patch(opening, return_value=mock.Mock(number=2, content=CHARTER)),
        mock.patch("consult.phase3_identification.steps.ballots.rule_for", rule_of),
        clock.stated(NOW),
        refused_in_words(),
    ):
        try:
            with transaction.atomic():
                yield _lay(build_world())
                raise _Undo
        except _Undo:
            return


@contextmanager
def _undone() -> Iterator[None]:
    """What happens inside is taken back."""
    try:
        with transaction.atomic():
            yield
            raise _Undo
    except _Undo:
        cache.clear()


def _values(house: House, route: str) -> dict[str, object]:
    """The row that a route of one plan is about."""
    values = house.values()
    rows = {
        "/receipts/": Declaration, "/conditions/": Condition, "/reservations/": Reservation,
        "/objections/": Position, "/entered/": EnteredAct,
    }  # fmt: skip
    for part, model in rows.items():
        if part in route:
            newest = model.objects.order_by("-pk").first()
            if model is Position:
                newest = model.objects.filter(value="object").order_by("-pk").first()
            pk = newest.pk if newest else 1
            values |= {"pk": pk, "entry": pk}
    if "/entered/new/" in route:
        values |= {"kind": "position", "subject": current_sign_off(house.story.plan).pk}
    if "/paper/<kind>" in route:
        values |= {"kind": "pdf"}
    return values


def _routes(house: House) -> Iterator[tuple[str, str]]:
    """(route, address) of what belongs to plans and to the house of a person."""
    for parts in walk(get_resolver()):
        route = route_of(parts)
        named = "plans/<key>/" in route or route in ("/", "/api/v1/desk/")
        if route in POSTED or not NEAR.search(route):
            continue
        if named or re.match(r"/(api/v1/)?(notices|calendar|people|record)/$", route):
            yield route, filled(parts, _values(house, route))


def _administration() -> Iterator[tuple[str, str]]:
    """Each list, and the newest row of each table of the application."""
    for model in admin.site._registry:
        name = f"{model._meta.app_label}_{model._meta.model_name}"
        yield name, reverse(f"admin:{name}_changelist")
        newest = model._default_manager.order_by("-pk").first()
        if newest is not None and model._meta.app_label in ("consult", "plans", "stakeholders"):
            yield f"{name}/one", reverse(f"admin:{name}_change", args=[newest.pk])
            yield f"{name}/past", reverse(f"admin:{name}_history", args=[newest.pk])


def _answers(
    house: House, role: str, *, by_turns: bool = False
) -> Iterator[tuple[str, HttpResponse]]:
    """`by_turns`: each route is left to two of those outside."""
    turn, count = (OUTSIDE.index(role), len(OUTSIDE)) if by_turns else (0, 1)
    for number, (route, path) in enumerate(_routes(house)):
        if number % count not in (turn, (turn + 1) % count):
            continue
        for query in QUERIES if FILTERED.search(route) else ("",):
            yield route + query, house.clients[role].get(path + query)
    if role == "administrator":
        for route, path in _administration():
            yield route, house.clients[role].get(path)


def _silent(house: House) -> None:
    _say(house.story, WUJIANG, "agree")


def _loud(house: House) -> None:
    _say(house.story, WUJIANG, "agree", *AGAINST, text="SECRETgeneral")


def _met(house: House, role: str) -> set[bytes]:
    met = set()
    for route, one in _answers(house, role):
        if one.status_code == 405:
            POSTED.add(route)
        met |= set(MARK.findall(_body(one)))
    return met


def test_the_party_itself_meets_its_marks(house: House) -> None:
    """Else the next tests would prove nothing."""
    with _undone():
        _loud(house)
        met = _met(house, "own")
    assert met >= {
        b"SECRETreason", b"SECRETwording", b"SECRETreservation", b"SECRETscope", b"SECRETlift",
        b"SECRETcondition", b"SECRETabstention", b"SECRETletter", b"SECRETbody",
    }  # fmt: skip
    with _undone():
        _inside(house.story)
        own, theirs = _met(house, "own"), _met(house, "own_planner")
    assert own >= {b"SECRETadvice", b"SECRETrow", b"SECRETproposal", b"SECRETnote"}
    assert theirs >= {b"SECRETadvice", b"SECRETrow", b"SECRETnote"}


def _entered(house: House) -> None:
    """By a planner of another party, ad referendum."""
    story = house.story
    scene.provisional(
        story.world.actor(JIANGSU, Role.PLANNER),
        story.plan,
        "position",
        current_sign_off(story.plan),
        {"value": "object", "text": "SECRETentered", "revision": story.plan.frozen.hash},
    )


SEARCHED = (
    "SECRETreason", "SECRETwording", "SECRETreservation", "SECRETcondition", "SECRETlift",
    "SECRETentered", "SECRETadvice", "SECRETnote", "SECRETproposal", "SECRETgeneral",
)  # fmt: skip


def _leaks(house: House, *, by_turns: bool) -> list[tuple[object, ...]]:
    """What another reader meets on a page, or anybody by a search: positions are not searched at
    all, before the hour least of all."""
    leaks: list[tuple[object, ...]] = []
    with _undone():
        _entered(house)
        _loud(house)
        _inside(house.story)
        for role in OUTSIDE:
            for route, response in _answers(house, role, by_turns=by_turns):
                found = set(MARK.findall(_body(response).replace(b"SECRET&", b"")))
                if found or response.status_code >= 500:
                    leaks.append((role, route, response.status_code, sorted(found)[:4]))
        for role, mark in product((*OUTSIDE, "own"), SEARCHED):
            answer = house.clients[role].get("/api/v1/search/", {"q": mark})
            if (answer.status_code, answer.json().get("count")) != (200, 0):
                leaks.append((role, mark, answer.status_code))
    return leaks


def test_nobody_else_meets_a_mark(house: House) -> None:
    """Sample: each route by two of those outside, in turn."""
    assert _leaks(house, by_turns=True) == []


@pytest.mark.prove
def test_nobody_else_meets_a_mark_anywhere(house: House) -> None:
    assert _leaks(house, by_turns=False) == []


# Random texts, and the numbers of rows: they go on counting from one telling to the next.
RANDOM = re.compile(
    rb"(sha256:)?[0-9a-f]{12,64}|csrf\w*\W+\w+|(nonce|token)\W+[\w=+/-]+"
    rb"|(?<=/)\d+(?=/)|(?<=-)\d+(?=\")|(?<=\"id\":)\s*\d+"
    rb"|(?<=name=\"notice\" value=\")\d+"
)


def _plain(response: HttpResponse) -> bytes:
    is_page = response["Content-Type"].startswith("text/html") and not response.streaming
    return bare(response).encode() if is_page else _body(response)


def _told(house: House, role: str) -> dict[str, tuple[int, bytes]]:
    """What the reader is answered, without what is random."""
    house.clients[role].get("/plans/")  # it says once that signing in went well
    return {
        route: (
            one.status_code,
            RANDOM.sub(b"#", _plain(one)),
        )
        for route, one in _answers(house, role)
        # the row asked for differs, and a workbook holds the second it was written
        if "/reservations/<pk>/" not in route and ".xlsx" not in route
    }


def _after(house: House) -> None:
    """A text changes after the party spoke: who is told what must not show what it had said."""
    story = house.story
    places = list(story.places)
    try:
        story.rewrite("article-2", "改动后的条文。")
        story.places = places[1:]  # the item that is objected to goes
        carried = story.publish()
        carry_sign_off(plan=story.plan, revision=carried, actor=story.coordinator)
        story.rewrite("article-5", "改动后的条文。")
    finally:
        story.places = places
        story.plan.refresh_from_db()


def test_others_are_answered_the_same_whatever_was_said(house: House) -> None:
    told: dict[str, list[dict[str, tuple[int, bytes]]]] = {role: [] for role in READERS}
    for said in (_silent, _loud):
        with _undone():
            said(house)
            _after(house)
            for role in READERS:
                told[role].append(_told(house, role))
    differ = {
        role: [route for route in one | other if one.get(route) != other.get(route)]
        for role, (one, other) in told.items()
    }
    assert differ == {role: [] for role in READERS}
