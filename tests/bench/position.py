"""One position taken on all items of a plan: 50 and 500 of them, 41 parties.

The act with its rights, its checks, receipt, messages and record, against (a) one INSERT of the same
positions by bare SQL, and (b) a position saved for each item, as a plain form view does. Each is
taken back, so that every round does the same.
"""

from collections.abc import Callable, Iterator

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction

from consult.ballots.models import Position
from consult.phase1_organization.content import default_content
from consult.phase1_organization.models import Charter
from consult.phase3_identification.actions.declaring import declare
from consult.phase3_identification.queries import live_ballots
from consult.phase3_identification.steps import Stand
from plans.register.enums import PartyRole
from plans.register.models import Party, PlanGrant
from stakeholders.access.models import Permission
from stakeholders.access.steps import role_groups
from stakeholders.people.models import Mandate, User
from stakeholders.people.queries import actor_of
from stakeholders.terms import canonical
from stakeholders.terms.actor import Role
from tests.bench.harness import QUERIES, Result, compare
from tests.bench.matrix import ITEMS, PARTIES, Bench

ROUNDS = 3
INSERT = """
INSERT INTO consult_position
  (ballot_id, jurisdiction_id, mandate_id, value, text, wording, letter_number, issuer,
   declaration, at)
SELECT b, %s, %s, 'agree', '', '', '', '', 'bench', %s FROM unnest(%s) b RETURNING id
"""


class Speaking:
    """The signatory of a party that has not spoken yet."""

    def __init__(self, items: int) -> None:
        self.bench = bench = Bench(items=items)
        self.code = bench.codes[1]
        plan = bench.plan
        Party.objects.bulk_create(
            Party(
                plan=plan,
                jurisdiction_id=code,
                role=PartyRole.CO_MAKER,
                must_sign=True,
                joined_at=bench.now,
            )
            for code in bench.codes
        )
        text = canonical.canonical({"content": default_content().as_dict()})
        Charter.objects.create(
            plan=plan,
            number=bench.sign_off.charter_number,
            text=text,
            hash=canonical.digest(f"{plan.pk}{text}"),
            mandate=bench.mandate,
            proposed_at=bench.now,
        )
        role = Role.SIGNATORY.value
        group = role_groups(holder=self.code, roles=[role])[role]
        kind = ContentType.objects.get_for_model(plan)
        for name in ("view_plan", "sign_plan"):
            right = Permission.objects.get(content_type=kind, codename=name)
            PlanGrant.objects.create(group_id=group, permission=right, content_object=plan)
        self.mandate = Mandate.objects.create(
            user=User.objects.create_user(f"{plan.key}@sign.example", "x", name_zh="签署人"),
            jurisdiction_id=self.code,
            role=role,
            document="x",
            valid_from=bench.now,
            granted_by=bench.user,
        )
        self.actor = actor_of(self.mandate)
        rows = live_ballots(bench.sign_off, revision=bench.revision)
        concerned = [r for r in rows if any(e["code"] == self.code for e in r.electors)]
        self.ballots = [row.ballot_id for row in concerned]
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")

    def taken(self, act: Callable[[], object]) -> Callable[[], int]:
        """How many positions the party holds after `act`, which is then taken back."""

        def way() -> int:
            with transaction.atomic():
                act()
                held = Position.objects.filter(ballot__in=self.ballots, jurisdiction=self.code)
                number = held.count()
                transaction.set_rollback(True)
            return number

        return way

    def ours(self) -> None:
        declare(
            actor=self.actor,
            plan=self.bench.plan,
            revision_hash=self.bench.revision.hash,
            general=Stand(value="agree"),
            decided_by="区政府第31次常务会议",
        )

    def plain(self) -> None:
        for ballot in self.ballots:
            Position.objects.create(
                ballot_id=ballot,
                jurisdiction_id=self.code,
                mandate=self.mandate,
                value="agree",
                declaration="bench",
                at=self.bench.now,
            )

    def sql(self) -> None:
        with connection.cursor() as cursor:
            values = [self.code, self.mandate.pk, self.bench.now, self.ballots]
            cursor.execute(INSERT, values)


def run() -> Iterator[Result]:
    for items in (ITEMS // 10, ITEMS):
        one = Speaking(items)
        ways = {
            "ours": one.taken(one.ours),
            "one by one": one.taken(one.plain),
            "sql": one.taken(one.sql),
        }
        size = items * PARTIES
        # Counting what is held is one query of each way, and its savepoint none.
        goals = {QUERIES: 15 + 1}
        yield compare(case="one position taken", size=size, ways=ways, rounds=ROUNDS, goals=goals)
