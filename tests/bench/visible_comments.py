"""A page of 50 comments with the count of all visible ones, in a plan where one in ten is visible.

One round is past and open to all; another runs sealed, so that its comments are seen by nobody but
their own jurisdiction. Against (a) the bare SQL that reads the same rows by the ids of the replies
seen, and (b) the stock filter of django-guardian over permission rows per comment and role group, as
a plain DRF project uses it. `unseen` holds the visible rows at 1,000 and lets only the others grow.
"""

from collections.abc import Iterator
from datetime import date, time, timedelta

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import QuerySet
from guardian.shortcuts import get_objects_for_user

from consult.phase2_preparation.models import Comment, Reply, Round
from consult.phase2_preparation.queries import visible_comments
from plans.register.models import Plan, PlanGrant, Revision
from stakeholders.access.models import Permission
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.models import Mandate, User
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor, ActorKind, Role
from tests.bench.harness import Result, compare
from tests.bench.visible_plans import grant, group_of

SQL = """
SELECT c.* FROM consult_comment c WHERE c.reply_id IN
 (SELECT r.id FROM consult_reply r JOIN consult_round o ON o.id = r.round_id
  WHERE o.plan_id = %s AND (r.jurisdiction_id = %s OR NOT o.is_sealed OR o.closes_at <= %s)
  AND EXISTS (SELECT 1 FROM plans_plangrant g JOIN auth_permission a ON a.id = g.permission_id
              WHERE g.content_object_id = o.plan_id AND g.group_id = %s
                AND a.codename = 'view_plan'))
"""
PAGE = f"{SQL} ORDER BY c.number LIMIT 50"
COUNT = SQL.replace("c.*", "count(*)", 1)
ROWS = """
INSERT INTO guardian_groupobjectpermission (permission_id, content_type_id, object_pk, group_id)
SELECT %s, %s, c.id, g FROM consult_comment c, unnest(%s) g
WHERE c.reply_id = ANY (%s) AND c.id >= %s
"""
REPLIES, ROUNDS = 20, 9
CODE = "990000"


