import re

import pytest
from django.test import Client

from stakeholders.notices.models import OutboxMessage
from stakeholders.people.actions import appoint
from stakeholders.people.models import ApiToken, Mandate, Organization, User
from stakeholders.record.models import RecordEntry
from stakeholders.terms.actor import Role
from tests.world import JIASHAN, PASSWORD, QINGPU, WUJIANG, World, person


@pytest.fixture
def enter(world: World):
    """Sign in and prove oneself again, as the acts behind that door ask."""

    def sign_in(user: User) -> Client:
        client = Client(headers={"accept-language": "en"})
        answer = client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
        assert answer.status_code == 302
        client.post("/accounts/reauthenticate/", {"password": PASSWORD})
        return client

    return sign_in


APPOINTMENT = {
    "email": "new@qingpu.example",
    "name_zh": "新人",
    "role": "planner",
    "document": "青函〔2026〕1号",
}


def test_contact_point_sees_and_grants_the_mandates_of_its_jurisdiction(
    world: World, enter
) -> None:
    world.mandate(WUJIANG, Role.PLANNER)
    planner = world.mandate(QINGPU, Role.PLANNER)
    client = enter(world.user(QINGPU, Role.CONTACT_POINT))
    page = client.get("/people/mandates/").content.decode()
    assert f"/people/mandates/{planner.pk}/end/" in page
    assert f"{WUJIANG} planner" not in page
    answer = client.post("/people/mandates/grant/", APPOINTMENT)
    assert (answer.status_code, answer["Location"]) == (302, "/people/mandates/")
    made = Mandate.objects.get(user__email="new@qingpu.example")
    assert client.get(f"/people/mandates/{made.pk}/end/").status_code == 200
    assert client.post(f"/people/mandates/{made.pk}/end/").status_code == 302
    made.refresh_from_db()
    assert made.valid_until is not None


def test_refused_form_keeps_what_was_typed(world: World, enter) -> None:
    client = enter(world.user(QINGPU, Role.CONTACT_POINT))
    bad = {**APPOINTMENT, "valid_until": "2001-01-01"}
    answer = client.post("/people/mandates/grant/", bad)
    text = answer.content.decode()
    assert (answer.status_code, "new@qingpu.example" in text) == (422, True)
    assert "The end must lie after the beginning." in text


def test_planner_is_told_who_may_grant(world: World, enter) -> None:
    client = enter(world.user(QINGPU, Role.PLANNER))
    answer = client.get("/people/mandates/grant/")
    assert (answer.status_code, "Contact point" in answer.content.decode()) == (403, True)


def test_mandates_of_others_are_not_there(world: World, enter) -> None:
    other = world.mandate(WUJIANG, Role.PLANNER)
    client = enter(world.user(QINGPU, Role.CONTACT_POINT))
    codes = [
        client.get(f"/people/mandates/{other.pk}/end/").status_code,
        client.post(f"/people/mandates/{other.pk}/end/").status_code,
        client.post(f"/people/mandates/{other.pk}/confirm/").status_code,
    ]
    assert codes == [404, 404, 404]


def test_signatory_is_confirmed_by_a_second_contact_point(world: World, enter) -> None:
    first = world.actor(QINGPU, Role.CONTACT_POINT)
    mandate = appoint(
        actor=first, email="s@qingpu.example", name_zh="签", role=Role.SIGNATORY, document="d"
    )
    path = f"/people/mandates/{mandate.pk}/confirm/"
    assert enter(world.user(QINGPU, Role.CONTACT_POINT)).post(path).status_code == 409
    second = world.mandate(JIASHAN, Role.CONTACT_POINT)
    Mandate.objects.filter(pk=second.pk).update(jurisdiction=QINGPU)
    client = enter(second.user)
    assert (client.get(path).status_code, client.post(path).status_code) == (200, 302)
    mandate.refresh_from_db()
    assert mandate.second_by == second.user


