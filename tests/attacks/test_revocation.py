"""What was taken away counts at the next request: the same session, token or link is refused.

Each way in has its case: what the bearer holds, and how it is taken away by the ordinary action. It
opens before, and opens nothing after: by page, by a piece that HTMX loads, and by a form.
"""

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from consult.desk.feeds import actions as feeds
from consult.phase2_preparation.actions import experts
from plans.register.models import Plan
from stakeholders.access.steps import revoke
from stakeholders.notices.actions import drain_outbox
from stakeholders.people import actions
from stakeholders.people.models import AccountInvitation, Mandate, User
from stakeholders.people.queries import actor_of, actor_without_mandate
from stakeholders.terms import clock
from stakeholders.terms.actor import SYSTEM, Role
from tests.consult.phase1_organization.scene import adopted
from tests.consult.phase1_organization.test_leaving import gone, noticed
from tests.consult.phase2_preparation.stage import build
from tests.consult.phase2_preparation.test_experts import entered, handed_in, link_of
from tests.consult.phase2_preparation.test_experts import invited as asked_expert
from tests.saying import Say
from tests.world import JIASHAN, PASSWORD, QINGPU, WUJIANG, World, in_days, person

PAGE, CALL = "/plans/QWJ/gate/", "/api/v1/plans/QWJ/"
FORM = "/plans/QWJ/matters/new/"
PIECE = {"HX-Request": "true"}
SIGN_IN = "/accounts/login/"


@pytest.fixture(autouse=True)
def _fresh_limits(db: None) -> None:
    cache.clear()


