import pytest
from django.test import Client

from stakeholders.people import actions
from stakeholders.people.actions import Particulars
from stakeholders.people.models import Organization
from stakeholders.people.queries import find_organizations
from stakeholders.record.models import RecordEntry
from stakeholders.terms.actor import PUBLIC, Role
from stakeholders.terms.errors import Invalid, Refused
from stakeholders.terms.rights import Reason
from tests.world import QINGPU, WUJIANG, World


def shape(**more: object) -> Particulars:
    values = {"name_zh": "青浦水务局", "kind": "sector_department", "codes": [QINGPU], **more}
    return Particulars(**values)


def acts() -> list[str]:
    return list(RecordEntry.objects.order_by("pk").values_list("act", flat=True))


def test_a_contact_point_enters_and_changes_its_departments(world: World) -> None:
    actor = world.actor(QINGPU, Role.CONTACT_POINT)
    row = actions.enter_organization(actor=actor, key="Q-WA", particulars=shape())
    actions.change_organization(actor=actor, organization=row, particulars=shape(name_zh="水务"))
    row.refresh_from_db()
    assert (row.name_zh, [one.pk for one in row.jurisdictions.all()]) == ("水务", [QINGPU])
    assert acts() == ["organization.enter", "organization.change"]


def test_only_administrators_enter_bodies_of_several_or_of_none(world: World) -> None:
    actor = world.actor(QINGPU, Role.CONTACT_POINT)
    for codes in ([], [WUJIANG], [QINGPU, WUJIANG]):
        with pytest.raises(Refused) as refused:
            actions.enter_organization(actor=actor, key="X", particulars=shape(codes=codes))
        assert refused.value.verdict.reason is Reason.NOT_YOURS
    with pytest.raises(Invalid) as invalid:
        actions.enter_organization(actor=actor, key="X", particulars=shape(kind="joint_body"))
    assert set(invalid.value.errors) == {"kind"}
    for key, codes in (("A", []), ("B", [QINGPU, WUJIANG])):
        actions.enter_organization(
            actor=world.admin, key=key, particulars=shape(kind="joint_body", codes=codes)
        )
    assert {row.key for row in find_organizations(belongs="none")} == {"A"}
    assert {row.key for row in find_organizations(belongs="several")} == {"B"}


def test_nobody_takes_a_body_of_others_over(world: World) -> None:
    body = Organization.objects.create(key="JO", name_zh="联合办", kind="joint_body")
    body.jurisdictions.set([QINGPU, WUJIANG])
    actor = world.actor(QINGPU, Role.CONTACT_POINT)
    with pytest.raises(Refused):
        actions.change_organization(actor=actor, organization=body, particulars=shape())
    for other in (world.actor(QINGPU, Role.PLANNER), PUBLIC):
        with pytest.raises(Refused):
            actions.enter_organization(actor=other, key="X", particulars=shape())
    assert acts() == []


def test_bad_input_is_said_at_its_field(world: World) -> None:
    Organization.objects.create(key="Q-WA", name_zh="旧", kind="government")
    for key, more, field in [
        ("q-wa", {}, "key"),
        ("", {}, "key"),
        ("N", {"name_zh": " "}, "name_zh"),
        ("N", {"kind": "club"}, "kind"),
        ("N", {"codes": ["999999"]}, "jurisdictions"),
    ]:
        with pytest.raises(Invalid) as invalid:
            actions.enter_organization(actor=world.admin, key=key, particulars=shape(**more))
        assert set(invalid.value.errors) == {field}


def test_pages_of_organizations(world: World, client: Client) -> None:
    client.force_login(world.user(QINGPU, Role.CONTACT_POINT))
    form = {"key": "Q-WA", "name_zh": "水务局", "kind": "sector_department"}
    answer = client.post("/people/organizations/enter/", form)
    assert (answer.status_code, answer["Location"]) == (302, "/people/organizations/Q-WA/")
    again = client.post("/people/organizations/enter/", form)
    assert (again.status_code, "水务局" in again.content.decode()) == (422, True)
    paths = ["", "?belongs=one", "?sort=-name", "Q-WA/", "Q-WA/change/"]
    codes = [client.get(f"/people/organizations/{path}").status_code for path in paths]
    assert codes == [200] * 5
    client.force_login(world.user(WUJIANG, Role.CONTACT_POINT))
    assert client.get("/people/organizations/Q-WA/").status_code == 200
    assert client.get("/people/organizations/Q-WA/change/").status_code == 403
