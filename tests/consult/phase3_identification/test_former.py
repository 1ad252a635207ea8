"""A sign-off that has ended stays readable; what has to hold before the next one, by program too."""

from django.test import Client

from consult.phase3_identification.actions import end_without_result
from consult.phase3_identification.queries import get_reservation, register_of, state_of
from consult.phase3_identification.steps import Stand
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from tests.consult.phase3_identification.story import Story, tell
from tests.consult.phase3_identification.test_views import signed_in
from tests.world import JIASHAN, QINGPU, WUJIANG, World, in_days

RESERVED = Stand(item="article-2", value="agree_reserved", text="保留")


def ended(world: World) -> Story:
    story = tell(world, items=2, parties=(WUJIANG, JIASHAN))
    story.open(closes_at=in_days(3))
    story.say(WUJIANG, "agree", RESERVED)
    end_without_result(actor=story.coordinator, plan=story.plan, reason="更正")
    return story


def test_the_matrix_at_its_end_is_readable_while_the_next_is_open(world: World) -> None:
    story = ended(world)
    story.open(closes_at=in_days(5), is_sealed=True)
    page = signed_in(story, JIASHAN).get(f"/plans/{story.plan.key}/sign-off/former/1/")
    assert page.status_code == 200
    text = page.content.decode()
    assert (text.count("<tr data-row>"), text.count('class="is-reserved"')) == (2, 1)


def test_a_program_reads_the_preconditions_and_who_would_be_asked(world: World) -> None:
    story = ended(world)
    client = Client()
    office = world.mandate(QINGPU, Role.COORDINATOR, plan_key=story.plan.key).user
    client.force_login(office, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(f"/api/v1/plans/{story.plan.key}/sign-off/preconditions/")
    assert answer.status_code == 200
    assert answer.json()["asked"] == [
        {"party": code, "items": 2, "signatories": 1} for code in (QINGPU, WUJIANG, JIASHAN)
    ]


def test_what_a_sealed_position_lifts_stands_for_the_others_until_the_hour(world: World) -> None:
    """Else the register of the sign-off before would tell what was said in the sealed one."""
    story = ended(world)
    sign_off = story.open(closes_at=in_days(5), is_sealed=True)
    readers = {code: story.actor(code) for code in (WUJIANG, JIASHAN)}
    for said, own in (((RESERVED,), "restated"), ((), "lifted")):
        story.say(WUJIANG, "agree", *said)
        states = {
            code: state_of(register_of(story.plan, actor=actor, at=clock.now()).last())
            for code, actor in readers.items()
        }
        assert states == {WUJIANG: "restated", JIASHAN: "standing"}
        assert own in {
            state_of(row) for row in register_of(story.plan, actor=readers[WUJIANG], at=clock.now())
        }
    client = signed_in(story, JIASHAN)
    base = f"/plans/{story.plan.key}/reservations/"
    first = register_of(story.plan, actor=readers[JIASHAN], at=clock.now()).get()
    assert get_reservation(actor=readers[JIASHAN], plan=story.plan, pk=first.pk) == first
    assert [client.get(f"{base}{path}").status_code for path in ("", f"{first.pk}/")] == [200, 200]
    assert client.get(f"{base}?state=lifted").context["page_obj"].paginator.count == 0
    after = register_of(story.plan, actor=readers[JIASHAN], at=sign_off.closes_at)
    assert [state_of(row) for row in after] == ["lifted", "restated"]
