"""A house with a sealed sign-off, and all that one of its parties says or keeps inside, marked."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from unittest import mock

import pytest
import pytest_django
from django.core.cache import cache
from django.test import Client

from consult.ballots.steps import Letter
from consult.phase1_organization.content import default_content
from consult.phase3_identification import actions
from consult.phase3_identification.models import (
    Declaration,
)
from consult.phase3_identification.queries import current_sign_off, declaration_of
from consult.phase3_identification.steps import (
    Basis,
    ConditionText,
    ReservationText,
    Stand,
)
from plans.register.actions import admit_body
from plans.register.enums import PartyRole
from plans.register.steps import add_party
from stakeholders.people.models import Mandate, Organization, User
from stakeholders.people.queries import actor_of
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from tests.architecture.draft_house import of_body
from tests.architecture.drawing import refused_in_words
from tests.architecture.rights_world import enter
from tests.architecture.test_rights_over_http import nothing_kept
from tests.consult.phase3_identification.story import Story, rule_of, tell
from tests.world import JIASHAN, KUNSHAN, QINGPU, WUJIANG, World, build_world, person

SHANGHAI, JIANGSU = "310000", "320000"
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
HOUR = datetime(2026, 3, 20, 1, 0, tzinfo=UTC)
CHARTER = replace(
    default_content(),
    override="guiding",
    two_person=("position.take",),
    ad_referendum_days=5,
)


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


def say(story: Story, code: str, value: str, *said: Stand, text: str = "") -> Declaration:
    proposal = _prepare(story, code, value, *said, text=text)
    return actions.confirm_position(
        actor=_two(story.world, code)[1], plan=story.plan, proposal=proposal
    )


def inside(story: Story) -> None:
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


def lay(world: World) -> House:
    story = tell(world, items=5, parties=(WUJIANG, JIASHAN, JIANGSU), charter=CHARTER)
    plan, office = story.plan, story.coordinator
    # A sign-off before, not sealed: a reservation of it stands.
    story.open(closes_at=HOUR)
    before = Stand(item="article-5", value="agree_reserved", text="在先的保留")
    say(story, WUJIANG, "agree", before)
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
        "supervisor": of_body(world, body, Role.SUPERVISOR),
        "expert": of_body(world, body, Role.EXPERT),
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
    opening = "consult.phase3_identification.actions.opening.charter_in_force"
    with (
        django_db_blocker.unblock(),
        nothing_kept(MEDIA_ROOT=media, FILES_ROOT=media),
        mock.patch(opening, return_value=mock.Mock(number=2, content=CHARTER)),
        mock.patch("consult.phase3_identification.steps.ballots.rule_for", rule_of),
        clock.stated(NOW),
        refused_in_words(),
    ):
        yield lay(build_world())
