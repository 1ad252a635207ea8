"""Publishing in one batch, the letter with it, answers one by one and several at once, blocks."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from consult.phase2_preparation import actions, duties
from consult.phase2_preparation.models import (
    CommenterAnswer,
    Disposition,
    PublicationLetter,
    TextBlock,
)
from consult.phase2_preparation.queries import answering, publishing
from stakeholders.notices.models import Notice
from stakeholders.record.models import RecordEntry
from stakeholders.terms import clock
from stakeholders.terms.errors import Conflict, Invalid, Refused
from tests.consult.phase2_preparation.stage import Scene
from tests.consult.phase2_preparation.test_batches import decide, many
from tests.consult.phase2_preparation.test_sight import client_of, office_client
from tests.world import JIASHAN, KUNSHAN, WUJIANG


def url(name: str, *args: object) -> str:
    return reverse(f"preparation:{name}", args=["QWJ", *args])


def publish(scene: Scene, **options: object) -> list[Disposition]:
    return actions.publish_dispositions(actor=scene.office, plan=scene.plan, **options)  # type: ignore[arg-type]


def titles(scene: Scene, code: str) -> list[str]:
    people = scene.actor(code).user_id
    rows = Notice.objects.filter(user=people, kind="disposition").order_by("pk")
    return list(rows.values_list("title_en", flat=True))


def test_every_commenter_is_told_of_its_own_comments_only(scene: Scene) -> None:
    many(scene, 2)
    scene.reply(scene.plan.rounds.get(), KUNSHAN, "aim")
    decide(scene, [1, 2, 3])
    publish(scene)
    assert titles(scene, WUJIANG) == ["The dispositions of your comments were published: C01, C02"]
    assert titles(scene, KUNSHAN) == ["The dispositions of your comments were published: C03"]
    assert titles(scene, JIASHAN) == ["The dispositions of 3 comments were published"]


def test_note_goes_with_the_batch_and_by_its_digest_into_the_record(scene: Scene) -> None:
    many(scene, 1)
    decide(scene, [1])
    publish(scene, note="本批说明")
    letter = PublicationLetter.objects.get()
    assert (letter.note, letter.file) == ("本批说明", None)
    payload = RecordEntry.objects.order_by("-pk")[0].payload
    assert "letter" in payload
    assert "本批说明" not in payload
    assert "本批说明" in client_of(scene, WUJIANG).get(url("answers")).content.decode()


def test_page_counts_what_waits_and_warns_of_texts_not_changed(scene: Scene) -> None:
    comments = many(scene, 3)
    scene.decide(comments[0], "adopted")
    scene.decide(comments[1], "not_adopted", reason_zh="已定")
    page = office_client(scene).get(url("publish"))
    assert [(c.name, c.number) for c in page.context["by_party"]] == [("吴江区", 2)]
    assert [c.number for c in page.context["by_outcome"]] == [1, 1]
    assert (page.context["lacking_change"], page.context["lacking_reason"]) == (1, 0)
    scene.revise(aim="改后的文字")
    rows = publishing.waiting(actor=scene.office, plan=scene.plan)
    assert [row.lacks_change for row in rows] == [False, False]
    assert client_of(scene, WUJIANG).get(url("publish")).status_code == 403


def test_selection_and_filters_decide_what_is_published(scene: Scene) -> None:
    comments = many(scene, 3)
    scene.decide(comments[0], "adopted")
    scene.decide(comments[1], "noted")
    scene.decide(comments[2], "noted")
    client = office_client(scene)
    nothing = client.post(url("publish"), {"chosen": "1"})
    assert nothing.status_code == 409
    assert client.post(url("publish"), {"chosen": "1", "number": ["2"]}).status_code == 302
    assert client.post(url("publish"), {"outcome": "adopted"}).status_code == 302
    shown = Disposition.objects.filter(publication__isnull=False)
    assert sorted(shown.values_list("comment__number", flat=True)) == [1, 2]


@pytest.mark.parametrize("number", [120, pytest.param(400, marks=pytest.mark.prove)])
def test_publishing_costs_little_for_many(
    scene: Scene, django_assert_max_num_queries: object, number: int
) -> None:
    many(scene, number)
    decide(scene, list(range(1, number + 1)))
    with django_assert_max_num_queries(30):  # type: ignore[operator]
        assert len(publish(scene)) == number


def owed(scene: Scene) -> int:
    rows = duties.duties(plans=[scene.plan], now=clock.now())
    return sum(d.kind == "disposition.answer" for d in rows)


def test_several_are_answered_with_one_entry_and_an_answer_can_change(scene: Scene) -> None:
    many(scene, 3)
    decide(scene, [1, 2, 3])
    rows = publish(scene)
    contact = scene.actor(WUJIANG)
    before = RecordEntry.objects.count()
    actions.answer_dispositions(actor=contact, plan=scene.plan, dispositions=rows[:2], accepts=True)
    assert (RecordEntry.objects.count() - before, owed(scene)) == (1, 1)
    with pytest.raises(Invalid):
        actions.answer_dispositions(
            actor=contact, plan=scene.plan, dispositions=rows, accepts=False
        )
    actions.answer_disposition(
        actor=contact, plan=scene.plan, disposition=rows[0], accepts=False, text="再议"
    )
    refused = answering.not_accepted(actor=scene.office, plan=scene.plan)
    assert [row.pk for row in refused] == [rows[0].pk]
    actions.answer_disposition(actor=contact, plan=scene.plan, disposition=rows[0], accepts=True)
    assert list(answering.not_accepted(actor=scene.office, plan=scene.plan)) == []


def test_several_are_answered_by_the_api(scene: Scene) -> None:
    many(scene, 2)
    decide(scene, [1, 2])
    ids = [row.pk for row in publish(scene)]
    address = "/api/v1/plans/QWJ/answers/"
    others = client_of(scene, JIASHAN).post(
        address,
        {"dispositions": ids, "accepts": True},
        content_type="application/json",
        headers={"accept-language": "en"},
    )
    assert (others.status_code, others.json()) == (404, {"detail": "not found"})
    own = client_of(scene, WUJIANG).post(
        address, {"dispositions": ids, "accepts": True}, content_type="application/json"
    )
    assert (own.status_code, sorted(own.json()["answered"])) == (201, sorted(ids))
    assert owed(scene) == 0


def test_a_changed_published_disposition_asks_again(scene: Scene) -> None:
    comment = many(scene, 1)[0]
    decide(scene, [1])
    rows = publish(scene)
    contact = scene.actor(WUJIANG)
    actions.answer_dispositions(actor=contact, plan=scene.plan, dispositions=rows, accepts=True)
    assert owed(scene) == 0
    scene.decide(comment, "adopted")
    assert owed(scene) == 0
    publish(scene)
    assert owed(scene) == 1
    with pytest.raises(Conflict):
        actions.answer_dispositions(actor=contact, plan=scene.plan, dispositions=rows, accepts=True)


def test_anothers_dispositions_are_not_answered(scene: Scene) -> None:
    many(scene, 1)
    decide(scene, [1])
    rows = publish(scene)
    with pytest.raises(Refused):
        actions.answer_dispositions(
            actor=scene.actor(JIASHAN), plan=scene.plan, dispositions=rows, accepts=True
        )
    client = client_of(scene, JIASHAN)
    answer = client.post(url("answers"), {"disposition": [rows[0].pk], "accepts": "yes"})
    assert (answer.status_code, CommenterAnswer.objects.count()) == (422, 0)


def test_answers_by_their_page(scene: Scene) -> None:
    many(scene, 3)
    decide(scene, [1, 2, 3])
    pks = [row.pk for row in publish(scene)]
    client = client_of(scene, WUJIANG)
    why = client.post(url("answers"), {"disposition": pks[:1], "accepts": "no"})
    assert (why.status_code, CommenterAnswer.objects.count()) == (422, 0)
    data = {"disposition": pks[:1], "accepts": "no", "text": "再议"}
    assert client.post(url("answers"), data).status_code == 302
    assert (
        client.post(url("answers"), {"disposition": pks[1:], "accepts": "yes"}).status_code == 302
    )
    assert owed(scene) == 0
    page = office_client(scene).get(url("answers"))
    assert [row.pk for row in page.context["refused"]] == pks[:1]


def test_text_blocks_by_their_pages_and_those_of_the_site_stay(scene: Scene) -> None:
    site = TextBlock.objects.create(title="全站", text_zh="通用答复")
    client = office_client(scene)
    assert client.post(url("blocks"), {"title": "空"}).status_code == 422
    assert (
        client.post(url("blocks"), {"title": "已定", "text_zh": "{article}已定"}).status_code == 302
    )
    own = TextBlock.objects.get(plan=scene.plan)
    assert client.post(url("block", own.pk), {"title": "新", "text_zh": "改"}).status_code == 302
    assert client.get(url("block", site.pk)).status_code == 404
    assert client.post(url("drop_block", site.pk)).status_code == 404
    assert "通用答复" in client.get(url("blocks")).content.decode()
    assert client.post(url("drop_block", own.pk)).status_code == 302
    assert list(TextBlock.objects.all()) == [site]
    assert client_of(scene, WUJIANG).get(url("blocks")).status_code == 403


def test_pages_around_dispositions_cost_the_same_for_20_and_100(scene: Scene) -> None:
    many(scene, 20)
    decide(scene, list(range(1, 21)))
    publish(scene, numbers=range(1, 6))
    office, contact = office_client(scene), client_of(scene, WUJIANG)

    def cost() -> dict[str, int]:
        found = {}
        for client, name in (
            (office, "publish"),
            (office, "groups"),
            (office, "batches"),
            (office, "dispositions"),
            (contact, "answers"),
        ):
            client.get(url(name))
            with CaptureQueriesContext(connection) as captured:
                assert client.get(url(name)).status_code == 200
            found[name] = len(captured)
        return found

    few = cost()
    many(scene, 80)
    decide(scene, list(range(21, 101)))
    publish(scene, numbers=range(21, 56))
    assert cost() == few
