import csv
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from consult.balance.models import Compensation, QuotaTransfer
from plans.register.steps import set_phase
from stakeholders.terms.actor import Role
from tests.alike import multiply
from tests.consult.balance.ground import Ground
from tests.world import JIASHAN, KUNSHAN, QINGPU, WUJIANG

ROOM = "/plans/QWJ/balance/"
PAGES = [
    "",
    f"{JIASHAN}/",
    "transfers/",
    "transfers/1/",
    "compensations/",
    "compensations/1/",
    "table.csv",
    "table.xlsx",
    "table.docx",
    "quotas.csv",
    "years.xlsx",
    "transfers-table.csv",
    "compensations-table.csv",
]


def client(ground: Ground, code: str, role: Role = Role.CONTACT_POINT) -> Client:
    found = Client(headers={"accept-language": "en"})
    found.force_login(ground.world.user(code, role))
    return found


def fill(ground: Ground, times: int = 1) -> None:
    for _number in range(times):
        ground.confirm(ground.transfer(amount="0.01", price="3"))
        made = ground.compensation()
        ground.state(made, paid="100")


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_for_the_parties_and_for_nobody_else(ground: Ground, page: str) -> None:
    fill(ground)
    assert client(ground, JIASHAN).get(ROOM + page).status_code == 200
    assert client(ground, KUNSHAN).get(ROOM + page).status_code == 404


def test_the_room_is_there_before_anything_is_agreed(ground: Ground) -> None:
    set_phase(plan=ground.plan, phase=2)
    for page in ("", "transfers/", "compensations/", f"{QINGPU}/"):
        assert client(ground, QINGPU).get(ROOM + page).status_code == 200
    assert client(ground, QINGPU).get(f"{ROOM}transfers/new/").status_code == 403


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("150.61", "no more than 150.6 to give"),
        ("NaN", "Enter a number"),
        ("1e308", "no more than"),
        ("a half", "Enter a number"),
        ("0", "more than nothing"),
    ],
)
def test_a_bad_amount_is_said_at_its_field_and_nothing_is_lost(
    ground: Ground, amount: str, text: str
) -> None:
    page = client(ground, JIASHAN)
    data = {
        "item": "land",
        "giver": JIASHAN,
        "taker": WUJIANG,
        "amount": amount,
        "basis_zh": "第二十九条约定",
    }
    with translation.override("en"):
        answer = page.post(f"{ROOM}transfers/new/", data)
    assert answer.status_code == 422
    assert text in answer.content.decode()
    assert "第二十九条约定" in answer.content.decode()
    assert answer.context["form"].errors.keys() == {"amount"}
    assert not QuotaTransfer.objects.exists()


def test_a_word_said_twice_is_a_conflict(ground: Ground) -> None:
    ground.confirm(ground.transfer())
    answer = client(ground, WUJIANG).post(f"{ROOM}transfers/1/confirm/", {"confirms": "yes"})
    assert answer.status_code == 409


def test_lists_filter_and_sort(ground: Ground) -> None:
    ground.transfer(amount="2")
    ground.confirm(ground.transfer(amount="1"))
    page = client(ground, QINGPU)

    def numbers(query: str) -> list[int]:
        answer = page.get(f"{ROOM}transfers/?{query}")
        return [one.row.number for one in answer.context["page_obj"]]

    assert numbers("") == [1, 2]
    assert numbers("state=in_force") == [2]
    assert numbers("sort=amount") == [2, 1]
    assert numbers(f"party={QINGPU}") == []


@pytest.mark.parametrize("many", [10, pytest.param(1_000, marks=pytest.mark.prove)])
def test_pages_cost_the_same_for_many(ground: Ground, many: int) -> None:
    pages = ["", f"{JIASHAN}/", "transfers/", "compensations/"]
    reader = client(ground, JIASHAN)
    costs = []
    for times in (2, 8):
        fill(ground, times=times)
        if costs:
            for model in (QuotaTransfer, Compensation):
                last = model.objects.latest("pk")
                multiply(last, many - 10, number=lambda number: 11 + number)
                assert model.objects.count() == many
        costs.append({page: queries(reader, page) for page in pages})
    assert costs[0] == costs[1]


def queries(reader: Client, page: str) -> int:
    reader.get(ROOM + page)
    with CaptureQueriesContext(connection) as captured:
        assert reader.get(ROOM + page).status_code == 200
    return len(captured)


def test_the_api_says_the_same(ground: Ground) -> None:
    fill(ground)
    page = client(ground, JIASHAN)
    found = page.get("/api/v1/plans/QWJ/balance/").json()
    land = {
        one["jurisdiction"]: one["in_force"] for one in found["quotas"] if one["item"] == "land"
    }
    assert sum(Decimal(one) for one in land.values()) == Decimal("803.60")
    assert land[WUJIANG] == "382.61"
    assert page.get("/api/v1/plans/QWJ/transfers/").json()["results"][0]["state"] == "in_force"
    assert page.get("/api/v1/plans/QWJ/compensations/").json()["count"] == 1
    assert page.get("/api/v1/plans/QWJ/settlements/").json()["count"] == 1
    assert client(ground, KUNSHAN).get("/api/v1/plans/QWJ/balance/").status_code == 404


def test_the_table_of_quotas_reads_as_the_page_does(ground: Ground) -> None:
    fill(ground)
    asking = client(ground, JIASHAN)
    told = asking.get(f"{ROOM}quotas.csv", headers={"accept-language": "zh-hans"})
    lines = list(csv.reader(b"".join(told).decode("utf-8-sig").splitlines()))
    assert lines[0][6] == "时段"
    cells = [cell for line in lines[1:] for cell in (*line[2:6], line[7]) if "." in cell]
    assert cells
    assert [cell for cell in cells if cell.endswith("0")] == []
