import csv
import io

import pytest
from django.test import Client

from plans.register.actions import (
    add_requirement,
    answer_transmission,
    edit_requirement,
    remove_requirement,
)
from plans.register.audits import transmission_audit
from plans.register.enums import PartyRole
from plans.register.models import Plan, TransmissionAnswer
from plans.register.queries import (
    count,
    family_of,
    get_required,
    transmission_of,
    visible_plans,
)
from plans.register.steps import Demanded, add_party
from stakeholders.people.actions import make_token
from stakeholders.record.models import RecordEntry
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.errors import Conflict, Invalid, NotVisible, Refused
from stakeholders.terms.rights import Reason
from tests.plans.register.kin import LOWER, UPPER, family, reword
from tests.world import JIASHAN, KUNSHAN, QINGPU, WUJIANG, World

LISTED = Demanded(title_zh="耕地", title_en="Farmland", value=">= 76.60", source="国函〔2023〕12号")


@pytest.fixture
def plans(world: World) -> tuple[Plan, Plan]:
    return family(world)


def planner(world: World) -> Actor:
    return world.actor(QINGPU, Role.PLANNER)


def said(actor: Actor, plan: Plan, item: str, value: str, **words: object) -> TransmissionAnswer:
    row = get_required(actor=actor, plan=plan, item=item)
    return answer_transmission(
        actor=actor, plan=plan, row=row, wording=row.required.wording, value=value, **words
    )


def states(actor: Actor, plan: Plan) -> list[tuple[str, str]]:
    return [(row.required.ref, row.state) for row in transmission_of(actor=actor, plan=plan)]


def test_every_binding_item_of_the_upper_plan_asks_for_an_answer(
    world: World, plans: tuple[Plan, Plan]
) -> None:
    _upper, lower = plans
    actor = planner(world)
    said(actor, lower, "farmland", "adopted", carried_by=["fields", "fields"])
    said(actor, lower, "water", "conflict", reason="防洪堤线不同")
    said(actor, lower, "water", "adapted", reason="分两期落实")
    assert states(actor, lower) == [("item-farmland", "adopted"), ("item-water", "adapted")]
    assert TransmissionAnswer.objects.filter(item__key="farmland").get().carried_by == ["fields"]
    acts = RecordEntry.objects.filter(act="transmission.answer")
    assert list(acts.values_list("subject", flat=True)) == ["plan:QWJ"] * 3
    assert "防洪" not in "".join(acts.values_list("payload", flat=True))