def test_token_is_shown_once_and_works_as_its_mandate(world: World, enter) -> None:
    user = world.user(QINGPU, Role.PLANNER)
    client = enter(user)
    answer = client.post("/people/tokens/", {"name": "GIS", "days": 5})
    token = re.search(r'<code class="hash">(\w+)</code>', answer.content.decode())[1]
    assert token not in client.get("/people/tokens/").content.decode()
    program = Client(headers={"authorization": f"Token {token}"})
    rows = program.get("/api/v1/mandates/").json()["results"]
    assert [(row["role"], row["jurisdiction"]) for row in rows] == [("planner", QINGPU)]
    row = ApiToken.objects.get()
    assert client.post("/people/tokens/revoke/", {"token": row.pk}).status_code == 302
    assert program.get("/api/v1/mandates/").status_code == 401


def test_token_ends_with_its_mandate(world: World, enter) -> None:
    mandate = world.mandate(QINGPU, Role.PLANNER)
    client = enter(mandate.user)
    answer = client.post("/people/tokens/", {"name": "GIS", "days": 5})
    token = re.search(r'<code class="hash">(\w+)</code>', answer.content.decode())[1]
    Mandate.objects.filter(pk=mandate.pk).update(valid_until=mandate.valid_from)
    program = Client(headers={"authorization": f"Token {token}"})
    assert program.get("/api/v1/mandates/").status_code == 401


def test_old_sign_in_has_to_prove_itself_again(world: World) -> None:
    client = Client()
    client.force_login(world.user(QINGPU, Role.CONTACT_POINT))
    for path in ("/people/tokens/", "/people/mandates/grant/"):
        assert client.get(path).status_code == 200
        answer = client.post(path, {"name": "GIS"})
        assert (answer.status_code, answer["Location"].split("?")[0]) == (
            302,
            "/accounts/reauthenticate/",
        )


def test_form_put_aside_acts_under_its_own_mandate(world: World) -> None:
    """The posted mandate counts, not the header's, also after proving oneself in between."""
    user = world.user(QINGPU, Role.CONTACT_POINT)
    second = world.mandate(JIASHAN, Role.CONTACT_POINT)
    Mandate.objects.filter(pk=second.pk).update(user=user)
    client = Client()
    client.force_login(user)
    form = {**APPOINTMENT, "acting_mandate": second.pk}
    answer = client.post("/people/mandates/grant/", form)
    assert answer.status_code == 302
    answer = client.post(answer["Location"], {"password": PASSWORD}, follow=True)
    made = Mandate.objects.get(user__email="new@qingpu.example")
    assert (answer.status_code, made.jurisdiction_id) == (200, JIASHAN)


def test_language_choice_is_remembered(world: World) -> None:
    user = world.user(QINGPU, Role.PLANNER)
    client = Client()
    client.force_login(user)
    client.post("/i18n/setlang/", {"language": "en", "next": "/"})
    user.refresh_from_db()
    assert (user.language, client.cookies["django_language"].value) == ("en", "en")


def test_administrator_grants_confirms_and_ends_by_the_acts(world: World) -> None:
    admin = world.administrator
    admin.is_superuser = True
    admin.save()
    client = Client(headers={"accept-language": "en"})
    client.force_login(admin)
    user = world.user(WUJIANG, Role.PLANNER)
    form = {
        "user": user.pk,
        "jurisdiction": QINGPU,
        "role": "contact_point",
        "document": "letter 1",
        "valid_from_0": "2026-01-01",
        "valid_from_1": "00:00",
    }
    answer = client.post("/admin/stakeholders/mandate/add/", form)
    made = Mandate.objects.get(document="letter 1")
    assert (answer.status_code, made.granted_by, made.jurisdiction_id) == (302, admin, QINGPU)
    answer = client.post(
        "/admin/stakeholders/mandate/add/", {**form, "user": admin.pk}, follow=True
    )
    assert "Nobody grants or confirms a mandate for oneself." in answer.content.decode()
    chosen = {"action": "end", "_selected_action": [made.pk]}
    client.post("/admin/stakeholders/mandate/", chosen)
    made.refresh_from_db()
    assert made.valid_until is not None
    assert client.post(f"/admin/stakeholders/mandate/{made.pk}/delete/").status_code == 403


def test_link_to_a_plan_opens_under_the_mandate_for_that_plan(world: World, client: Client) -> None:
    plans = [world.plan("QWJ"), world.plan("QWJ-S4")]
    for plan in plans:
        world.coordinator(plan)
    client.force_login(world.mandates[QINGPU, "coordinator", "QWJ"].user)
    for plan in plans:
        answer = client.get(plan.get_absolute_url())
        assert answer.status_code == 200
        label = answer.context["chrome"]["actor_label"]
        assert label.rpartition(" · ")[2] == f"{plan.short_zh} ({plan.key})"
    assert len({one["label"] for one in answer.context["chrome"]["mandates"]}) == 2


