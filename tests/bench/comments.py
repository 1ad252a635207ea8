"""A round with many comments and their replies: the work queue, one provision, deciding, the table.

Each against the bare SQL that reads or writes the same rows, with ten times less data beside it: the
number of queries stays. Read by the joint office; one comment in two is decided, one in four
published, one in eight answered.
"""

import json
from collections.abc import Callable
from datetime import date, time, timedelta

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction

from consult.phase2_preparation.actions import decide_many
from consult.phase2_preparation.actions.dispositions import Decision
from consult.phase2_preparation.adoption_table.asked import asked
from consult.phase2_preparation.models import Comment, CommenterAnswer, Disposition, Reply, Round
from consult.phase2_preparation.queries.dispositions import (
    chosen_comments,
    disposition_table,
    neighbours_of,
    rows_of,
)
from consult.phase2_preparation.queries.tabs import desk_of
from consult.phase2_preparation.steps import publish
from plans.register.enums import PartyRole
from plans.register.models import (
    Item,
    ItemVersion,
    Party,
    Plan,
    PlanGrant,
    Revision,
    RevisionItem,
)
from stakeholders.access.models import Permission
from stakeholders.access.steps import role_groups
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.models import Mandate, User
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor, ActorKind, Role
from tests.bench.harness import Result, compare
from tests.bench.visible_plans import grant

SIZES = (1_000, 10_000)
REPLIES, ITEMS, CHAPTERS, PAGE, BULK = 100, 40, 4, 50, 1_000
TITLE = {"zh": "太浦河清水绿廊", "en": "Taipu River corridor"}
TEXT = {"zh": "三地共同控制沿线开发强度。" * 10, "en": "The parties control building. " * 10}
CODE = "980000"
# What each list reads at least: comment, newest disposition, its publication.
ROWS = """
SELECT c.number, c.text_zh, c.text_en, c.wording_zh, c.wording_en, d.outcome, d.reason_zh, p.at
 FROM consult_comment c
 LEFT JOIN LATERAL (SELECT * FROM consult_disposition d WHERE d.comment_id = c.id
                    ORDER BY d.id DESC LIMIT 1) d ON true
 LEFT JOIN consult_dispositionpublication p ON p.disposition_id = d.id
 WHERE c.plan_id = %s
"""
UNDECIDED = "AND NOT EXISTS (SELECT 1 FROM consult_disposition x WHERE x.comment_id = c.id)"
COUNT = "SELECT count(*) FROM consult_comment c WHERE c.plan_id = %s "
DECIDE = """
INSERT INTO consult_disposition (comment_id, outcome, reason_zh, reason_en, mandate_id, at)
SELECT id, 'noted', '理由', '', %s, now() FROM consult_comment
 WHERE plan_id = %s ORDER BY number LIMIT %s RETURNING id
"""


