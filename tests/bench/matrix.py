"""The consent matrix of 500 items and 41 parties, each of whom has spoken on three revisions.

From the database to the cells with their links, rules evaluated: against the plain way (objects
and a template that loops over them) and against the bare SQL that strings the same cells together
and judges nothing; with ten times fewer items besides. The page as sent, and the evaluation alone, apart.
"""

import json
import random
from collections.abc import Callable, Iterator

from django.db import connection
from django.template import engines
from django.test import Client

from consult.ballots.models import Ballot, Elector, Position
from consult.phase3_identification.board import Board, board
from consult.phase3_identification.consent_matrix.cells import chapters_of
from consult.phase3_identification.consent_matrix.looks import LOOKS
from consult.phase3_identification.consent_matrix.wanted import Wanted
from consult.phase3_identification.laid import Laid, forget, marks_read
from consult.phase3_identification.models import SignOff, SignOffBallot
from consult.phase3_identification.queries import (
    electorate,
    everything,
    held_positions,
    live_ballots,
)
from plans.register.models import Item, ItemVersion, Plan, Revision, RevisionItem
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.models import Mandate, User
from stakeholders.terms import canonical, clock
from tests.bench.harness import SEED, Result, compare
from tests.bench.visible_plans import grant, group_of

ITEMS, PARTIES, REVISIONS, CHANGED, ROUNDS = 500, 41, 3, 50, 3
RULE = {
    "silence": "none",
    "requirements": [
        {"kind": "no_block"},
        {
            "kind": "min_share",
            "of": ["agree", "agree_reserved"],
            "over": "electorate",
            "at_least": "2/3",
        },
    ],
}
STATES = {
    "agree": "agreed",
    "agree_in_principle": "agreed_in_principle",
    "agree_reserved": "reserved",
    "abstain": "abstained",
    "object": "objected",
}
SQL = """
WITH live AS (
  SELECT DISTINCT ON (item_id) id, item_id, ballot_id FROM consult_signoffballot
   WHERE sign_off_id = %(sign_off)s ORDER BY item_id, id DESC),
broken AS (
  SELECT item_id, max(id) AS at FROM consult_signoffballot
   WHERE sign_off_id = %(sign_off)s AND change = 'text' GROUP BY item_id),
newest AS (
  SELECT DISTINCT ON (s.item_id, p.jurisdiction_id) s.item_id, p.jurisdiction_id, p.value, s.id AS on
    FROM consult_position p JOIN consult_signoffballot s ON s.ballot_id = p.ballot_id
   WHERE s.sign_off_id = %(sign_off)s ORDER BY s.item_id, p.jurisdiction_id, p.id DESC),
units AS (
  SELECT DISTINCT e.jurisdiction_id AS code FROM live JOIN consult_elector e USING (ballot_id))
SELECT i.key, string_agg(
    CASE WHEN e.id IS NULL THEN '<td class="is-unconcerned"><span>Not concerned</span></td>'
    ELSE '<td class="is-' || CASE WHEN n.value IS NULL THEN 'silent'
        WHEN n.value = 'agree' AND n.on < coalesce(b.at, 0) THEN 'stale'
        WHEN n.value = 'agree' THEN 'agreed' WHEN n.value = 'object' THEN 'objected'
        ELSE 'reserved' END || '"><a href="' || i.key || '/' || u.code || '/">'
      || CASE WHEN n.value IS NULL THEN 'Silent'
        WHEN n.value = 'agree' AND n.on < coalesce(b.at, 0) THEN 'To be renewed'
        WHEN n.value = 'agree' THEN 'Agreed' WHEN n.value = 'object' THEN 'Objected'
        ELSE 'Reserved' END || '</a></td>' END, '' ORDER BY u.code)
  FROM live l CROSS JOIN units u JOIN plans_item i ON i.id = l.item_id
  LEFT JOIN broken b ON b.item_id = l.item_id
  LEFT JOIN consult_elector e ON e.ballot_id = l.ballot_id AND e.jurisdiction_id = u.code
  LEFT JOIN newest n ON n.item_id = l.item_id AND n.jurisdiction_id = u.code
 GROUP BY i.key
"""
PLAIN = """{% for row in rows %}<tr><th scope="row">{{ row.key }}</th>
{% for cell in row.cells %}<td class="is-{{ cell.look.css }}">{% if cell.is_concerned %}
<a href="{% url 'identification:cell' plan.key row.key cell.code %}">{{ cell.look.word }}</a>
{% else %}<span>{{ cell.look.word }}</span>{% endif %}</td>{% endfor %}</tr>{% endfor %}"""


