"""Staff that is no administrator of the site: what its permissions open in the administration, and
nothing anywhere else."""

import io
from pathlib import Path

import pytest_django
from django.test import Client

from stakeholders.jobs.actions import run_jobs
from stakeholders.jobs.models import Job
from stakeholders.jurisdictions.models import DeliveredRow, Jurisdiction, WorkdayOverride
from stakeholders.people.models import Mandate, Organization, User
from stakeholders.people.queries import actor_without_mandate, confirmers_of, resettable_people
from stakeholders.record.models import RecordEntry
from stakeholders.terms import clock
from stakeholders.terms.actor import SYSTEM, Actor, ActorKind, Role
from tests.stakeholders.jurisdictions.test_imports import UNITS, confirm, table, unit, upload
from tests.world import KUNSHAN, QINGPU, WUJIANG, World, person

JSON = "application/json"
BODY = {"key": "JO", "name_zh": "联合办公室", "kind": "joint_body", "jurisdictions": [QINGPU]}
PAPER = {"day": "2024-05-20", "document": "民政部批复"}
TABLES = ("mandate", "organization", "succession", "formername", "workdayoverride")


def entered(user: User) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def operations(mandate: Mandate) -> list[tuple[str, str, dict[str, object]]]:
    """(method, address, body) of all that administrators do by the API."""
    own = f"mandates/{mandate.pk}"
    grant = {"email": "new@x.example", "name_zh": "新人", "document": "d", "role": "observer"}
    return [
        ("post", "mandates/", {**grant, "organization": "OLD"}),
        ("post", f"{own}/confirm/", {}),
        ("post", f"{own}/refuse/", {"reason": "no"}),
        ("get", f"{own}/", {}),
        ("post", "organizations/", BODY),
        ("put", "organizations/OLD/", BODY),
        ("post", f"jurisdictions/{KUNSHAN}/rename/", {**PAPER, "name_zh": "新昆山市"}),
        (
            "post",
            "successions/",
            {**PAPER, "kind": "merged", "predecessors": [KUNSHAN], "successors": [WUJIANG]},
        ),
        (
            "post",
            "workdays/",
            {
                "first": "2027-02-09",
                "last": "2027-02-10",
                "is_workday": False,
                "name_zh": "春节",
                "basis": "notice",
                "document": "国办发明电",
                "effective_from": "2026-11-01",
            },
        ),
        ("post", f"{own}/end/", {}),
    ]


def answers(user: User, mandate: Mandate) -> dict[str, int]:
    client, codes = entered(user), {}
    for method, address, body in operations(mandate):
        given = {} if method == "get" else {"data": body, "content_type": JSON}
        answer = getattr(client, method)(f"/api/v1/{address}", **given)
        codes[f"{method} {address}"] = answer.status_code
    return codes


def test_staff_does_by_the_api_what_anyone_does_and_no_more(world: World) -> None:
    """Without any permission, and with all that the tables ask for: those open tables only."""
    Organization.objects.create(key="OLD", name_zh="机构", kind="joint_body")
    mandate = world.mandate(QINGPU, Role.PLANNER)
    anyone = answers(person("anyone@x.example", "anyone"), mandate)
    before = (RecordEntry.objects.count(), Mandate.objects.count())
    assert set(anyone.values()) <= {403, 404}
    for permissions in ((), tuple(f"add_{name}" for name in TABLES)):
        staff = world.staff(*permissions)
        assert answers(staff, mandate) == anyone
        rows = entered(staff).get("/api/v1/mandates/", {"all": "1"}).json()["results"]
        assert rows == []
    assert (RecordEntry.objects.count(), Mandate.objects.count()) == before
    mandate.refresh_from_db()
    assert mandate.valid_until is None
    done = answers(world.administrator, mandate)
    acts = [key for key in done if key.startswith(("post", "put")) and "confirm" not in key]
    assert {key: done[key] for key in acts if done[key] not in (200, 201)} == {
        f"post mandates/{mandate.pk}/refuse/": 409  # it counts already
    }
    assert WorkdayOverride.objects.filter(name_zh="春节").count() == 2


