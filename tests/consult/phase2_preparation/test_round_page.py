"""The pages of a round as the joint office uses them: one clear act, no act that must fail."""

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from consult.phase2_preparation import actions
from consult.phase2_preparation.enums import ENTERED
from consult.phase2_preparation.forms.answers import opinion_rows
from consult.phase2_preparation.forms.splitting import SplitOpinionForm
from consult.phase2_preparation.models import Comment, Reply, Round
from consult.phase2_preparation.queries import articles
from consult.phase2_preparation.steps import Letter, Opinion, Remark
from plans.register.queries import entries_of
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from tests.consult.phase2_preparation.stage import Scene
from tests.consult.phase2_preparation.test_adoption import table
from tests.consult.phase2_preparation.test_sight import client_of, office_client
from tests.consult.phase2_preparation.test_views import url
from tests.world import JIASHAN, WUJIANG

EN = {"accept-language": "en"}
PRIMARY = re.compile(r'<(?:a|button) class="btn btn-primary"[^>]*>(.*?)</')


def close(one: Round) -> None:
    Round.objects.filter(pk=one.pk).update(
        opens_at=clock.now() - timedelta(days=9), closes_at=clock.now()
    )


def figures(content: bytes) -> list[tuple[object, object]]:
    rows = openpyxl.load_workbook(BytesIO(content)).worksheets[1].iter_rows(values_only=True)
    return [(row[0], row[-1]) for row in rows if isinstance(row[-1], int)]


def primary(scene: Scene) -> list[str]:
    page = office_client(scene).get(url("round", 1), headers=EN).content.decode()
    acts = page[page.index("acts-heading") :]
    return PRIMARY.findall(acts[: acts.index("</section>")])


def test_one_act_stands_out_on_the_page_of_a_round(scene: Scene) -> None:
    one = scene.open(units=["310000"])
    assert primary(scene) == ["Enter an answer received by letter"]
    close(one)
    assert primary(scene) == ["Comments and dispositions"]


def test_a_round_that_asks_only_parties_offers_nothing_before_the_others(scene: Scene) -> None:
    scene.open()
    assert primary(scene) == []


def test_a_letter_in_pieces_is_entered_after_the_end_with_its_day(scene: Scene) -> None:
    one = scene.open()
    close(one)
    client = office_client(scene)
    shown = client.post(url("split_opinion", 1), {"text": "一、第1条建议修改。"})
    data: dict[str, Any] = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1, "source": "public"}
    for name, value in shown.context["formset"][0].initial.items():
        data[f"form-0-{name}"] = value
    assert client.post(url("split_opinion", 1), data).status_code != 302
    assert Reply.objects.count() == 0
    day = (clock.now() - timedelta(days=1)).date()
    assert client.post(url("split_opinion", 1), {**data, "received_on": day}).status_code == 302
    assert Reply.objects.get().received_on == day


def test_a_letter_in_pieces_offers_the_sources_it_can_have(scene: Scene) -> None:
    form = SplitOpinionForm(actor=scene.office, plan_key=scene.plan.key)
    assert {value for value, _label in form.fields["source"].choices} == set(ENTERED)


@pytest.mark.parametrize("name", ["enter_answer", "admit_late"])
def test_nobody_is_chosen_before_the_office_chooses(scene: Scene, name: str) -> None:
    scene.open(units=["310000"])
    form = office_client(scene).get(url(name, 1)).context["form"]
    assert (form["code"].value() or "", form.fields["code"].choices[0][0]) == ("", "")


def test_an_answer_begins_with_one_opinion_and_more_adds_three() -> None:
    items: list[tuple[str, str]] = []
    posted = {"opinions-TOTAL_FORMS": "1", "opinions-INITIAL_FORMS": "0", "more": "1"}
    assert len(opinion_rows(None, items=items).forms) == 1
    assert len(opinion_rows(posted, items=items).forms) == 4


def test_the_page_that_publishes_dispositions_is_in_the_room_of_rounds(scene: Scene) -> None:
    page = office_client(scene).get(url("publish")).content.decode()
    current = re.findall(r'<a href="([^"]*)"[^>]*aria-current="page"', page)
    assert [one for one in current if "QWJ" in one] == [url("rounds")]


def test_the_figures_have_one_row_for_who_bears_one_name(scene: Scene) -> None:
    one = scene.open()
    for text in ("甲", "乙"):
        actions.enter_opinion(
            actor=scene.office,
            plan=scene.plan,
            one=one,
            source="public",
            letter=Letter(),
            opinions=[Opinion(remark=Remark(type="general", text_zh=text), item_key="")],
        )
    close(one)
    assert figures(table(scene, "xlsx")) == [("公众", 2), ("合计", 2)]


def test_the_result_sheet_begins_with_place_and_media_of_the_round(scene: Scene) -> None:
    one = scene.open(kind="display", place="Hall", media="Website", note="Why")
    form = office_client(scene).get(url("display_write", one.number)).context["form"]
    assert form["place_zh"].value() == "Hall\nWebsite"


