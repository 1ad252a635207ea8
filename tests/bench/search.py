"""Finding words in Chinese comments, with who may see them: a page of 20 and the count.

Half of the comments lie in a sealed round and are seen by nobody but their own jurisdiction. Rare words
and common ones, one and several; against the bare SQL that finds the same rows through the same
index, and against the plain Django filter (`icontains` in each column, the same visibility). With it
what the index costs when comments are put in, and whether PostgreSQL uses it.
"""

import random
import statistics
import sys
from time import perf_counter

from django.db import connection
from django.db.models import Q

from consult.phase2_preparation.models import Comment
from consult.phase2_preparation.queries import comments_seen
from consult.search.queries import MOST, Asked, find
from stakeholders.finding.expressions import by_index, holds
from stakeholders.finding.words import tsquery
from tests.bench.harness import Result, compare
from tests.bench.visible_comments import CODE, Bench

SEED = 10
PAGE = 20
SYLLABLES = [
    *(
        "太浦河",
        "水质",
        "目标",
        "生态",
        "廊道",
        "断面",
        "共同",
        "管控",
        "红线",
        "补偿",
        "毗邻",
        "省界",
    ),
    *(
        "规划",
        "用地",
        "交通",
        "枢纽",
        "道路",
        "防洪",
        "排涝",
        "岸线",
        "公园",
        "绿地",
        "产业",
        "准入",
    ),
    *(
        "监测",
        "数据",
        "共享",
        "协调",
        "机制",
        "资金",
        "分担",
        "期限",
        "责任",
        "建议",
        "明确",
        "增加",
    ),
    *(
        "删除",
        "修改",
        "措施",
        "标准",
        "范围",
        "宽度",
        "不少于",
        "应当",
        "可以",
        "严格",
        "控制",
        "逐步",
    ),
]
COMMON, PAIR, LONGER, RARE = "水质", ("生态", "廊道"), "应当明确", "锑浓度预警"
SQL = """
SELECT c.number FROM consult_comment c JOIN consult_reply y ON y.id = c.reply_id
WHERE grams((c.text_zh || E'\\n\\n' || c.text_en || E'\\n\\n' || c.wording_zh || E'\\n\\n'
 || c.wording_en)) @@ %s::tsquery
 AND (%s OR strpos(lower(normalize(c.text_zh, NFKC) COLLATE "C"), %s) > 0)
 AND c.reply_id IN
 (SELECT r.id FROM consult_reply r JOIN consult_round o ON o.id = r.round_id
  WHERE (r.jurisdiction_id = %s OR NOT o.is_sealed OR o.closes_at <= %s)
  AND EXISTS (SELECT 1 FROM plans_plangrant g JOIN auth_permission a ON a.id = g.permission_id
              WHERE g.content_object_id = o.plan_id AND g.group_id = %s
                AND a.codename = 'view_plan'))
"""
ROWS = SQL + " ORDER BY y.at DESC, c.id DESC LIMIT 20"
COUNT = "SELECT count(*) FROM (" + SQL + " LIMIT 1001) AS found"  # noqa: S608 - constants


class Found(Bench):
    """The plan of `visible_comments`, with comments of words instead of one text."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.chance = random.Random(SEED)  # noqa: S311 - seeded data

    def words(self, *, total: int) -> float:
        """Put comments in until there are `total`; the seconds it took."""
        first = self.plan.comments.count()
        made = [
            Comment(
                reply=(self.past, self.sealed)[n % 2][n // 10 % len(self.past)],
                plan=self.plan,
                number=n + 1,
                type="general",
                text_zh=self._text(n),
            )
            for n in range(first, total)
        ]
        start = perf_counter()
        Comment.objects.bulk_create(made, batch_size=2_000)
        taken = perf_counter() - start
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE consult_comment, consult_reply")
        return taken

    def _text(self, n: int) -> str:
        words = [self.chance.choice(SYLLABLES) for _word in range(40)]
        if n % 500 == 0:
            words.insert(20, RARE)
        return "".join(words) + "。"

    def ours(self, terms: tuple[str, ...]) -> tuple[list[int], int]:
        finds = find(actor=self.actor, asked=Asked(terms=terms, kind="comment"))
        total = len(finds)
        return [int(hit.label[1:]) for hit in finds[:PAGE]], total

    def plain(self, terms: tuple[str, ...]) -> tuple[list[int], int]:
        rows = comments_seen(actor=self.actor).select_related("reply", "plan")
        for term in terms:
            held = Q()
            for name in ("text_zh", "text_en", "wording_zh", "wording_en"):
                held |= Q(**{f"{name}__icontains": term})
            rows = rows.filter(held)
        page = [one.number for one in rows.order_by("-reply__at", "-pk")[:PAGE]]
        return page, min(rows[: MOST + 1].count(), MOST)

    def floor(self, terms: tuple[str, ...]) -> tuple[list[int], int]:
        is_exact = all(len(one) < 3 for one in terms)
        values = [tsquery(terms), is_exact, terms[0], CODE, self.now, self.group.pk]
        with by_index(), connection.cursor() as cursor:
            cursor.execute(ROWS, values)
            numbers = [row[0] for row in cursor.fetchall()]
            cursor.execute(COUNT, values)
            return numbers, min(cursor.fetchone()[0], MOST)


def _uses_index(terms: tuple[str, ...]) -> bool:
    with by_index():
        return "comment_grams" in Comment.objects.filter(holds(Comment, terms)).explain()


def run() -> list[Result]:
    results = []
    bench = Found("found")
    for size in (2_000, 20_000):
        added = size - bench.plan.comments.count()
        taken = bench.words(total=size)
        sys.stderr.write(f"search: {added} comments put in, {taken / added * 1e6:.0f} us each\n")
        asked = {"rare": (RARE,), "pair": PAIR, "longer": (LONGER,), "common": (COMMON,)}
        for name, terms in asked.items():
            ways = {
                "ours": lambda terms=terms: bench.ours(terms),
                "sql": lambda terms=terms: bench.floor(terms),
                "icontains": lambda terms=terms: bench.plain(terms),
            }
            case = f"search, {name}"
            results.append(compare(case=case, size=size, ways=ways, rounds=9))
            sys.stderr.write(f"{case} of {size}: index {_uses_index(terms)}\n")
    results.append(_putting_in())
    return results


def _putting_in() -> Result:
    """10,000 comments put in with the index and without it, in turn."""
    seconds: dict[str, list[float]] = {"indexed": [], "bare": []}
    for turn in range(2):
        for name in seconds:
            if name == "bare":
                _drop_index()
            seconds[name].append(Found(f"in-{name}-{turn}").words(total=10_000))
            if name == "bare":
                _make_index()
    medians = {name: statistics.median(values) for name, values in seconds.items()}
    return Result(case="search, 10,000 put in", size=10_000, seconds=medians, queries={})


def _index() -> object:
    return next(one for one in Comment._meta.indexes if one.name == "comment_grams")


def _drop_index() -> None:
    with connection.schema_editor() as editor:
        editor.remove_index(Comment, _index())


def _make_index() -> None:
    with connection.schema_editor() as editor:
        editor.add_index(Comment, _index())
