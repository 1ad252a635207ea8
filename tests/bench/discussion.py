"""The discussion of a round through the pages as sent, by sizes of the round.

The work queue (a page of 50 with its tabs, every filter, one provision) and a page of the round
beside its text, against (a) a page that joins the rows of the bare SQL, and a constant; (b) the plain
Django pages of `baselines`. The table for programs against the plain DRF view.
"""

import json
import re
from collections.abc import Callable, Iterator

from django.db import connection

from consult.phase2_preparation.queries.articles import BESIDE
from consult.phase2_preparation.queries.articles import PAGE as ARTICLES
from tests.bench.baselines.floor import joined, lay_floor
from tests.bench.baselines.rights import grant_rows
from tests.bench.baselines.serving import page, plain_reader, reader
from tests.bench.comments import COUNT, PAGE, ROWS, UNDECIDED, Bench
from tests.bench.harness import Result, compare

SIZES = (100, 1_000, 10_000)
ROUNDS, FEW = 5, 3
SIGN = re.compile(r">C(\d+)</a>")
# Address of a list -> its condition in SQL, or its order.
PLACE = "AND EXISTS (SELECT 1 FROM plans_revisionitem e WHERE e.item_id = c.item_id AND e.{})"
FILTERS = {
    "": "",
    "item=p-6": "AND c.item_id = (SELECT id FROM plans_item i WHERE i.plan_id = c.plan_id"
    " AND i.key = 'p-6')",
    "state=to_decide": UNDECIDED,
    "outcome=noted": "AND d.outcome = 'noted'",
    "jurisdiction=980000": "AND c.jurisdiction_id = '980000'",
    "source=public": "AND EXISTS (SELECT 1 FROM consult_reply r WHERE r.id = c.reply_id"
    " AND r.source = 'public')",
    "type=general": "AND c.type = 'general'",
    "round=1": "AND EXISTS (SELECT 1 FROM consult_reply r JOIN consult_round o ON o.id = r.round_id"
    " WHERE r.id = c.reply_id AND o.number = 1)",
    "article=7": PLACE.format("number = '7'"),
    "chapter=c1": PLACE.format("heading = 'c1'"),
    "open=1": "AND p.id IS NULL",
    "text=第7": "AND (c.text_zh ILIKE '%第7%' OR c.wording_zh ILIKE '%第7%')",
    "sort=outcome": "",
}
ORDERS = {"sort=outcome": "coalesce(d.outcome, ''), c.number"}
JOINED = "SELECT count(*) FROM" + ROWS.partition("FROM")[2]
PLAIN_TOO = ("", "item=p-6", "text=第7")  # the filters that the plain list has
# The first comments beside each of the first articles, and how many each has.
ROUND_SQL = f"""
SELECT number, name_zh, type, quote, text_zh, text_en, wording_zh, wording_en, total FROM (
  SELECT c.*, u.name_zh, count(*) OVER (PARTITION BY c.item_id) AS total,
         row_number() OVER (PARTITION BY c.item_id ORDER BY c.jurisdiction_id, c.id) AS place
    FROM consult_comment c JOIN consult_reply r ON r.id = c.reply_id
    JOIN consult_round o ON o.id = r.round_id
    LEFT JOIN stakeholders_jurisdiction u ON u.code = c.jurisdiction_id
   WHERE c.plan_id = %s AND o.number = 1
     AND c.item_id IN (SELECT item_id FROM plans_revisionitem WHERE revision_id = %s
                       ORDER BY position LIMIT {ARTICLES})) c
 WHERE place <= {BESIDE} ORDER BY item_id, number
"""  # noqa: S608 - constants
ITEMS_SQL = f"""
SELECT e.position, e.number, v.content FROM plans_revisionitem e
  JOIN plans_itemversion v ON v.id = e.version_id WHERE e.revision_id = %s ORDER BY e.position
 LIMIT {ARTICLES}
"""  # noqa: S608 - constants


