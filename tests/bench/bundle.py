"""The bundle of a statement of 500 items and 41 parties: made from the database, and verified.

The baseline of making it is its canonical text alone, that of verifying it one reading of the JSON
and one hash of the bytes, which prove nothing.
"""

import hashlib
import json
from collections.abc import Callable

from consult.phase3_identification import standalone, standalone_follows
from consult.phase3_identification.bundle import bundle_text
from consult.phase3_identification.models import CommonStatement, Declaration, SignOff
from plans.register.models import Item, ItemDraft, Plan, Revision
from plans.register.steps import Place, publish_revision
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.models import Mandate, User
from stakeholders.record.models import RecordEntry, RecordHead
from stakeholders.record.steps import plan_chain
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import SYSTEM
from tests.bench.harness import Result, compare

SIZES = ((50, 5), (500, 41))
TEXT = "沿太浦河两岸各二百米划定清水绿廊，新建项目不得突破蓝绿空间底线。" * 6


def run() -> list[Result]:
    return [result for items, parties in SIZES for result in _cases(items, parties)]


def _cases(items: int, parties: int) -> list[Result]:
    made = Seeded(items, parties)
    raw = made.text().encode()
    body = json.loads(raw)
    fault = standalone.fault_in(raw) or standalone_follows.fault_in(raw)
    assert not fault, fault
    making: dict[str, Callable[[], object]] = {
        "bundle": lambda: len(made.text()),
        "canonical text": lambda: len(canonical.canonical(body)) + 1,
    }
    verifying: dict[str, Callable[[], object]] = {
        "verify": lambda: standalone.fault_in(raw) or standalone_follows.fault_in(raw),
        "read and hash once": lambda: _once(raw),
    }
    name = f"{items} x {parties}, {len(raw) / 1e6:.1f} MB"
    return [
        compare(case=f"bundle made {name}", size=items, ways=making, rounds=5),
        compare(case=f"bundle verified {name}", size=items, ways=verifying, rounds=5),
    ]


def _once(raw: bytes) -> str:
    json.loads(raw)
    hashlib.sha256(raw).hexdigest()
    return ""


