"""Deciding on one comment: what it names, two people at once, the row of the table, matters."""

from typing import Any

import pytest
from django.urls import reverse

from consult.matters.models import Matter
from consult.phase2_preparation import actions
from consult.phase2_preparation.models import Comment, Disposition
from consult.phase2_preparation.queries import batches
from stakeholders.terms.errors import Conflict, Invalid
from tests.consult.phase2_preparation.stage import Scene
from tests.consult.phase2_preparation.test_batches import many
from tests.consult.phase2_preparation.test_sight import client_of, office_client
from tests.world import QINGPU, WUJIANG

HX = {"HX-Request": "true"}


def url(name: str, *args: object) -> str:
    return reverse(f"preparation:{name}", args=["QWJ", *args])


def standing() -> list[str]:
    return list(Disposition.objects.order_by("pk").values_list("outcome", flat=True))


def test_a_decision_on_what_somebody_else_decided_since_is_a_conflict(scene: Scene) -> None:
    comment = many(scene, 1)[0]
    seen = batches.newest_seen(plan=scene.plan)
    theirs = scene.decide(comment, "noted", seen=seen)
    with pytest.raises(Conflict) as error:
        scene.decide(comment, "adopted", seen=seen)
    assert error.value.theirs == theirs
    scene.decide(comment, "adopted", seen=theirs.pk)
    assert standing() == ["noted", "adopted"]


def test_conflict_page_shows_both_and_sending_again_replaces_theirs(scene: Scene) -> None:
    comment = many(scene, 1)[0]
    client = office_client(scene)
    seen = client.get(url("comment", 1)).context["decide"]["seen"].value()
    scene.decide(comment, "partly", reason_zh="对方的理由")
    typed = {"outcome": "not_adopted", "reason_zh": "我的理由", "seen": seen}
    page = client.post(url("decide", 1), typed)
    text = page.content.decode()
    assert (page.status_code, standing()) == (409, ["partly"])
    assert "对方的理由" in text
    assert "我的理由" in text
    again = client.post(url("decide", 1), {**typed, "seen": page.context["form"]["seen"].value()})
    assert (again.status_code, standing()) == (302, ["partly", "not_adopted"])


@pytest.mark.parametrize("reason", ["", "  "])
@pytest.mark.parametrize("outcome", ["partly", "not_adopted"])
def test_reason_is_compulsory_by_the_page_too(scene: Scene, outcome: str, reason: str) -> None:
    many(scene, 1)
    page = office_client(scene).post(url("decide", 1), {"outcome": outcome, "reason_zh": reason})
    assert (page.status_code, standing()) == (422, [])


@pytest.mark.parametrize(
    ("named", "comment", "item"),
    [("C02", 2, None), ("c 2", 2, None), ("1", None, "aim"), ("water", None, "water")],
)
def test_superseded_names_a_comment_or_an_item(
    scene: Scene, named: str, comment: int | None, item: str | None
) -> None:
    many(scene, 2)
    data = {"outcome": "superseded", "superseded": named}
    assert office_client(scene).post(url("decide", 1), data).status_code == 302
    row = Disposition.objects.get()
    assert (row.superseded_by.number if row.superseded_by else None) == comment
    assert (row.superseded_item.key if row.superseded_item else None) == item


@pytest.mark.parametrize("named", ["", "C01", "C99", "nothing", "<script>"])
def test_superseded_by_nothing_by_itself_or_by_what_is_not_there_is_invalid(
    scene: Scene, named: str
) -> None:
    many(scene, 2)
    data = {"outcome": "superseded", "superseded": named}
    page = office_client(scene).post(url("decide", 1), data)
    assert (page.status_code, standing()) == (422, [])
    assert list(page.context["form"].errors) == ["superseded"]


def test_only_a_superseded_comment_names_what_takes_its_place(scene: Scene) -> None:
    one, other = many(scene, 2)
    with pytest.raises(Invalid):
        scene.decide(one, "noted", superseded_by=other)


def test_text_block_is_put_after_what_was_typed_and_filled_in(scene: Scene) -> None:
    many(scene, 1)
    block = scene.block(text_zh="{unit}：{article}另有规定")
    data = {"outcome": "not_adopted", "reason_zh": "已研究。", "block": str(block.pk)}
    assert office_client(scene).post(url("decide", 1), data).status_code == 302
    assert Disposition.objects.get().reason_zh == "已研究。\n吴江区：第1条另有规定"


def test_row_of_the_table_is_replaced_by_its_form_and_by_the_decided_row(scene: Scene) -> None:
    many(scene, 2)
    client = office_client(scene)
    page = client.get(url("dispositions")).content.decode()
    assert f"{url('decide', 1)}?outcome=partly" in page
    form = client.get(url("decide", 1) + "?outcome=partly", headers=HX).content.decode()
    assert "<html" not in form
    assert 'name="outcome" value="partly"' in form
    wrong = client.post(url("decide", 1), {"outcome": "partly"}, headers=HX)
    assert (wrong.status_code, b"<html" in wrong.content) == (422, False)
    row = client.post(url("decide", 1), {"outcome": "noted"}, headers=HX).content.decode()
    assert row.strip().startswith("<tr data-row")
    assert standing() == ["noted"]
    assert client.get(url("decide", 2) + "?row=1", headers=HX).content.decode().count("<tr") == 1


def test_without_script_the_keys_are_links_to_the_form(scene: Scene) -> None:
    many(scene, 1)
    client = office_client(scene)
    page = client.get(url("decide", 1) + "?outcome=partly")
    assert (page.status_code, page.context["form"]["outcome"].value()) == (200, "partly")
    assert client_of(scene, WUJIANG).get(url("decide", 1)).status_code == 403


def test_others_find_no_keys_and_no_undo_in_the_table(scene: Scene) -> None:
    many(scene, 1)
    page = client_of(scene, WUJIANG).get(url("dispositions")).content.decode()
    assert "outcome-keys" not in page
    assert url("blocks") not in page


def refused(scene: Scene) -> Comment:
    comment = many(scene, 1)[0]
    scene.decide(comment, "not_adopted", reason_zh="上位规划已定")
    actions.publish_dispositions(actor=scene.office, plan=scene.plan)
    actions.answer_disposition(
        actor=scene.actor(WUJIANG),
        plan=scene.plan,
        disposition=comment.dispositions.get(),
        accepts=False,
        text="仍不同意",
    )
    return comment


def test_lifting_a_refused_one_begins_the_matter_with_what_the_commenter_holds(
    scene: Scene,
) -> None:
    refused(scene)
    client = office_client(scene)
    assert f"{url('decide', 1)}?outcome=to_matter" in client.get(url("answers")).content.decode()
    form = client.get(url("decide", 1) + "?outcome=to_matter").context["form"]
    data: dict[str, Any] = {field.name: field.value() for field in form if field.value()}
    assert data["stand_zh"] == "第1条意见\n仍不同意"
    assert data["codes"] == [WUJIANG]
    data["codes"] = [WUJIANG, QINGPU]
    assert client.post(url("decide", 1), data).status_code == 302
    matter = Matter.objects.get(plan=scene.plan)
    assert (matter.title_zh, matter.facts_zh) == ("第1条意见", "第1条意见\n仍不同意")
    assert standing() == ["not_adopted", "to_matter"]
    # What is to become a matter is no longer listed as merely refused.
    assert list(client.get(url("answers")).context["refused"]) == []