class Discussion:
    """One round, read by the joint office on our site and on the plain one."""

    def __init__(self, size: int) -> None:
        self.bench = Bench(size)
        user = self.bench.mandate.user
        grant_rows(self.bench.plan, user)
        self.key = self.bench.plan.key
        self.site, self.plain = reader(user), plain_reader(user)

    def ours(self, path: str) -> Callable[[], list[int]]:
        return lambda: signs(page(self.site, f"/plans/{self.key}/{path}"))

    def beside(self, path: str) -> Callable[[], list[int]]:
        """The plain project's page."""
        return lambda: signs(page(self.plain, f"/plans/{self.key}/{path}"))

    def floor(self, name: str, text: Callable[[], str]) -> Callable[[], list[int]]:
        path = lay_floor(f"{self.key}-{name}", text)
        return lambda: signs(page(self.plain, path))

    def constant(self) -> list[int]:
        return signs(page(self.plain, "/constant/"))

    def rows(self, asked: str) -> str:
        """The rows of a page and the count of all, joined."""
        condition, order = FILTERS[asked], ORDERS.get(asked, "c.number")
        plan = [self.bench.plan.pk]
        with connection.cursor() as cursor:
            cursor.execute(_escaped(f"{ROWS} {condition} ORDER BY {order} LIMIT {PAGE}"), plan)
            rows = cursor.fetchall()
            needs_joins = "d." in condition or "p." in condition
            counted = JOINED if needs_joins else COUNT
            cursor.execute(_escaped(f"{counted} {condition}"), plan)
            return joined(rows) + str(cursor.fetchone()[0])

    def first(self) -> str:
        with connection.cursor() as cursor:
            cursor.execute(ROUND_SQL, [self.bench.plan.pk, self.bench.revision.pk])
            said = joined(cursor.fetchall())
            cursor.execute(ITEMS_SQL, [self.bench.revision.pk])
            return said + "".join(f"<h3>{n}</h3><p>{text}</p>" for _p, n, text in cursor.fetchall())

    def queue(self, asked: str) -> Result:
        query = f"?{asked}" if asked else ""
        ways = {
            "ours": self.ours(f"dispositions/{query}"),
            "floor": self.floor(asked or "all", lambda: self.rows(asked)),
            "constant": self.constant,
        }
        if asked in PLAIN_TOO:
            ways["plain"] = self.beside(f"comments/{query}")
        return compare(
            case=f"discussion, queue {asked or 'page of 50'}",
            size=self.bench.size,
            ways=ways,
            rounds=FEW if asked else ROUNDS,
            goals={"floor": 5, "queries": 8},
            apart=("constant",),
        )

    def round(self) -> Result:
        ways = {
            "ours": self.ours("rounds/1/"),
            "floor": self.floor("round", self.first),
            "plain": self.beside("rounds/1/"),  # all comments on one page
            "constant": self.constant,
        }
        return compare(
            case="discussion, page of the round",
            size=self.bench.size,
            ways=ways,
            rounds=FEW,
            goals={"floor": 5, "queries": 8},
            apart=("plain", "constant"),
        )

    def table(self) -> Result:
        """For programs: rows as JSON, read as a list of numbers."""

        def numbers(text: str) -> list[int]:
            rows = json.loads(text)["results"]
            return [row.get("number") or row["comment"]["number"] for row in rows]

        api = f"/plans/{self.key}/comments/"
        ways: dict[str, Callable[[], list[int]]] = {
            "ours": lambda: numbers(page(self.site, f"/api/v1{api}")),
            "DRF": lambda: numbers(page(self.plain, f"/api{api}")),
            "floor": self.floor("all", lambda: self.rows("")),
            "constant": self.constant,
        }
        return compare(
            case="disposition table for programs, 50",
            size=self.bench.size,
            ways=ways,
            rounds=ROUNDS,
            goals={"DRF": 1 / 2, "floor": 5, "queries": 8},
            apart=("constant",),
        )


def _escaped(statement: str) -> str:
    """Signs of LIKE beside parameters."""
    return re.sub(r"%(?!s)", "%%", statement)


def signs(text: str) -> list[int]:
    """The numbers of the comments on a page, in the order in which each stands there first."""
    return list(dict.fromkeys(int(number) for number in SIGN.findall(text)))


def run() -> Iterator[Result]:
    for size in SIZES:
        one = Discussion(size)
        yield from (one.queue(asked) for asked in FILTERS)
        yield one.table()
        yield one.round()