class Seeded:
    """A plan whose sign-off has passed: rows written in bulk, the record as the acts leave it."""

    def __init__(self, items: int, parties: int) -> None:
        self.now = clock.now()
        self.codes = [str(910001 + n) for n in range(parties)]
        units = [
            Jurisdiction(code=c, name_zh=f"县{c}", name_en=c, name_en_unique=c, level="county")
            for c in self.codes
        ]
        Jurisdiction.objects.bulk_create(units, ignore_conflicts=True)
        self.plan = Plan.objects.create(
            key=f"BUNDLE-{items}-{parties}",
            title_zh="规划",
            short_zh="规划",
            kind="overall",
            phase=3,
            horizon_from=2026,
            horizon_until=2035,
            created_at=self.now,
        )
        office = User.objects.create_user(f"{self.plan.key}@office.example", "x")
        person = User.objects.create_user(f"{self.plan.key}@bundle.example", "x", name_zh="张三")
        self.mandates = {
            code: Mandate.objects.create(
                user=person,
                jurisdiction_id=code,
                role="signatory",
                document="x",
                valid_from=self.now,
                granted_by=office,
            )
            for code in self.codes
        }
        self.revision = self._revision(items)
        self.hashes = {r[0]: r[4] for r in json.loads(self.revision.manifest)["items"]}
        self.head, self.seq = "", 0
        self.sign_off = SignOff.objects.create(
            plan=self.plan, revision=self.revision, charter_number=1, opened_at=self.now
        )
        self._act("sign_off.open", {})
        declared = {code: self._declare(code) for code in self.codes}
        self.statement = self._state(declared)
        self._act("sign_off.close", {"statement": self.statement.hash})
        RecordHead.objects.create(chain=plan_chain(self.plan.key), seq=self.seq, hash=self.head)

    def text(self) -> str:
        return bundle_text(plan=self.plan, statement=self.statement)

    def _revision(self, number: int) -> Revision:
        items = Item.objects.bulk_create(
            Item(plan=self.plan, key=f"p-{n}", kind="provision", created_at=self.now)
            for n in range(1, number + 1)
        )
        ItemDraft.objects.bulk_create(
            ItemDraft(
                item=item,
                content={"title": {"zh": "条", "en": ""}, "text": {"zh": TEXT, "en": ""}},
                strength="guiding",
                concerned=self.codes,
                edited_at=self.now,
            )
            for item in items
        )
        return publish_revision(
            plan=self.plan,
            actor=SYSTEM,
            stage="recognition",
            headings=[],
            places=[Place(item=one, number=str(n)) for n, one in enumerate(items, start=1)],
            changes={},
            charter_version="",
        )

    def _act(self, act: str, effects: dict[str, object], code: str | None = None) -> None:
        self.seq += 1
        mandate = self.mandates[code].pk if code else None
        payload = canonical.canonical(
            {
                "algorithm": canonical.ALGORITHM,
                "chain": plan_chain(self.plan.key),
                "seq": self.seq,
                "at": self.now,
                "act": act,
                "subject": f"sign_off:{self.sign_off.pk}",
                "actor": {"jurisdiction": code, "mandate": mandate},
                "effects": effects,
                "previous": self.head,
            }
        )
        before, self.head = self.head, canonical.digest(payload)
        RecordEntry.objects.create(
            chain=plan_chain(self.plan.key),
            seq=self.seq,
            at=self.now,
            act=act,
            subject="sign_off:1",
            actor_kind="mandated",
            payload=payload,
            previous=before,
            hash=self.head,
        )

    def _declare(self, code: str) -> Declaration:
        content = canonical.canonical(
            {
                "algorithm": canonical.ALGORITHM,
                "plan": self.plan.key,
                "sign_off": self.sign_off.pk,
                "revision": {"number": 1, "hash": self.revision.hash},
                "jurisdiction": code,
                "mandate": self.mandates[code].pk,
                "signatory": "张三",
                "decided_by": "",
                "letter": {"number": "", "on": None, "issuer": ""},
                "general": {"value": "agree", "text": ""},
                "items": self.hashes,
                "exceptions": {},
                "at": self.now,
            }
        )
        row = Declaration.objects.create(
            sign_off=self.sign_off,
            revision=self.revision,
            jurisdiction_id=code,
            mandate=self.mandates[code],
            key=canonical.new_nonce()[:32],
            content=content,
            hash=canonical.digest(content),
            nonce=canonical.new_nonce(),
            at=self.now,
        )
        self._act("position.take", {"declaration": row.hash}, code)
        return row

    def _state(self, declared: dict[str, Declaration]) -> CommonStatement:
        content = canonical.canonical(
            {
                "algorithm": canonical.ALGORITHM,
                "plan": {"key": self.plan.key},
                "revision": {"hash": self.revision.hash},
                "sign_off": {"id": self.sign_off.pk, "closed_at": self.now},
                "parties": [self._party(code, row) for code, row in declared.items()],
                "items": [
                    {"key": key, "hash": found, "passed": True, "parties": {"agreed": self.codes}}
                    for key, found in self.hashes.items()
                ],
                "reservations": [],
                "objections": [],
                "record_head": {"seq": self.seq, "hash": self.head},
            }
        )
        return CommonStatement.objects.create(
            sign_off=self.sign_off,
            revision=self.revision,
            content=content,
            hash=canonical.digest(content),
            at=self.now,
        )

    @staticmethod
    def _party(code: str, row: Declaration) -> dict[str, object]:
        said = json.loads(row.content)
        names = ("mandate", "signatory", "letter", "decided_by", "at")
        kept = {name: said[name] for name in names}
        return {**kept, "code": code, "general": said["general"]["value"], "receipt": row.hash}