@pytest.mark.parametrize("target", ["foo", "//evil.example", "https://evil.example/", "/\\\\evil"])
def test_acting_as_leads_to_no_other_host_and_breaks_on_none(
    world: World, enter, target: str
) -> None:
    mandate = world.mandate(QINGPU, Role.PLANNER)
    client = enter(mandate.user)
    answer = client.post("/people/act-as/", {"mandate": mandate.pk, "next": target})
    assert (answer.status_code, answer["Location"]) == (302, "foo" if target == "foo" else "/")


def test_administrator_neither_sets_passwords_nor_changes_addresses(world: World, enter) -> None:
    User.objects.filter(pk=world.administrator.pk).update(is_superuser=True)
    client = enter(world.administrator)
    user = world.user(QINGPU, Role.SIGNATORY)
    path = f"/admin/stakeholders/user/{user.pk}"
    assert client.get(f"{path}/password/").status_code in (302, 404)
    form = {"email": "mine@evil.example", "name_zh": "改", "is_active": "on", "password": "x"}
    assert client.post(f"{path}/change/", form).status_code == 302
    before, user = user, User.objects.get(pk=user.pk)
    assert (user.name_zh, user.email, user.password) == ("改", before.email, before.password)
    new = {"email": "new@qingpu.example", "name_zh": "新人", "name_en": ""}
    assert client.post("/admin/stakeholders/user/add/", new).status_code == 302
    assert User.objects.get(email="new@qingpu.example").has_usable_password() is False
    chosen = {"action": "send_link", "_selected_action": [user.pk]}
    client.post("/admin/stakeholders/user/", chosen)
    mails = OutboxMessage.objects.order_by("pk").values_list("recipient", "minter", "is_secret")
    assert list(mails)[-2:] == [
        ("new@qingpu.example", "account_invitation", False),
        (user.email, "", True),
    ]


def test_administrators_keep_organizations_by_the_acts(world: World) -> None:
    admin = world.administrator
    admin.is_superuser = True
    admin.save()
    client = Client(headers={"accept-language": "en"})
    client.force_login(admin)
    url = "/admin/stakeholders/organization/"
    form = {"key": "JB", "name_zh": "执委会", "kind": "joint_body", "jurisdictions": [QINGPU]}
    assert client.post(f"{url}add/", form).status_code == 302
    body = Organization.objects.get(key="JB")
    changed = {**form, "key": "OTHER", "jurisdictions": [QINGPU, WUJIANG]}
    assert client.post(f"{url}{body.pk}/change/", changed).status_code == 302
    body.refresh_from_db()
    codes = sorted(body.jurisdictions.values_list("pk", flat=True))
    assert (body.key, codes) == ("JB", [QINGPU, WUJIANG])
    again = client.post(f"{url}add/", {**form, "key": "jb"}, follow=True)
    assert "An organization with this key exists already." in again.content.decode()
    entries = RecordEntry.objects.order_by("pk").values_list("act", flat=True)
    assert list(entries) == ["organization.enter", "organization.change"]


def test_no_administrator_raises_itself(world: World) -> None:
    admin = world.staff("view_user", "change_user")
    other = person("other@site.example", "other")
    client = Client(headers={"accept-language": "en"})
    client.force_login(admin)
    rights = {"name_zh": "管理员", "language": "zh-hans", "is_active": "on", "is_superuser": "on"}
    for user in (admin, other):
        url = f"/admin/stakeholders/user/{user.pk}/change/"
        assert client.post(url, {**rights, "is_staff": "on"}).status_code == 302
        user.refresh_from_db()
        assert (user.is_superuser, user.is_staff) == (False, user == admin)
    assert other.name_zh == "管理员"
    admin.is_superuser = True
    admin.save()
    given = {**rights, "is_staff": "on"}
    assert client.post(f"/admin/stakeholders/user/{other.pk}/change/", given).status_code == 302
    other.refresh_from_db()
    assert (other.is_superuser, other.is_staff) == (True, True)
