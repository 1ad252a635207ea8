"""Same comments: suggested, grouped, decided as one, each answered by itself."""

import pytest
from django.urls import reverse

from consult.phase2_preparation import actions
from consult.phase2_preparation.models import Comment, Disposition, GroupMember
from consult.phase2_preparation.queries import groups
from consult.phase2_preparation.queries.answering import to_answer
from consult.phase2_preparation.queries.dispositions import disposition_table
from stakeholders.record.models import RecordEntry
from stakeholders.terms.errors import Conflict, Invalid, NotVisible, Refused
from tests.consult.phase2_preparation.stage import Scene
from tests.consult.phase2_preparation.test_batches import many
from tests.consult.phase2_preparation.test_sight import office_client
from tests.world import KUNSHAN, WUJIANG


def group(scene: Scene, *numbers: int) -> None:
    actions.group_comments(actor=scene.office, plan=scene.plan, numbers=numbers)


def test_group_and_end_are_recorded_and_a_comment_stands_in_one_only(scene: Scene) -> None:
    many(scene, 3)
    group(scene, 1, 2)
    with pytest.raises(Conflict):
        group(scene, 2, 3)
    with pytest.raises(Invalid):
        group(scene, 3)
    with pytest.raises(NotVisible):
        group(scene, 3, 99)
    with pytest.raises(Refused):
        actions.group_comments(actor=scene.actor(WUJIANG), plan=scene.plan, numbers=[1, 2])
    one, again = (groups.groups_of(actor=scene.office, plan=scene.plan)[0] for _time in range(2))
    assert one.numbers == [1, 2]
    actions.end_group(actor=scene.office, plan=scene.plan, group=one)
    assert GroupMember.objects.count() == 0
    with pytest.raises(NotVisible):  # whoever had read it before it was ended
        actions.end_group(actor=scene.office, plan=scene.plan, group=again)
    last = RecordEntry.objects.order_by("-pk").values_list("act", flat=True)[:2]
    assert list(last) == ["comment.ungroup", "comment.group"]


def test_group_shows_as_one_row_where_asked(scene: Scene) -> None:
    many(scene, 4)
    group(scene, 2, 4)

    def shown(**filters: str) -> list[int]:
        rows = disposition_table(actor=scene.office, plan=scene.plan, filters=filters)
        return [row.number for row in rows]

    assert shown() == [1, 2, 3, 4]
    assert shown(folded="1") == [1, 2, 3]


def test_group_is_decided_as_one_and_each_commenter_asked_by_itself(scene: Scene) -> None:
    first = many(scene, 2)[0]
    one = scene.plan.rounds.get()
    other = scene.reply(one, KUNSHAN, "aim").comments.get()
    group(scene, 1, other.number)
    data = {"outcome": "not_adopted", "reason_zh": "{unit}：已定", "whole_group": "on"}
    client = office_client(scene)
    page = reverse("preparation:decide", args=["QWJ", 1])
    assert client.post(page, data).status_code == 302
    reasons = dict(Disposition.objects.values_list("comment__jurisdiction", "reason_zh"))
    assert reasons == {WUJIANG: "吴江区：已定", KUNSHAN: "昆山市：已定"}
    actions.publish_dispositions(actor=scene.office, plan=scene.plan)
    for code, comment in ((WUJIANG, first), (KUNSHAN, other)):
        mine = to_answer(actor=scene.actor(code), plan=scene.plan)
        assert [row.comment for row in mine] == [comment]


def test_suggestions_hold_same_texts_on_the_same_item_not_yet_grouped(scene: Scene) -> None:
    made = many(scene, 2)
    text = "建议将本条减排比例由百分之十五提高到百分之二十"
    fields = ("reply_id", "plan_id", "jurisdiction_id", "version_id", "type")
    base = {name: getattr(made[0], name) for name in fields}
    for number, (said, item) in enumerate(
        [(text, "aim"), (f"{text}。", "aim"), (text, "water"), ("全不同的话", "aim")], start=3
    ):
        Comment.objects.create(number=number, text_zh=said, item=scene.items[item], **base)

    def found() -> list[list[int]]:
        rows = groups.suggestions(actor=scene.office, plan=scene.plan)
        return [[comment.number for comment in comments] for comments in rows]

    assert [3, 4] in found()
    assert all(5 not in numbers and 6 not in numbers for numbers in found())
    group(scene, 3, 4)
    assert [3, 4] not in found()


def test_groups_by_their_page(scene: Scene) -> None:
    many(scene, 3)
    client = office_client(scene)
    page = reverse("preparation:groups", args=["QWJ"])
    assert client.post(page, {"numbers": "C01"}).status_code == 422
    assert client.post(page, {"numbers": "C01, C99"}).status_code == 422
    assert client.post(page, {"numbers": "C01, c03"}).status_code == 302
    assert client.post(page, {"numbers": "1,2"}).status_code == 409
    made = GroupMember.objects.first()
    assert made is not None
    end = reverse("preparation:end_group", args=["QWJ", made.group_id])
    assert client.post(end).status_code == 302
    assert client.post(end).status_code == 404


def test_lifting_one_to_a_matter_leaves_its_group_alone_unless_ticked(scene: Scene) -> None:
    many(scene, 3)
    group(scene, 1, 3)
    client = office_client(scene)
    address = reverse("preparation:decide", args=["QWJ", 1])
    for outcome, ticked in (("not_adopted", True), ("to_matter", None)):
        form = client.get(address, {"outcome": outcome}).context["form"]
        assert form["whole_group"].value() == ticked