def said_by(scene: Scene, one: Round, code: str, count: int) -> str:
    """So many comments of one party on the first article; its key."""
    reply = Reply.objects.create(
        round=one,
        jurisdiction_id=code,
        source="party",
        mandate=scene.world.mandate(code, Role.CONTACT_POINT),
        nonce="n",
        at=clock.now(),
    )
    entry = entries_of(one.revision)[0]
    held = Comment.objects.filter(plan=scene.plan).count()
    Comment.objects.bulk_create(
        Comment(
            reply=reply,
            plan=scene.plan,
            number=1 + held + number,
            jurisdiction_id=code,
            item=entry.item,
            version=entry.version,
            type="general",
            text_zh=f"第{number}条",
        )
        for number in range(count)
    )
    return str(entry.item.key)


def test_beside_an_article_stand_the_first_comments_and_own_before_others(scene: Scene) -> None:
    one, count = scene.open(), articles.BESIDE + 3
    key = said_by(scene, one, WUJIANG, count - 1)
    said_by(scene, one, JIASHAN, 1)
    close(one)
    page = office_client(scene).get(url("round", 1), headers=EN).content.decode()
    assert page.count('<div class="quoted">') == articles.BESIDE
    assert f"{articles.BESIDE} of {count} comments are shown here" in page
    link = f"?round=1&amp;item={key}"
    assert link in page
    listed = office_client(scene).get(url("dispositions") + link.replace("&amp;", "&"), headers=EN)
    assert listed.context["page_obj"].paginator.count == count
    for code, holders in ((WUJIANG, [WUJIANG] * 3), (JIASHAN, [WUJIANG, WUJIANG, JIASHAN])):
        text = articles.round_text(actor=scene.actor(code), one=one, asked=articles.Asked())
        assert [said.jurisdiction_id for said in text.articles[0].comments] == holders
        assert text.articles[0].total == count


def test_own_comments_still_sealed_all_stand_beside_the_article(scene: Scene) -> None:
    one, count = scene.open(is_sealed=True), articles.BESIDE + 3
    said_by(scene, one, JIASHAN, count)
    text = articles.round_text(actor=scene.actor(JIASHAN), one=one, asked=articles.Asked())
    assert len(text.articles[0].comments) == text.articles[0].total == count
    text = articles.round_text(actor=scene.actor(WUJIANG), one=one, asked=articles.Asked())
    assert text.articles[0].total == 0


def test_the_text_of_a_round_is_paged_and_an_article_leads_to_its_page(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = scene.open()
    close(one)
    monkeypatch.setattr(articles, "PAGE", 1)
    keys = [entry.item.key for entry in entries_of(one.revision)]
    client, address = office_client(scene), url("round", 1)

    def shown(query: str) -> list[str]:
        found = client.get(address + query, headers=EN)
        assert found.status_code == 200
        return [article.entry.item.key for article in found.context["articles"]]

    assert [shown(f"?page={number}") for number, _key in enumerate(keys, 1)] == [[k] for k in keys]
    assert [shown(f"?item={key}") for key in keys] == [[key] for key in keys]
    assert shown("?item=none") == shown("?page=x") == shown("") == keys[:1]
    assert shown(f"?item={keys[0]}&page=2") == keys[1:2]
    page = client.get(f"{address}?item={keys[-1]}", headers=EN).content.decode()
    assert f'id="{keys[-1]}"' in page
    assert "Previous page" in page
    assert f'page={len(keys) - 1}#text-heading"' in page


def test_one_chapter_of_a_round_is_shown(scene: Scene) -> None:
    one = scene.open()
    close(one)
    entries = list(entries_of(one.revision))
    heading = entries[-1].heading
    found = office_client(scene).get(url("round", 1), {"chapter": heading}, headers=EN)
    assert [article.entry.pk for article in found.context["articles"]] == [
        entry.pk for entry in entries if entry.heading == heading
    ]
    none = office_client(scene).get(url("round", 1), {"chapter": "nowhere"}, headers=EN)
    assert none.context["articles"] == []
    assert none.status_code == 200


def test_a_chapter_without_articles_says_what_to_do(scene: Scene) -> None:
    one = scene.open()
    address = url("round", one.number)
    page = office_client(scene).get(address, {"chapter": "nothing"}, headers=EN)
    assert "Choose another chapter, or all chapters." in page.content.decode()
    assert (
        "Choose another chapter"
        not in office_client(scene).get(address, headers=EN).content.decode()
    )


TABLE = "| 片区 | 面积 |\n|---|---:|\n| 北片 | 12.5 |"


def test_a_table_of_the_text_is_drawn_where_it_is_commented_on(scene: Scene) -> None:
    scene.revise(water=TABLE)
    comment, client = scene.comment(item="water"), client_of(scene, WUJIANG, Role.PLANNER)
    pages = [
        client.get(url("round", 1)),
        client.get(url("draft_on", 1, "water")),
        office_client(scene).get(url("comment", comment.number)),
    ]
    for page in pages:
        content = page.content.decode()
        assert '<td class="text-end">12.5</td>' in content
        assert "|---" not in content
