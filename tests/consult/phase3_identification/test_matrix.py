"""The consent matrix as people read it: filter, cells that open, what a party owes, the files."""

from io import BytesIO

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from consult.phase3_identification.board import Board, board
from consult.phase3_identification.consent_matrix.cells import columns_of, is_owed, sums
from consult.phase3_identification.consent_matrix.looks import LOOKS
from consult.phase3_identification.consent_matrix.wanted import (
    Wanted,
    chosen_rows,
    counts_of,
    wanted_in,
)
from consult.phase3_identification.queries import sees
from stakeholders.terms import clock
from tests.bench.matrix import Bench
from tests.consult.phase3_identification.story import (
    LOWFLOW,
    RESERVATION,
    TAX,
    Story,
    tell,
    tell_to_s3,
)
from tests.consult.phase3_identification.test_views import signed_in
from tests.databases import analyze
from tests.world import JIANGSU, JIASHAN, KUNSHAN, QINGPU, SHANGHAI, WUJIANG, World, in_days


def light(story: Story) -> Board:
    return board(sign_off=story.sign_off, revision=story.plan.frozen, with_positions=False)


def page(story: Story, path: str, client: Client, **headers: str) -> str:
    answer = client.get(
        f"/plans/{story.plan.key}/{path}", headers={"accept-language": "en", **headers}
    )
    assert answer.status_code == 200
    return answer.content.decode()


def numbers(state: Board, **wanted: object) -> list[str]:
    return [row.number for row in chosen_rows(state, Wanted(**wanted))]


def test_board_without_positions_says_the_same(world: World) -> None:
    story = tell_to_s3(world)
    full = board(sign_off=story.sign_off, revision=story.plan.frozen)
    seen = [
        [
            (
                row.key,
                row.passes,
                row.needed,
                [(c.state, c.counts, c.value, c.why) for c in row.cells],
            )
            for row in state.rows
        ]
        for state in (full, light(story))
    ]
    assert seen[0] == seen[1]
    assert full.totals == light(story).totals


def test_filter_shows_what_it_is_asked_for(world: World) -> None:
    state = light(tell_to_s3(world))
    assert numbers(state, only="open") == ["6", "16", "19"]
    assert numbers(state, only="differences") == ["16", "30"]
    assert numbers(state, states=frozenset({"stale"})) == ["16"]
    assert numbers(state, states=frozenset({"stale", "reserved"})) == ["16", "30"]
    assert numbers(state, jurisdiction=JIANGSU) == ["6", "19", "23", "29"]
    assert numbers(state, jurisdiction=JIANGSU, states=frozenset({"stale"})) == []
    assert numbers(state, search=" 30 ".strip()) == ["30"]
    assert len(numbers(state, strength="binding")) == 32
    assert numbers(state, chapter="none") == []


def test_filter_is_read_from_the_address_and_written_back() -> None:
    query = QueryDict("state=stale&state=nonsense&state=agreed&q=%20a%20%20b&only=open")
    wanted = wanted_in(query)
    assert wanted == Wanted(only="open", search="a b", states=frozenset({"stale", "agreed"}))
    assert wanted.query == "only=open&state=agreed&state=stale&q=a+b"


def test_counts_beside_the_choices_are_those_of_the_whole_matrix(world: World) -> None:
    counts = counts_of(light(tell_to_s3(world)))
    assert (counts.all, counts.open, counts.differences, counts.stale) == (45, 3, 2, 2)
    assert counts.states["agreed"] == 132
    assert counts.parties[JIANGSU] == 4
    assert counts.strengths == {"binding": 32, "guiding": 13}


def test_stale_is_in_no_total_and_owed_by_its_party(world: World) -> None:
    state = light(tell_to_s3(world))
    row = next(row for row in state.rows if row.key == LOWFLOW)
    assert sums(row.cells) == (0, 3)
    assert [cell.code for cell in row.cells if is_owed(cell)] == [QINGPU, JIASHAN]
    columns = {column.party.code: column for column in columns_of(state, parties=state.parties)}
    assert (columns[QINGPU].stale, columns[JIANGSU].silent, columns[WUJIANG].differences) == (
        1,
        4,
        1,
    )
    assert columns[SHANGHAI].agreed == columns[SHANGHAI].asked == 4


def test_every_state_has_a_colour_a_sign_and_a_word() -> None:
    looks = LOOKS.values()
    assert len({look.sign for look in looks}) == len({look.css for look in looks}) == len(LOOKS)
    assert all(look.word and look.fill and look.ink for look in looks)


def test_cells_hold_their_words_and_lead_to_their_page(world: World) -> None:
    story = tell_to_s3(world)
    text = page(story, "matrix/", signed_in(story, QINGPU))
    assert f'<a href="{LOWFLOW}/{WUJIANG}/">Objected</a>' in text
    assert f'<a href="{LOWFLOW}/{QINGPU}/">To be renewed</a>' in text
    assert text.count('<td class="is-') == 45 * 6
    assert 'value="stale"' in text


def test_cell_says_who_when_under_which_mandate_and_what_changed(world: World) -> None:
    story = tell_to_s3(world)
    mandate = story.actor(WUJIANG).mandate_id
    objected = page(story, f"matrix/{LOWFLOW}/{WUJIANG}/", signed_in(story, QINGPU))
    for said in ("固定比例未区分预警等级", "按三级启动联合响应", f"no. {mandate}", "must sign"):
        assert said in objected
    stale = page(story, f"matrix/{LOWFLOW}/{QINGPU}/", signed_in(story, QINGPU))
    assert ("What changed since this position" in stale, "Renew our consent" in stale) == (
        True,
        True,
    )
    other = page(story, f"matrix/{LOWFLOW}/{QINGPU}/", signed_in(story, JIASHAN))
    assert "Renew our consent" not in other