class Bench:
    """One plan in joint preparation with one round that is over."""

    def __init__(self, size: int) -> None:
        self.now, self.size = clock.now(), size
        again = Plan.objects.filter(key__startswith=f"round-{size}-").count()  # of other cases
        self.plan = Plan.objects.create(
            key=f"round-{size}-{again}",
            title_zh="规划",
            short_zh="规划",
            kind="overall",
            phase=2,
            horizon_from=2026,
            horizon_until=2035,
            created_at=self.now,
        )
        role = Role.COORDINATOR.value
        group = Group.objects.get(pk=role_groups(holder=CODE, roles=[role])[role])
        grant([self.plan], group)
        kind = ContentType.objects.get_for_model(Plan)
        lead = Permission.objects.get(content_type=kind, codename="coordinate_plan")
        PlanGrant.objects.create(group=group, permission=lead, content_object=self.plan)
        unit, _made = Jurisdiction.objects.get_or_create(
            code=CODE, defaults={"name_zh": "县", "level": "county", "path": f"{CODE}/"}
        )
        Party.objects.create(
            plan=self.plan, jurisdiction=unit, role=PartyRole.CO_MAKER, joined_at=self.now
        )
        self.mandate = Mandate.objects.create(
            user=User.objects.create_user(f"{self.plan.key}@round.example", "x", name_zh="x"),
            jurisdiction=unit,
            role="coordinator",
            document="x",
            valid_from=self.now,
            granted_by=User.objects.create_user(
                f"{self.plan.key}@granted.example", "x", name_zh="x"
            ),
        )
        self.actor = Actor(
            kind=ActorKind.MANDATED,
            role=Role.COORDINATOR,
            group_id=group.pk,
            user_id=self.mandate.user_id,
            mandate_id=self.mandate.pk,
        )
        versions = self._versions()
        self._comments(self._replies(), versions)

    def _versions(self) -> list[ItemVersion]:
        headings = [[f"c{n}", f"第{n}章", f"Chapter {n}"] for n in range(CHAPTERS)]
        manifest = {"headings": headings, "authentic_language": "zh"}
        self.revision = Revision.objects.create(
            plan=self.plan,
            number=1,
            stage="consultation",
            manifest=json.dumps(manifest),
            hash="x",
            published_at=self.now,
        )
        items = Item.objects.bulk_create(
            Item(plan=self.plan, key=f"p-{n}", kind="provision", created_at=self.now)
            for n in range(ITEMS)
        )
        versions = ItemVersion.objects.bulk_create(
            ItemVersion(
                item=item,
                content=json.dumps({"content": {"title": TITLE, "text": TEXT}}),
                strength="guiding",
                competence="county",
                concerned=[],
                hash="x",
                created_at=self.now,
            )
            for item in items
        )
        RevisionItem.objects.bulk_create(
            RevisionItem(
                revision=self.revision,
                item=v.item,
                version=v,
                position=n,
                number=str(n),
                heading=f"c{(n - 1) * CHAPTERS // ITEMS}",
                change="",
            )
            for n, v in enumerate(versions, start=1)
        )
        return versions

    def _replies(self) -> list[Reply]:
        one = Round.objects.create(
            plan=self.plan,
            revision=self.revision,
            number=1,
            opens_at=self.now - timedelta(days=9),
            closes_at=self.now - timedelta(days=1),
            closes_on=date(2026, 1, 1),
            closes_hour=time(17),
            zone="Asia/Shanghai",
        )
        return Reply.objects.bulk_create(
            Reply(round=one, source="public", mandate=self.mandate, nonce="", at=self.now)
            for _number in range(REPLIES)
        )

    def _comments(self, replies: list[Reply], versions: list[ItemVersion]) -> None:
        made = Comment.objects.bulk_create(
            (
                Comment(
                    reply=replies[n % REPLIES],
                    plan=self.plan,
                    number=n + 1,
                    jurisdiction_id=CODE,
                    item=versions[n % ITEMS].item,
                    version=versions[n % ITEMS],
                    type="general",
                    text_zh=f"第{n}条意见" * 20,
                )
                for n in range(self.size)
            ),
            batch_size=5_000,
        )
        decided = Disposition.objects.bulk_create(
            Disposition(
                comment=one,
                outcome="noted",
                reason_zh="理由" * 20,
                mandate=self.mandate,
                at=self.now,
            )
            for one in made[::2]
        )
        publish(dispositions=decided[::2], actor=self.actor)
        CommenterAnswer.objects.bulk_create(
            CommenterAnswer(disposition=one, accepts=True, mandate=self.mandate, at=self.now)
            for one in decided[::4]
        )
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")

    def page(self, **filters: str) -> tuple[list[int], int]:
        """The numbers of the first page, and how many comments there are."""
        rows = disposition_table(actor=self.actor, plan=self.plan, filters=filters)
        numbers = [one.comment.number for one in rows_of(list(rows[:PAGE]))]
        return numbers, rows.count()

    def tabs(self) -> tuple[int, int]:
        chosen = chosen_comments(actor=self.actor, plan=self.plan, filters={})
        counts = desk_of(actor=self.actor, plan=self.plan).counts(chosen)
        return counts[""], counts["to_decide"]

    def beside(self) -> tuple[int | None, int]:
        comment = self.plan.comments.get(number=self.size // 2)
        found = neighbours_of(
            actor=self.actor, plan=self.plan, comment=comment, filters={"state": "to_decide"}
        )
        return found.next, found.total

    def table(self) -> int:
        file = asked(actor=self.actor, plan=self.plan, kind="xlsx", said={}).content()
        return self.size if file else 0

    def decide(self) -> int:
        """A thousand comments decided and taken back."""
        newest = Disposition.objects.order_by("-pk").values_list("pk", flat=True)[0]
        with transaction.atomic():
            batch = decide_many(
                actor=self.actor,
                plan=self.plan,
                numbers=range(1, BULK + 1),
                decision=Decision(outcome="noted", reason_zh="理由"),
                seen=newest,
                again=True,
            )
            transaction.set_rollback(True)
        return batch.size

    def sql(self, *statements: str) -> list[list[tuple[object, ...]]]:
        found = []
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement, [self.plan.pk])
                found.append(cursor.fetchall())
        return found

    def sql_page(self, extra: str, order: str = "c.number") -> tuple[list[int], int]:
        page = f" ORDER BY {order} LIMIT {PAGE}"
        rows, count = self.sql(f"{ROWS} {extra} {page}", COUNT + extra)
        return [row[0] for row in rows], count[0][0]  # type: ignore[misc, return-value]

    def sql_tabs(self) -> tuple[object, object]:
        whole, waiting = self.sql(COUNT, COUNT + UNDECIDED)
        return whole[0][0], waiting[0][0]

    def sql_beside(self) -> tuple[object, object]:
        after = f"AND c.number > {self.size // 2} ORDER BY c.number LIMIT 1"
        row, count = self.sql(f"{ROWS} {UNDECIDED} {after}", COUNT + UNDECIDED)
        return row[0][0], count[0][0]

    def sql_decide(self) -> int:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(DECIDE, [self.mandate.pk, self.plan.pk, BULK])
            number = len(cursor.fetchall())
            transaction.set_rollback(True)
        return number


def run() -> list[Result]:
    results = []
    for size in SIZES:
        bench = Bench(size)
        item = RevisionItem.objects.get(revision=bench.revision, number="7").item
        cases: dict[str, tuple[Callable[[], object], Callable[[], object], int]] = {
            "page of 50": (bench.page, lambda b=bench: b.sql_page(""), 15),
            "page, to decide": (
                lambda b=bench: b.page(state="to_decide"),
                lambda b=bench: b.sql_page(UNDECIDED),
                15,
            ),
            "page, one provision": (
                lambda b=bench, key=item.key: b.page(item=key),
                lambda b=bench, pk=item.pk: b.sql_page(f"AND c.item_id = {pk}"),
                15,
            ),
            "page, by outcome": (
                lambda b=bench: b.page(sort="outcome"),
                lambda b=bench: b.sql_page("", "coalesce(d.outcome, ''), c.number"),
                15,
            ),
            "numbers of the tabs": (bench.tabs, bench.sql_tabs, 15),
            "next and previous": (bench.beside, bench.sql_beside, 15),
            "adoption table": (bench.table, lambda b=bench: len(b.sql(ROWS)[0]), 3),
            "decide 1,000": (bench.decide, bench.sql_decide, 1),
        }
        for name, (ours, sql, rounds) in cases.items():
            ways = {"ours": ours, "sql": sql}
            results.append(compare(case=f"comments, {name}", size=size, ways=ways, rounds=rounds))
    return results