def signed_in(user: User) -> Client:
    """A session of its own; the account stays as it is, so that others of it go on."""
    client = Client(raise_request_exception=False)
    client.post(SIGN_IN, {"login": user.email, "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


@dataclass
class Bearer:
    """One person of Jiashan: two sessions of one account, and a token of its mandate."""

    world: World
    plan: Plan
    mandate: Mandate
    session: Client = field(init=False)
    second: Client = field(init=False)
    program: Client = field(init=False)
    digest: str = field(init=False)

    def __post_init__(self) -> None:
        self.session, self.second = signed_in(self.mandate.user), signed_in(self.mandate.user)
        actor = actor_of(self.mandate)
        row, token = actions.make_token(actor=actor, user=self.user, name="test", days=5)
        self.digest = row.pk
        self.program = Client(headers={"authorization": f"Token {token}"})

    @property
    def user(self) -> User:
        return User.objects.get(pk=self.mandate.user_id)

    def codes(self) -> dict[str, int]:
        """What each way in is answered now."""
        return {
            "page": self.session.get(PAGE).status_code,
            "piece": self.session.get(PAGE, headers=PIECE).status_code,
            "form": self.post().status_code,
            "program": self.program.get(CALL).status_code,
        }

    def post(self) -> HttpResponse:
        return self.session.post(FORM, {"acting_mandate": self.mandate.pk})


@pytest.fixture
def bearer(world: World) -> Bearer:
    plan = world.plan()
    return Bearer(world, plan, world.mandate(JIASHAN, Role.CONTACT_POINT))


def ended(bearer: Bearer) -> None:
    """By the act, of an administrator."""
    actions.end_mandate(actor=bearer.world.admin, mandate=bearer.mandate, reason="调离")


def expired(bearer: Bearer) -> None:
    Mandate.objects.filter(pk=bearer.mandate.pk).update(valid_until=clock.now())


def refused_late(bearer: Bearer) -> None:
    """Not counted any more, as one that waits for its second person."""
    Mandate.objects.filter(pk=bearer.mandate.pk).update(confirm_by="second_person")


def replaced(bearer: Bearer) -> None:
    """Another person holds it; the account stays."""
    ended(bearer)
    actions.grant_mandate(
        actor=bearer.world.admin,
        user=person("next@jiashan.example", "next"),
        role=Role.CONTACT_POINT,
        jurisdiction=bearer.mandate.jurisdiction,
        document="函2号",
    )


def grant_gone(bearer: Bearer) -> None:
    roles = [role.value for role in Role]
    assert revoke(holder=JIASHAN, roles=roles, target=bearer.plan) > 0


def closed(bearer: Bearer) -> None:
    User.objects.filter(pk=bearer.mandate.user_id).update(is_active=False)


LOST = {"page": 404, "piece": 404, "form": 403, "program": 401}
OUT = {"page": 302, "piece": 302, "form": 302, "program": 401}
# how it is taken away -> what each way in is answered then
TAKEN: dict[str, tuple[Callable[[Bearer], None], dict[str, int]]] = {
    "mandate ended": (ended, LOST),
    "mandate expired": (expired, LOST),
    "mandate replaced": (replaced, LOST),
    "grant taken back": (grant_gone, {"page": 404, "piece": 404, "form": 404, "program": 404}),
    "account closed": (closed, OUT),
}


@pytest.mark.parametrize("how", TAKEN)
def test_what_is_taken_away_is_gone_at_the_next_request(bearer: Bearer, how: str, say: Say) -> None:
    take, after = TAKEN[how]
    before = bearer.codes()
    take(bearer)
    now = bearer.codes()
    say(
        f"revocation, {how}",
        {"ways in": len(now), "still open": sum(c < 300 for c in now.values())},
    )
    assert before == {"page": 200, "piece": 200, "form": 422, "program": 200}
    assert now == after


def test_a_piece_after_the_end_shows_nothing_of_the_plan(bearer: Bearer) -> None:
    """A page left open loads its pieces on: each is answered by the page of what is not there, or
    by the way to the door, which the script follows."""
    ended(bearer)
    piece = bearer.session.get(PAGE, headers=PIECE)
    assert (piece.status_code, bearer.plan.short_zh in piece.content.decode()) == (404, False)
    closed(bearer)
    piece = bearer.session.get(PAGE, headers=PIECE)
    assert piece["Location"].startswith(SIGN_IN)


def test_a_session_ended_elsewhere_does_nothing_more(bearer: Bearer) -> None:
    theirs = bearer.user.usersession_set.earliest("pk").pk
    assert bearer.second.post(f"/people/account/sessions/{theirs}/end/").status_code == 302
    now = bearer.codes()
    assert now == {"page": 302, "piece": 302, "form": 302, "program": 200}
    assert bearer.second.get(PAGE).status_code == 200


def test_a_copied_session_ends_with_its_sign_out(bearer: Bearer) -> None:
    copy = Client()
    copy.cookies.update(bearer.session.cookies)
    assert copy.get(PAGE).status_code == 200
    bearer.session.post("/accounts/logout/")
    assert (copy.get(PAGE).status_code, bearer.second.get(PAGE).status_code) == (302, 200)


def test_a_revoked_token_does_nothing_and_the_session_stays(bearer: Bearer) -> None:
    actions.revoke_token(actor=actor_of(bearer.mandate), digest=bearer.digest)
    assert bearer.program.get(CALL).status_code == 401
    assert bearer.program.post(f"{CALL}matters/", {}).status_code == 401
    assert bearer.session.get(PAGE).status_code == 200


def test_a_token_expires_by_the_hour(bearer: Bearer, monkeypatch: pytest.MonkeyPatch) -> None:
    later = timezone.now() + timedelta(days=5, seconds=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert bearer.program.get(CALL).status_code == 401


def test_another_tab_keeps_no_hat_that_was_taken_off(bearer: Bearer) -> None:
    """Two mandates, two tabs: the tab of the one that ended is refused, the other goes on."""
    other = Mandate.objects.create(
        user=bearer.mandate.user,
        jurisdiction_id=WUJIANG,
        role=Role.CONTACT_POINT.value,
        document="test",
        valid_from=in_days(-1),
        granted_by=bearer.world.administrator,
    )
    bearer.session.post("/people/act-as/", {"mandate": bearer.mandate.pk})
    assert bearer.session.get(PAGE).status_code == 200
    ended(bearer)
    refused = bearer.post()
    accepted = bearer.session.post(FORM, {"acting_mandate": other.pk})
    assert (refused.status_code, accepted.status_code) == (403, 422)
    # The header's choice is gone too: reading goes on under the one that is left, and says so.
    page = bearer.session.get(PAGE)
    assert (page.status_code, page.wsgi_request.mandate) == (200, other)
    assert bearer.program.get(CALL).status_code == 401


def test_the_mandate_of_another_is_no_hat_to_put_on(bearer: Bearer) -> None:
    foreign = bearer.world.mandate(WUJIANG, Role.CONTACT_POINT)
    assert bearer.session.post(FORM, {"acting_mandate": foreign.pk}).status_code == 403
    bearer.session.post("/people/act-as/", {"mandate": foreign.pk})
    assert bearer.session.get(PAGE).wsgi_request.mandate == bearer.mandate


def test_a_party_that_left_speaks_no_more(world: World) -> None:
    """It still reads what it took part in; its session and its token write nothing."""
    plan = world.plan()
    adopted(world, plan)
    gone(world, plan, noticed(world, plan))
    bearer = Bearer(world, plan, world.mandate(JIASHAN, Role.CONTACT_POINT))
    matter = {"title_zh": "事项", "description_zh": "说明", "codes": [JIASHAN, WUJIANG]}
    written = bearer.program.post(f"{CALL}matters/", matter, content_type="application/json")
    assert bearer.session.get(PAGE).status_code == 200
    assert (bearer.post().status_code, written.status_code) == (403, 403)


def test_a_renewed_or_revoked_feed_opens_nothing(bearer: Bearer) -> None:
    me = actor_without_mandate(bearer.user)
    feed, first = feeds.make_feed(actor=me)
    paths = [f"/calendar/{first}.ics"]
    assert Client().get(paths[0]).status_code == 200
    _feed, second = feeds.renew_feed(actor=me, pk=feed.pk)
    paths.append(f"/calendar/{second}.ics")
    assert [Client().get(path).status_code for path in paths] == [404, 200]
    feeds.revoke_feed(actor=me, pk=feed.pk)
    assert [Client().get(path).status_code for path in paths] == [404, 404]


def test_the_feed_of_a_closed_account_opens_nothing(bearer: Bearer) -> None:
    _feed, secret = feeds.make_feed(actor=actor_without_mandate(bearer.user))
    path = f"/calendar/{secret}.ics"
    assert Client().get(path).status_code == 200
    closed(bearer)
    assert Client().get(path).status_code == 404


def test_a_withdrawn_or_old_invitation_opens_no_account(world: World) -> None:
    fields = {
        "password1": "another long test passphrase",
        "password2": "another long test passphrase",
    }
    for take in (
        lambda row: actions.withdraw_invitation(actor=world.admin, invitation=row),
        lambda row: AccountInvitation.objects.filter(pk=row.pk).update(expires_at=in_days(-1)),
    ):
        row, path = _invited(world)
        assert Client().get(path).status_code == 200
        take(row)
        answer = Client().post(path, fields)
        assert (answer.status_code, _has_password(row)) == (410, False)


def test_an_accepted_invitation_opens_nothing_again(world: World) -> None:
    fields = {
        "password1": "another long test passphrase",
        "password2": "another long test passphrase",
    }
    row, path = _invited(world)
    assert Client().post(path, fields).status_code == 302
    taken = User.objects.get(pk=row.user_id).password
    other = dict.fromkeys(fields, "a thief's long passphrase")
    assert Client().post(path, other).status_code == 410
    assert User.objects.get(pk=row.user_id).password == taken


def _invited(world: World) -> tuple[AccountInvitation, str]:
    """A planner of Qingpu who was invited to an account, and the path of the mailed link."""
    actions.appoint(
        actor=world.actor(QINGPU, Role.CONTACT_POINT),
        email=f"{uuid.uuid4().hex}@qingpu.example",
        name_zh="新人",
        role=Role.PLANNER,
        document="函1号",
    )
    drain_outbox(actor=SYSTEM)
    found = re.search(r"https?://[^/]+(/people/invitation/\S+)", str(mail.outbox[-1].body))
    assert found
    return AccountInvitation.objects.latest("pk"), found[1]


def _has_password(row: AccountInvitation) -> bool:
    return User.objects.get(pk=row.user_id).has_usable_password()


def test_an_experts_link_and_its_session_end_with_the_invitation(world: World, say: Say) -> None:
    """Withdrawn, declined, sent again, over, erased: the link and who came in by it are refused."""
    scene = build(world)
    one = scene.open()
    office = {"actor": scene.office, "plan": scene.plan}
    ways = {
        "withdrawn": lambda row: experts.revoke_expert(**office, row=row),
        "sent again": lambda row: experts.remind_expert(**office, row=row),
        "erased": lambda row: experts.erase_expert(**office, row=row),
    }
    opened = {}
    for name, take in ways.items():
        row = asked_expert(scene, one, email=f"{uuid.uuid4().hex}@expert.example")
        link = link_of(row)
        client = entered(row, link)
        assert client.get("/asked/").status_code == 200
        take(row)
        opened[name] = (
            client.get("/asked/").status_code,
            client.post("/asked/", {"do": "submit"}).status_code,
            Client().post(link).status_code,
        )
    say(
        "revocation, links of experts",
        {"ways": len(opened), "answers": sorted(set(opened.values()))},
    )
    assert opened == dict.fromkeys(ways, (404, 404, 404))


def test_an_expert_says_its_opinion_once(world: World) -> None:
    """A used link still shows what was handed in; it takes nothing more."""
    scene = build(world)
    row = asked_expert(scene)
    client = entered(row)
    handed_in(row)
    again = {"do": "remark", "key": str(uuid.uuid4()), "item": "aim", "type": "technical"}
    answer = client.post("/asked/", {**again, "text": "再改"})
    assert answer.status_code >= 400
    assert client.get("/asked/").status_code == 200


def test_the_session_of_a_link_ends_by_the_hour(world: World) -> None:
    row = asked_expert(build(world))
    client = entered(row)
    with clock.stated(clock.now() + timedelta(hours=4, seconds=1)):
        assert client.get("/asked/").status_code == 404
