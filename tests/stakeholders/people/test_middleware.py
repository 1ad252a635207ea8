"""Under which mandate a request acts."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from plans.register.models import Plan
from stakeholders.jurisdictions.actions import succeed
from stakeholders.people.actions import end_mandate
from stakeholders.people.models import ApiToken, Mandate, User
from stakeholders.terms.actor import Role
from tests.world import JIASHAN, KUNSHAN, QINGPU, WUJIANG, World


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


def held_by_one(world: World, *, plan_keys: tuple[str, str] = ("", "")) -> tuple[Mandate, Mandate]:
    """Two planner's mandates of one person: for Qingpu, and for Wujiang."""
    first = world.mandate(QINGPU, Role.CONTACT_POINT, plan_key=plan_keys[0])
    second = world.mandate(WUJIANG, Role.CONTACT_POINT, plan_key=plan_keys[1])
    Mandate.objects.filter(pk=second.pk).update(user=first.user)
    return first, second


def signed_in(mandate: Mandate) -> Client:
    client = Client()
    client.force_login(mandate.user)
    return client


def test_a_form_opened_under_one_mandate_acts_under_it_after_the_header_was_switched(
    world: World,
) -> None:
    plan = world.plan("first", parties=(WUJIANG, JIASHAN))
    qingpu, wujiang = held_by_one(world)
    client = signed_in(qingpu)
    path = reverse("matters:open", args=[plan.key])
    client.post(reverse("people:act_as"), {"mandate": qingpu.pk})
    page = client.get(path).content.decode()
    assert f'name="acting_mandate" value="{qingpu.pk}"' in page
    client.post(reverse("people:act_as"), {"mandate": wujiang.pk})
    answer = client.post(path, {"acting_mandate": qingpu.pk, "title_zh": "x"})
    assert answer.wsgi_request.actor.jurisdiction_code == QINGPU
    assert f'name="acting_mandate" value="{qingpu.pk}"' in answer.content.decode()
    assert client.get(path).wsgi_request.actor.jurisdiction_code == WUJIANG


def test_a_mandate_that_ended_in_mid_form_keeps_the_text_and_offers_the_others(
    world: World,
) -> None:
    plan = world.plan("first", parties=(WUJIANG, JIASHAN))
    qingpu, wujiang = held_by_one(world)
    client = signed_in(qingpu)
    end_mandate(actor=world.admin, mandate=qingpu)
    path = reverse("matters:open", args=[plan.key])
    data = {"acting_mandate": qingpu.pk, "text_zh": "界河水质 <共治>", "csrfmiddlewaretoken": "x"}
    answer = client.post(path, data, headers={"accept-language": "en"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "You opened this form as <strong>Qingpu District · Contact point</strong>" in page
    assert "readonly>界河水质 &lt;共治&gt;</textarea>" in page
    assert '<input type="hidden" name="text_zh" value="界河水质 &lt;共治&gt;">' in page
    assert page.count('name="acting_mandate"') == 1
    assert f'name="acting_mandate" value="{wujiang.pk}"' in page
    assert 'name="csrfmiddlewaretoken" value="x"' not in page
    again = client.post(path, {**data, "acting_mandate": wujiang.pk})
    assert again.wsgi_request.actor.jurisdiction_code == WUJIANG


def test_a_mandate_that_was_never_ones_own_is_not_named(world: World) -> None:
    plan = world.plan("first", parties=(WUJIANG, JIASHAN))
    foreign = world.mandate(JIASHAN, Role.CONTACT_POINT)
    client = signed_in(world.mandate(QINGPU, Role.PLANNER))
    path = reverse("matters:open", args=[plan.key])
    for key in (str(foreign.pk), "no number", "9" * 30):
        answer = client.post(path, {"acting_mandate": key}, headers={"accept-language": "en"})
        page = answer.content.decode()
        assert answer.status_code == 403
        assert "This form speaks under a mandate that is not yours." in page
        assert "Jiashan" not in page


def test_a_form_of_a_merged_unit_is_told_to_which_unit_it_passed(world: World) -> None:
    mandate = world.mandate(KUNSHAN, Role.CONTACT_POINT)
    client = signed_in(mandate)
    succeed(
        actor=world.admin,
        kind="merged",
        predecessors=[KUNSHAN],
        successors=[WUJIANG],
        day=date(2024, 5, 20),
        document="x",
    )
    path = reverse("people:act_as")
    answer = client.post(path, {"acting_mandate": mandate.pk}, headers={"accept-language": "en"})
    assert "Kunshan City has ended; it passed to: Wujiang District." in answer.content.decode()


def test_mandates_that_read_alike_are_told_apart_by_the_title_of_the_plan(
    director: Client,
) -> None:
    Plan.objects.filter(key="second").update(short_zh="第二规划")
    page = director.get("/notices/", headers={"accept-language": "zh-hans"})
    labels = [one["label"] for one in page.context["chrome"]["mandates"]]
    titles = sorted(Plan.objects.values_list("short_zh", flat=True))
    assert sorted(label.split(" · ")[-1] for label in labels) == titles
    assert len(set(titles)) == 2


def test_a_token_acts_under_its_mandate_whatever_the_header_and_the_form_say(
    world: World,
) -> None:
    world.plan("first", parties=(WUJIANG, JIASHAN))
    inside, outside = world.mandate(QINGPU, Role.PLANNER), world.mandate(KUNSHAN, Role.PLANNER)
    Mandate.objects.filter(pk=outside.pk).update(user=inside.user)
    _row, token = ApiToken.objects.create(user=inside.user, mandate=outside, name="program")
    client = signed_in(inside)
    client.post(reverse("people:act_as"), {"mandate": inside.pk})
    assert client.get("/api/v1/plans/").json()["count"] == 1
    headers = {"authorization": f"Token {token}"}
    data = {"acting_mandate": inside.pk}
    assert client.get("/api/v1/plans/", data, headers=headers).json()["count"] == 0
    path = "/api/v1/plans/first/matters/"
    answer = client.post(path, data, content_type="application/json", headers=headers)
    assert (answer.status_code, answer.wsgi_request.actor.mandate_id) == (404, outside.pk)