def test_only_active_staff_with_every_right_is_an_administrator(world: World) -> None:
    user = world.administrator
    assert actor_without_mandate(user).kind is ActorKind.ADMINISTRATOR
    for name in ("is_active", "is_staff", "is_superuser"):
        setattr(user, name, False)
        assert actor_without_mandate(user).kind is ActorKind.PUBLIC
        setattr(user, name, True)


def test_staff_grants_on_the_page_its_permission_opens(world: World) -> None:
    staff, planner = world.staff("add_mandate", "view_mandate"), person("p@x.example", "planner")
    form = {
        "user": planner.pk,
        "jurisdiction": QINGPU,
        "role": "planner",
        "document": "沪青委托〔2026〕1号",
        "valid_from_0": "2026-01-01",
        "valid_from_1": "00:00",
    }
    answer = entered(staff).post("/admin/stakeholders/mandate/add/", form)
    made = Mandate.objects.get(user=planner)
    assert (answer.status_code, made.granted_by) == (302, staff)
    refused = entered(world.staff("view_mandate")).post("/admin/stakeholders/mandate/add/", form)
    assert (refused.status_code, Mandate.objects.filter(user=planner).count()) == (403, 1)


def test_a_table_of_staff_is_entered_while_it_has_the_permission(
    world: World, tmp_path: Path, settings: pytest_django.Settings
) -> None:
    settings.MEDIA_ROOT = tmp_path
    staff = world.staff("add_jurisdiction", "view_jurisdiction")
    client = entered(staff)
    delivery = upload(client, UNITS, table(unit("310199", "310000")))
    confirm(client, UNITS, delivery)
    assert Jurisdiction.objects.filter(code="310199").exists()
    file = io.BytesIO(table(unit("310198", "310000")))
    file.name = "table.csv"
    assert client.post(UNITS, {"file": file}).status_code == 302
    staff.user_permissions.set(world.staff("add_mandate").user_permissions.all())
    run_jobs(actor=SYSTEM, seconds=30)
    assert Job.objects.latest("created_at").state == "failed"
    assert DeliveredRow.objects.filter(label__contains="310198").exists() is False


def test_claims_are_told_to_who_may_confirm_them(world: World) -> None:
    world.staff()
    assert confirmers_of(world.mandate(QINGPU, Role.CONTACT_POINT), at=clock.now()) == [
        world.administrator.pk
    ]


def test_the_factor_of_who_has_every_right_is_reset_by_administrators_only(world: World) -> None:
    mandate = world.mandate(QINGPU, Role.PLANNER)
    User.objects.filter(pk=mandate.user_id).update(is_superuser=True)

    def may(actor: Actor) -> bool:
        people = resettable_people(actor=actor, at=clock.now())
        return people.filter(pk=mandate.user_id).exists()

    contact, staff = world.actor(QINGPU, Role.CONTACT_POINT), actor_without_mandate(world.staff())
    assert (may(contact), may(staff), may(world.admin)) == (False, False, True)


def test_the_account_of_who_has_every_right_is_closed_by_its_like_only(world: World) -> None:
    other = person("other@site.example", "other administrator")
    User.objects.filter(pk=other.pk).update(is_staff=True, is_superuser=True)
    url, form = (
        f"/admin/stakeholders/user/{other.pk}/change/",
        {"name_zh": "管理员", "language": ""},
    )
    staff = world.staff("view_user", "change_user")
    found = []
    for user in (staff, world.administrator):
        answer = entered(user).post(url, {**form, "email": "mine@evil.example"})
        other.refresh_from_db()
        found.append((answer.status_code, other.is_active, other.email))
    assert found == [(302, True, "other@site.example"), (302, False, "other@site.example")]
    reader = world.mandate(QINGPU, Role.PLANNER).user
    entered(staff).post(f"/admin/stakeholders/user/{reader.pk}/change/", form)
    reader.refresh_from_db()
    assert reader.is_active is False
