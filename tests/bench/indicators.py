"""The indicators of a plan: 41 jurisdictions, 60 indicators read in each of 15 years.

The pages as they are sent, all readings read, rolled up to the whole area and judged, against the
bare SQL of the same rows, of which nothing is made.
"""

from collections.abc import Callable

from django.db import connection

from tests.bench.dashboard import PARTIES, YEARS, Plans
from tests.bench.harness import Result, compare

ROUNDS = 5
SQL = """
SELECT DISTINCT ON (item_id, jurisdiction_id, period) item_id, jurisdiction_id, period, value
  FROM consult_reading WHERE item_id = ANY(%s)
 ORDER BY item_id, jurisdiction_id, period, id DESC
"""


class Pages:
    """The plan at a glance of `dashboard`, read by a person of one of its parties."""

    def __init__(self) -> None:
        plans = Plans()
        self.key = plans.plan.key
        plans.plan.in_force = plans.plan.revisions.latest("number")
        plans.plan.save()
        items = plans.plan.items.filter(kind="indicator").order_by("key")
        self.items = list(items.values_list("pk", flat=True))
        self.client = plans.bench.client()

    def page(self, path: str) -> Callable[[], bool]:
        def get() -> bool:
            answer = self.client.get(f"/plans/{self.key}/{path}")
            return answer.status_code == 200 and len(answer.content) > 0

        return get

    def rows(self, items: list[int]) -> Callable[[], bool]:
        def read() -> bool:
            with connection.cursor() as cursor:
                cursor.execute(SQL, [items])
                return len(cursor.fetchall()) == len(items) * PARTIES * len(YEARS)

        return read


def run() -> list[Result]:
    pages = Pages()
    cases = {
        "indicator list": ("implementation/indicators/", pages.items),
        "one indicator": ("implementation/indicators/indicator-0/", pages.items[:1]),
        "dashboard": ("dashboard/", pages.items),
    }
    return [
        compare(
            case=name,
            size=len(items) * PARTIES * len(YEARS),
            ways={"page": pages.page(path), "SQL": pages.rows(items)},
            rounds=ROUNDS,
        )
        for name, (path, items) in cases.items()
    ]