def test_cell_as_a_panel_is_the_piece_alone(world: World) -> None:
    story = tell_to_s3(world)
    text = page(
        story, f"matrix/{TAX}/{JIASHAN}/", signed_in(story, QINGPU), **{"hx-request": "true"}
    )
    assert ("<html" in text, "仅第二句" in text) == (False, True)


def test_cell_of_a_sealed_position_says_answered_and_nothing_more(world: World) -> None:
    story = tell(world)
    story.open(closes_at=in_days(3), is_sealed=True)
    story.say(JIASHAN, "agree", RESERVATION)
    text = page(story, f"matrix/{TAX}/{JIASHAN}/", signed_in(story, QINGPU))
    assert ("Answered" in text, "仅第二句" in text, "青府函" in text) == (True, False, False)
    own = page(story, f"matrix/{TAX}/{JIASHAN}/", signed_in(story, JIASHAN))
    assert "仅第二句" in own
    owed = page(story, f"sign-off/parties/{JIASHAN}/", signed_in(story, QINGPU))
    assert "Reserved" not in owed


@pytest.mark.parametrize("code", [KUNSHAN, "nowhere", JIANGSU])
def test_cell_that_does_not_exist_is_not_there(world: World, code: str) -> None:
    story = tell_to_s3(world)
    client = signed_in(story, QINGPU)
    assert client.get(f"/plans/{story.plan.key}/matrix/{TAX}/{code}/").status_code == 404
    assert client.get(f"/plans/{story.plan.key}/matrix/nothing/{QINGPU}/").status_code == 404


def test_party_page_lists_what_it_owes(world: World) -> None:
    story = tell_to_s3(world)
    text = page(story, f"sign-off/parties/{JIANGSU}/", signed_in(story, QINGPU))
    for number in (6, 19, 23, 29):
        assert f"/matrix/article-{number}/{JIANGSU}/" in text
    client = signed_in(story, QINGPU)
    assert client.get(f"/plans/{story.plan.key}/sign-off/parties/{KUNSHAN}/").status_code == 404


def test_files_hold_what_the_filter_shows(world: World) -> None:
    story = tell_to_s3(world)
    client = signed_in(story, QINGPU)
    path = f"/plans/{story.plan.key}/matrix/table."
    english = {"accept-language": "en"}
    csv = b"".join(client.get(f"{path}csv?state=stale", headers=english).streaming_content)
    lines = csv.decode("utf-8-sig").splitlines()
    assert (csv[:3], len(lines)) == (b"\xef\xbb\xbf", 2)
    assert "↻ To be renewed" in lines[1]
    answer = client.get(f"{path}xlsx?only=open", headers=english)
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    assert sheet.freeze_panes == "C5"
    assert [sheet.cell(row, 1).value for row in range(5, 8)] == ["6", "16", "19"]
    wujiang = next(cell for cell in sheet[6] if cell.value == "✕ Objected")
    assert wujiang.fill.fgColor.rgb == "FFFDE8E8"


def test_api_says_what_counts_and_why(world: World) -> None:
    story = tell_to_s3(world)
    client = signed_in(story, QINGPU)
    said = client.get(f"/api/v1/plans/{story.plan.key}/matrix/?state=stale").json()
    assert (said["items"], said["stale"], said["passing"], len(said["rows"])) == (45, 2, 42, 1)
    cell = said["rows"][0]["cells"][QINGPU]
    assert (cell["state"], cell["value"], cell["counts"], cell["counting"]) == (
        "stale",
        "agree",
        False,
        "stale",
    )
    assert said["rows"][0]["requirements"][0]["kind"] == "no_block"


def test_sealed_matrix_leaks_nothing_by_its_filter(world: World) -> None:
    story = tell(world)
    sign_off = story.open(closes_at=in_days(3), is_sealed=True)
    story.say(JIASHAN, "agree", RESERVATION)
    sight = sees(sign_off, actor=story.actor(QINGPU), at=clock.now())
    state = board(sign_off=sign_off, revision=story.plan.frozen, sees=sight, with_positions=False)
    assert (
        numbers(state, only="differences") == numbers(state, states=frozenset({"reserved"})) == []
    )
    assert set(counts_of(state).states) == {"answered", "silent", "not_concerned"}


@pytest.mark.django_db
@pytest.mark.parametrize("many", [120, pytest.param(500, marks=pytest.mark.prove)])
def test_queries_grow_neither_with_items_nor_with_parties(many: int) -> None:
    counts = []
    for items, parties in ((10, 3), (many, 3), (10, 41)):
        bench = Bench(items=items, parties=parties)
        analyze()
        base = f"/plans/{bench.plan.key}/"
        paths = [
            f"{base}matrix/",
            f"{base}matrix/table.csv",
            f"{base}matrix/p-1/",
            f"{base}matrix/p-1/{bench.codes[-1]}/",
            f"{base}sign-off/parties/{bench.codes[-1]}/",
            f"/api/v1{base}matrix/",
        ]
        client = bench.client()
        counts.append([queries_of(client, path) for path in paths])
    assert counts[0] == counts[1] == counts[2]


def queries_of(client: Client, path: str) -> tuple[int, int]:
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
    return answer.status_code, len(captured)