def test_changed_upper_wording_asks_again_and_refuses_an_answer_to_the_old_one(
    world: World, plans: tuple[Plan, Plan]
) -> None:
    upper, lower = plans
    actor = planner(world)
    before = get_required(actor=actor, plan=lower, item="water")
    said(actor, lower, "water", "adopted")
    reword(upper, world.coordinator(upper), "water", "不低于21%")
    assert states(actor, lower) == [("item-farmland", "unanswered"), ("item-water", "former")]
    now = get_required(actor=actor, plan=lower, item="water")
    with pytest.raises(Conflict):
        answer_transmission(
            actor=actor,
            plan=lower,
            row=now,
            wording=before.required.wording,
            value="adopted",
        )
    said(actor, lower, "water", "adopted")
    assert states(actor, lower)[1] == ("item-water", "adopted")


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"value": "adapted"}, "reason"),
        ({"value": "conflict", "reason": "  "}, "reason"),
        ({"value": "perhaps"}, "value"),
        ({"value": "adopted", "carried_by": ["farmland"]}, "carried_by"),
    ],
)
def test_answer_that_does_not_say_what_it_must_is_refused(
    world: World, plans: tuple[Plan, Plan], words: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        said(planner(world), plans[1], "water", **words)
    assert list(refused.value.errors) == [field]
    assert TransmissionAnswer.objects.count() == 0


def test_who_is_consulted_and_does_not_see_the_upper_plan_reads_none_of_its_items(
    world: World, plans: tuple[Plan, Plan]
) -> None:
    _upper, lower = plans
    add_party(plan=lower, code=KUNSHAN, role=PartyRole.NEIGHBOUR, must_sign=False)
    actor = world.actor(KUNSHAN, Role.PLANNER)
    add_requirement(actor=world.coordinator(lower), plan=lower, demanded=LISTED)
    assert states(actor, lower) == [("listed-1", "unanswered")]
    with pytest.raises(NotVisible):
        get_required(actor=actor, plan=lower, item="water")


def test_who_makes_the_lower_plan_answers_the_upper_one_without_a_part_in_it(
    world: World, plans: tuple[Plan, Plan]
) -> None:
    """The joint office of the lower plan, whose mandate is limited to it, and another maker."""
    upper, lower = plans
    for actor in (world.coordinator(lower), world.actor(JIASHAN, Role.PLANNER)):
        assert upper not in visible_plans(actor=actor)
        said(actor, lower, "water", "adopted", carried_by=[])
        assert ("item-water", "adopted") in states(actor, lower)


def test_signatory_is_refused_with_the_reason(world: World, plans: tuple[Plan, Plan]) -> None:
    with pytest.raises(Refused) as refused:
        said(world.actor(QINGPU, Role.SIGNATORY), plans[1], "water", "adopted")
    assert refused.value.verdict.reason is Reason.WRONG_ROLE


def test_listed_requirement_is_added_changed_and_removed_with_one_entry_each(
    world: World, plans: tuple[Plan, Plan]
) -> None:
    _upper, lower = plans
    office, actor = world.coordinator(lower), world.actor(JIASHAN, Role.PLANNER)
    row = add_requirement(actor=office, plan=lower, demanded=LISTED)
    required = get_required(actor=actor, plan=lower, listed=1)
    answer_transmission(actor=actor, plan=lower, row=required, wording=row.wording, value="adopted")
    changed = Demanded(title_zh="耕地", source="国函〔2023〕12号", value=">= 77")
    edit_requirement(actor=office, plan=lower, requirement=row, edits=1, demanded=changed)
    assert ("listed-1", "former") in states(actor, lower)
    with pytest.raises(Conflict):
        edit_requirement(actor=office, plan=lower, requirement=row, edits=1, demanded=changed)
    remove_requirement(actor=office, plan=lower, requirement=row, edits=2)
    assert "listed-1" not in dict(states(actor, lower))
    entries = RecordEntry.objects.filter(subject=f"requirement:{row.pk}").order_by("pk")
    assert list(entries.values_list("act", flat=True)) == [
        "requirement.add",
        "requirement.edit",
        "requirement.remove",
    ]


@pytest.mark.parametrize("field", ["title_zh", "source"])
def test_requirement_needs_a_title_and_a_source(
    world: World, plans: tuple[Plan, Plan], field: str
) -> None:
    words = {"title_zh": "耕地", "source": "文", field: " "}
    with pytest.raises(Invalid) as refused:
        add_requirement(
            actor=world.coordinator(plans[1]), plan=plans[1], demanded=Demanded(**words)
        )
    assert list(refused.value.errors) == [field]


def test_audit_counts_what_is_open_former_and_in_conflict(
    world: World, plans: tuple[Plan, Plan]
) -> None:
    upper, lower = plans
    actor = planner(world)
    kinds = [(one.kind, "2" in str(one.text)) for one in transmission_audit(lower)]
    assert kinds == [("transmission.unanswered", True)]
    said(actor, lower, "farmland", "conflict", reason="不同")
    said(actor, lower, "water", "adopted")
    reword(upper, world.coordinator(upper), "water", "不低于21%")
    assert [one.kind for one in transmission_audit(lower)] == [
        "transmission.former",
        "transmission.conflict",
    ]
    assert transmission_audit(upper) == []
    assert family_of(actor=actor, plan=upper).lower[0].counts == count(
        transmission_of(actor=actor, plan=lower)
    )


def test_table_is_filtered_sorted_answered_and_downloaded_in_pages(
    world: World, plans: tuple[Plan, Plan]
) -> None:
    client = Client(headers={"accept-language": "en"})
    client.force_login(world.user(QINGPU, Role.PLANNER))
    base = f"/plans/{LOWER}/transmission/"
    form = client.get(base + "items/water/").context["form"]
    posted = {"wording": form["wording"].value(), "value": "adapted", "reason": ""}
    assert client.post(base + "items/water/", posted).status_code == 422
    posted |= {"reason": "分两期", "carried_by": ["banks"]}
    assert client.post(base + "items/water/", posted).status_code == 302
    shown = {
        state: [row.required.ref for row in client.get(f"{base}?{state}").context["page_obj"]]
        for state in ("", "state=unanswered", "state=answered", "state=adapted", "sort=-answer")
    }
    assert shown == {
        "": ["item-farmland", "item-water"],
        "state=unanswered": ["item-farmland"],
        "state=answered": ["item-water"],
        "state=adapted": ["item-water"],
        "sort=-answer": ["item-water", "item-farmland"],
    }
    text = b"".join(client.get(base + "table.csv?state=adapted").streaming_content).decode()
    lines = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert [line[1:7] for line in lines[1:]] == [
        ["Title water", "water", "Plan zone R1", "Adapted", "分两期", "banks"]
    ]
    assert client.get(base + "table.xlsx").status_code == 200
    assert client.get(base + "new/").status_code == 403


def test_office_lists_requirements_in_pages(world: World, plans: tuple[Plan, Plan]) -> None:
    client = Client()
    client.force_login(world.mandates[QINGPU, "coordinator", LOWER].user)
    base = f"/plans/{LOWER}/transmission/"
    assert client.get(base + "new/").status_code == 200
    assert client.post(base + "new/", {"title_zh": "耕地"}).status_code == 422
    made = client.post(base + "new/", {"title_zh": "耕地", "source": "文"})
    assert made.status_code == 302
    assert client.get(base + "listed/1/").status_code == 200
    edited = {"title_zh": "耕地", "source": "文", "value": "76", "edits": 1}
    assert client.post(base + "listed/1/edit/", edited).status_code == 302
    assert client.post(base + "listed/1/edit/", edited).status_code == 409
    assert client.post(base + "listed/1/remove/", {"edits": 2}).status_code == 302
    assert client.get(base + "listed/1/").status_code == 404


def test_api_answers_and_lists_the_same(world: World, plans: tuple[Plan, Plan]) -> None:
    mandate = world.mandate(WUJIANG, Role.PLANNER)
    actor = world.actor(WUJIANG, Role.PLANNER)
    _row, token = make_token(actor=actor, user=mandate.user, name="t", days=1)
    program = Client(headers={"authorization": f"Token {token}"})
    path = f"/api/v1/plans/{LOWER}/transmission/"
    rows = program.get(path).json()["results"]
    assert [(row["ref"], row["state"]) for row in rows] == [
        ("item-farmland", "unanswered"),
        ("item-water", "unanswered"),
    ]
    data = {"item": "water", "wording": rows[1]["wording"], "value": "adopted"}
    made = program.post(path, data, content_type="application/json")
    assert (made.status_code, made.json()["value"]) == (201, "adopted")
    stale = program.post(path, {**data, "wording": "sha256:x"}, content_type="application/json")
    assert stale.status_code == 409
    assert program.get(f"/api/v1/plans/{UPPER}/family/").json()["lower"] == [LOWER]