class Bench:
    """One plan in common identification. Most say "agree" to all; one answer in fifty differs."""

    def __init__(self, *, items: int = ITEMS, parties: int = PARTIES) -> None:
        self.chance = random.Random(SEED)  # noqa: S311 the same data each time
        self.now = clock.now()
        self.codes = [str(900001 + n) for n in range(parties)]
        Jurisdiction.objects.bulk_create(
            [
                Jurisdiction(
                    code=code,
                    name_zh=f"第{n}县",
                    name_en=f"County {n}",
                    name_en_unique=f"County {n}",
                    short_zh=f"县{n}",
                    level="county",
                    path=f"{code}/",
                )
                for n, code in enumerate(self.codes)
            ],
            ignore_conflicts=True,
        )
        key = f"MATRIX-{items}-{parties}"
        again = Plan.objects.filter(key__startswith=key).count()  # other cases stand on the like
        self.plan = Plan.objects.create(
            key=f"{key}-{again}" if again else key,
            title_zh="规划",
            short_zh="规划",
            kind="overall",
            phase=3,
            horizon_from=2026,
            horizon_until=2035,
            created_at=self.now,
        )
        grant([self.plan], group_of(self.codes[0]))
        self.user = User.objects.create_user(f"{self.plan.key}@matrix.example", "x", name_zh="x")
        self.mandate = Mandate.objects.create(
            user=self.user,
            jurisdiction_id=self.codes[0],
            role="planner",
            document="x",
            valid_from=self.now,
            granted_by=User.objects.create_user(f"{self.plan.key}@office.example", "x"),
        )
        self._revisions(items)

    def _revisions(self, number: int) -> None:
        self.items = Item.objects.bulk_create(
            Item(plan=self.plan, key=f"p-{n}", kind="provision", created_at=self.now)
            for n in range(1, number + 1)
        )
        held: dict[int, ItemVersion] = {}
        live: dict[int, Ballot] = {}
        for turn in range(1, REVISIONS + 1):
            changed = self.items if turn == 1 else self.chance.sample(self.items, number // 10)
            held |= {one.item_id: one for one in self._versions(changed, turn)}
            revision = self._revision(turn, held)
            if turn == 1:
                self.sign_off = SignOff.objects.create(
                    plan=self.plan, revision=revision, charter_number=1, opened_at=self.now
                )
            live |= self._ballots(changed, held, revision, "added" if turn == 1 else "text")
            self._positions(live, turn)
        self.plan.frozen = self.revision = revision
        self.plan.save(update_fields=["frozen"])

    def _versions(self, items: list[Item], turn: int) -> list[ItemVersion]:
        return ItemVersion.objects.bulk_create(
            ItemVersion(
                item=item,
                content=canonical.canonical(
                    {
                        "item": item.key,
                        "kind": "provision",
                        "strength": "binding",
                        "competence": "county",
                        "concerned": self.codes,
                        "given": False,
                        "given_source": "",
                        "content": {
                            "title": {"zh": f"条文{item.key}", "en": f"Provision {item.key}"},
                            "text": {"zh": f"第{turn}稿条文。" * 40, "en": f"Text {turn}. " * 40},
                        },
                    }
                ),
                strength="guiding",
                competence="county",
                concerned=self._concerned(),
                hash=f"sha256:{item.pk:032x}{turn:032x}",
                created_at=self.now,
            )
            for item in items
        )

    def _concerned(self) -> list[str]:
        """All of them but for one item in ten."""
        few = max(2, len(self.codes) // 4)
        if self.chance.random() < 0.1:
            return sorted({*self.chance.sample(self.codes, few), self.codes[-1]})
        return self.codes

    def _revision(self, turn: int, held: dict[int, ItemVersion]) -> Revision:
        titles = [[f"c{n}", f"第{n}章", f"Chapter {n}"] for n in range(10)]
        revision = Revision.objects.create(
            plan=self.plan,
            number=turn,
            stage="recognition",
            manifest=json.dumps(
                {
                    "title": {"zh": self.plan.title_zh, "en": self.plan.title_en},
                    "headings": titles,
                    "authentic_language": "zh",
                }
            ),
            hash=f"sha256:{self.plan.pk:032x}{turn:032x}",
            published_at=self.now,
        )
        RevisionItem.objects.bulk_create(
            RevisionItem(
                revision=revision,
                item=item,
                version=held[item.pk],
                position=n,
                number=str(n),
                heading=f"c{(n - 1) * 10 // len(self.items)}",
                change="",
            )
            for n, item in enumerate(self.items, start=1)
        )
        return revision

    def _ballots(
        self, items: list[Item], held: dict[int, ItemVersion], revision: Revision, change: str
    ) -> dict[int, Ballot]:
        ballots = Ballot.objects.bulk_create(
            Ballot(
                plan=self.plan,
                subject_kind="item",
                subject_id=item.key,
                subject_hash=held[item.pk].hash,
                rule=canonical.canonical(RULE),
                opened_at=self.now,
            )
            for item in items
        )
        Elector.objects.bulk_create(
            Elector(ballot=ballot, jurisdiction_id=code)
            for ballot, item in zip(ballots, items, strict=True)
            for code in held[item.pk].concerned
        )
        SignOffBallot.objects.bulk_create(
            SignOffBallot(
                sign_off=self.sign_off,
                item=item,
                version=held[item.pk],
                revision=revision,
                change=change,
                ballot=ballot,
            )
            for ballot, item in zip(ballots, items, strict=True)
        )
        return {item.pk: ballot for item, ballot in zip(items, ballots, strict=True)}

    def _positions(self, live: dict[int, Ballot], turn: int) -> None:
        """Every party but three speaks on each revision, on the last one two in three."""
        speaking = self.codes[3:] if len(self.codes) > 3 else self.codes[1:]
        if turn == REVISIONS:
            speaking = speaking[: len(speaking) * 2 // 3]
        Position.objects.bulk_create(
            (
                Position(
                    ballot=ballot,
                    jurisdiction_id=code,
                    mandate=self.mandate,
                    value=self._value(),
                    text="理由",
                    wording="替代条文",
                    declaration=f"{code}-{turn}",
                    at=self.now,
                )
                for ballot in live.values()
                for code in speaking
            ),
            batch_size=5_000,
        )

    def _value(self) -> str:
        drawn = self.chance.random()
        return "object" if drawn < 0.003 else "agree_reserved" if drawn < 0.02 else "agree"

    def board(self) -> Board:
        return board(sign_off=self.sign_off, revision=self.revision, with_positions=False)

    def cells(self) -> tuple[int, int]:
        state = self.board()
        chapters = chapters_of(state.rows, parties=state.parties, wanted=Wanted(), headings={})
        return figures("".join(one.rows for one in chapters))

    def prefetched(self) -> tuple[int, int]:
        """What a user would write: rows with what belongs to them prefetched, the newest position
        of each party found in Python, and a template that loops over the cells."""
        rows = (
            SignOffBallot.objects.filter(sign_off=self.sign_off)
            .select_related("item", "version", "ballot")
            .prefetch_related("ballot__electors", "ballot__positions")
            .order_by("pk")
        )
        live: dict[int, SignOffBallot] = {}
        broken: dict[int, int] = {}
        held: dict[tuple[int, str], Position] = {}
        for row in rows:
            live[row.item_id] = row
            if row.change == "text":
                broken[row.item_id] = row.pk
            for position in row.ballot.positions.all():
                position.on = row.pk  # type: ignore[attr-defined] # annotated
                held[row.item_id, position.jurisdiction_id] = position
        codes = sorted(
            {one.jurisdiction_id for row in live.values() for one in row.ballot.electors.all()}
        )
        units = list(Jurisdiction.objects.filter(code__in=codes).defer("boundary").order_by("code"))
        for (item, _code), position in held.items():
            position.is_stale = position.on < broken.get(item, 0)  # type: ignore[attr-defined] # annotated
        table = []
        for row in live.values():
            row.electors = [{"code": one.jurisdiction_id} for one in row.ballot.electors.all()]
            cells = [_plain_cell(row, unit.code, held) for unit in units]
            table.append({"key": row.item.key, "cells": cells})
        context = {"rows": table, "plan": self.plan}
        return figures(engines["django"].from_string(PLAIN).render(context))

    def plain(self) -> tuple[int, int]:
        """Our own rows, and a template that loops over them: what the template alone costs."""
        held = held_positions(self.sign_off)
        ballots = live_ballots(self.sign_off, revision=self.revision)
        units = electorate(self.sign_off)
        rows = [
            {
                "key": row.item.key,
                "cells": [_plain_cell(row, unit.code, held) for unit in units],
            }
            for row in ballots
        ]
        text = engines["django"].from_string(PLAIN).render({"rows": rows, "plan": self.plan})
        return figures(text)

    def sql(self) -> tuple[int, int]:
        with connection.cursor() as cursor:
            cursor.execute(SQL, {"sign_off": self.sign_off.pk})
            return figures("".join(row[1] for row in cursor.fetchall()))

    def page(self) -> tuple[int, int]:
        answer = self.client().get(f"/plans/{self.plan.key}/matrix/", {"q": "p"})
        return figures(answer.content.decode())

    def client(self, **extra: str) -> Client:
        client = Client(SERVER_NAME="localhost", headers={"accept-language": "en", **extra})
        client.force_login(self.user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    def laid(self) -> Laid:
        ballots = live_ballots(self.sign_off, revision=self.revision)
        marks = marks_read(self.sign_off, ballots, frozenset())
        return Laid(ballots, electorate(self.sign_off), marks, everything)


def figures(text: str) -> tuple[int, int]:
    """Cells in all, and cells that wait for renewal."""
    return text.count('<td class="is-'), text.count('class="is-stale"')


def _plain_cell(row: SignOffBallot, code: str, held: dict) -> dict[str, object]:
    position = held.get((row.item_id, code))
    is_concerned = any(e["code"] == code for e in row.electors)
    state = "silent" if position is None else STATES[position.value]
    if position is not None and state == "agreed" and position.is_stale:
        state = "stale"
    look = LOOKS[state if is_concerned else "not_concerned"]
    return {"look": look, "code": code, "is_concerned": is_concerned}


def run() -> Iterator[Result]:
    for items in (ITEMS // 10, ITEMS):
        bench = Bench(items=items)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        yield from _measured(bench, items * PARTIES)


def _measured(bench: Bench, size: int) -> Iterator[Result]:
    yield compare(
        case="matrix, cells with links",
        size=size,
        ways={
            "ours": bench.cells,
            "plain": bench.prefetched,
            "template": bench.plain,
            "sql": bench.sql,
        },
        rounds=ROUNDS,
        goals={"plain": 1 / 15, "sql": 3, "queries": 4},
    )
    ways = {"ours": bench.page, "sql": bench.sql}
    yield compare(case="matrix, the page as sent", size=size, ways=ways, rounds=ROUNDS)
    laid = bench.laid()
    judged: dict[str, Callable[[], object]] = {
        "ours": lambda: forget() or bool(laid.judged(is_over=False)),
        "sql": lambda: bool(bench.sql()),
    }
    yield compare(case="matrix, evaluation alone", size=size, ways=judged, rounds=ROUNDS)