class Bench:
    """One plan with two rounds, its comments, and who reads them."""

    def __init__(self, key: str) -> None:
        self.now = clock.now()
        self.group = group_of("B0")
        self.plan = plan = Plan.objects.create(
            key=key,
            title_zh="规划",
            short_zh="规划",
            kind="overall",
            horizon_from=2026,
            horizon_until=2035,
            created_at=self.now,
        )
        grant([plan], self.group)
        unit, _made = Jurisdiction.objects.get_or_create(
            code=CODE, defaults={"name_zh": "县", "level": "county", "path": f"{CODE}/"}
        )
        self.user = User.objects.create_user(f"{plan.pk}@x.example", "x", name_zh="x")
        self.user.groups.add(self.group)
        self.mandate = Mandate.objects.create(
            user=self.user,
            jurisdiction=unit,
            role="planner",
            document="x",
            valid_from=self.now,
            granted_by=User.objects.create_user(f"{plan.pk}@y.example", "x", name_zh="x"),
        )
        self.past, self.sealed = self._round(1, False), self._round(2, True)
        self.actor = Actor(
            kind=ActorKind.MANDATED,
            role=Role.PLANNER,
            group_id=self.group.pk,
            jurisdiction_code=CODE,
        )

    def _round(self, number: int, sealed: bool) -> list[Reply]:
        revision, _made = Revision.objects.get_or_create(
            plan=self.plan,
            number=1,
            defaults={"stage": "x", "manifest": "{}", "hash": "x", "published_at": self.now},
        )
        one = Round.objects.create(
            plan=self.plan,
            revision=revision,
            number=number,
            opens_at=self.now - timedelta(days=9),
            closes_at=self.now + timedelta(days=9 if sealed else -1),
            closes_on=date(2027, 1, 1),
            closes_hour=time(17),
            zone="Asia/Shanghai",
            is_sealed=sealed,
        )
        return Reply.objects.bulk_create(
            Reply(round=one, source="public", mandate=self.mandate, nonce="", at=self.now)
            for _number in range(REPLIES)
        )

    def comments(self, *, seen: int, unseen: int) -> None:
        """Add comments in turn, with one permission row each for whoever sees it."""
        first, total = self.plan.comments.count() + 1, seen + unseen
        step = total // seen if seen else total + 1
        made = Comment.objects.bulk_create(
            (
                Comment(
                    reply=(self.sealed if n % step or not seen else self.past)[n // 10 % REPLIES],
                    plan=self.plan,
                    number=first + n,
                    type="general",
                    text_zh="意见" * 40,
                )
                for n in range(total)
            ),
            batch_size=5_000,
        )
        self._permission_rows(first_pk=made[0].pk)

    def _permission_rows(self, *, first_pk: int) -> None:
        """One row per comment and role group that sees it: all ten groups of the parties see what
        is open, the own five what is sealed."""
        kind = ContentType.objects.get_for_model(Comment)
        view = Permission.objects.get(content_type=kind, codename="view_comment")
        parties = [self.group.pk, *(group_of(f"B{n}").pk for n in range(1, 10))]
        others = [group_of(f"S{n}").pk for n in range(5)]
        with connection.cursor() as cursor:
            for replies, groups in ((self.past, parties), (self.sealed, others)):
                values = [view.pk, kind.pk, groups, [one.pk for one in replies], first_pk]
                cursor.execute(ROWS, values)
            cursor.execute("VACUUM ANALYZE consult_comment, consult_reply, plans_plangrant")
            cursor.execute("VACUUM ANALYZE guardian_groupobjectpermission")

    def grants(self, numbers: range) -> None:
        """For each number the plan to a further group, and a further plan to the reader's."""
        groups = Group.objects.bulk_create(Group(name=f"grant-{n}") for n in numbers)
        plans = Plan.objects.bulk_create(
            Plan(
                key=f"grant-{n}",
                title_zh="规划",
                short_zh="规划",
                kind="overall",
                horizon_from=2026,
                horizon_until=2035,
                created_at=self.now,
            )
            for n in numbers
        )
        grant(plans, self.group)
        view = Permission.objects.get(codename="view_plan", content_type__app_label="plans")
        PlanGrant.objects.bulk_create(
            PlanGrant(group=group, permission=view, content_object=self.plan) for group in groups
        )
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE plans_plan, plans_plangrant")

    def ours(self) -> tuple[list[int], int]:
        return shown(visible_comments(actor=self.actor, plan=self.plan))

    def guardian(self) -> tuple[list[int], int]:
        found = get_objects_for_user(
            self.user, "consult.view_comment", klass=Comment, accept_global_perms=False
        )
        return shown(found.filter(plan=self.plan))

    def floor(self) -> tuple[list[int], int]:
        values = [self.plan.pk, CODE, self.now, self.group.pk]
        with connection.cursor() as cursor:
            cursor.execute(PAGE, values)
            names = [column.name for column in cursor.description]
            rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
            cursor.execute(COUNT, values)
            return [row["number"] for row in rows], cursor.fetchone()[0]


def shown(comments: QuerySet[Comment]) -> tuple[list[int], int]:
    return [one.number for one in comments.order_by("number")[:50]], comments.count()


GOALS = {"sql": 2.0, "guardian": 1 / 20}


def _ten_percent() -> Iterator[Result]:
    bench = Bench("ten")
    for size in (1_000, 10_000, 100_000):
        more = size - bench.plan.comments.count()
        bench.comments(seen=more // 10, unseen=more - more // 10)
        ways = {"ours": bench.ours, "sql": bench.floor, "guardian": bench.guardian}
        # With few rows the requests to the database are all that counts.
        goals = GOALS if size == 100_000 else {}
        yield compare(case="visible_comments", size=size, ways=ways, rounds=ROUNDS, goals=goals)


def _growing_unseen() -> Iterator[Result]:
    bench = Bench("unseen")
    bench.comments(seen=1_000, unseen=1_000)
    for size in (2_001, 20_000, 100_000):
        bench.comments(seen=0, unseen=size - bench.plan.comments.count())
        ways = {"ours": bench.ours, "sql": bench.floor}
        yield compare(case="visible_comments, unseen grow", size=size, ways=ways, rounds=ROUNDS)


def _growing_grants() -> Iterator[Result]:
    """The same rows while others are granted the plan, and the reader other plans."""
    bench = Bench("grants")
    bench.comments(seen=1_000, unseen=1_000)
    held = 0
    for size in (100, 1_000, 10_000):
        bench.grants(range(held, size))
        held = size
        ways = {"ours": bench.ours, "sql": bench.floor}
        yield compare(case="visible_comments, grants grow", size=size, ways=ways, rounds=ROUNDS)


def run() -> Iterator[Result]:
    yield from _ten_percent()
    yield from _growing_unseen()
    yield from _growing_grants()
