"""A site whose every text that people fill holds payloads: its own database, written behind all rules.

What is shown must be safe whatever the rows hold, so nothing is entered by an act: the owner of the
tables switches the triggers off, makes the columns wide and writes.
"""

import hashlib
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.cache import caches
from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone

from plans.register.models import Plan, Revision
from stakeholders.terms.actor import Role
from tests.architecture.rights_world import Ground, lay
from tests.architecture.rows import Rows
from tests.attacks.payloads import BLOCKS, SHORT, fitting
from tests.consult.phase1_organization.scene import proposed
from tests.consult.phase4_implementation.ground import lay as lay_implementation
from tests.world import QINGPU, WUJIANG, World, build_world


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Columns that programs write and read: an odd text there is a broken site, not an attack.
MACHINE = words(
    "act actor_kind app_label arguments authentic_language base_hash batch change chain"
    " charter_version code codename competence cursor declaration dedupe_key draft_hash duty_key"
    " hash heading holder key kind language level line minter model name_en_unique nonce origin_id"
    " paper password path payload period plan_key previous quote_language reminded root secret_hash"
    " session_data session_key sha256 source_id stage strength subject_hash subject_id subject_kind"
    " table threshold token_hash token_key topic version_hash wording_hash zone digest about"
    " media_type boundary"
)
# The same, where the name alone does not say it: model and field.
MACHINE_HERE = frozenset(
    {
        "MatterOption.label",  # a letter, part of an address
        "Job.url",  # addresses of pages, made by reverse()
        "Notice.url",
        "PanelSignature.content",  # a hash
        "Position.wording",
        "RecordEntry.subject",
        "RecordEntry.jurisdiction_code",
        "DraftSave.change_claim",  # the kind and the number of what an act was about
        "Revision.manifest",  # keys, numbers and hashes
        "TransmissionAnswer.wording",
        "TwoPersonProposal.act",
        "TwoPersonProposal.subject",
        "SecondFactorReset.token",
        "Heartbeat.name",
        "LogEntry.object_id",  # the key of a row, quoted in an address of the administration
        "Permission.name",
        "Group.name",
        "DeliveredRow.column",
    }
)
# Keys whose texts in JSON are words of people; other texts there are left when they look like codes.
SPOKEN = words(
    "zh en title text name unit note reason source number issuer place wording question summary"
    " label title_zh title_en text_zh text_en name_zh name_en reason_zh reason_en"
)
OURS = ("stakeholders", "plans", "consult", "admin")
PLAN = "QWJ"  # the plan that has ten rows in every list
# Columns of addresses: a payload there stands inside a valid one.
MAILBOXES = frozenset({"email", "recipient", "address"})
NUMBERS = [0, *range(2, 12)]


@dataclass(frozen=True)
class Column:
    """A column that people fill. `number` names it in its values: `q12z7q` is its seventh row."""

    number: int
    model: type[models.Model]
    name: str
    is_json: bool
    length: int | None

    @property
    def label(self) -> str:
        return f"{self.model.__name__}.{self.name}"


Write = Callable[[Column, int, str], str]


@dataclass
class Site:
    """The people at the door, the addresses' values and what can be written."""

    world: World
    ground: Ground
    rows: Rows
    columns: list[Column] = field(default_factory=list)
    empty: list[str] = field(default_factory=list)  # models without any row

    def fill(self, write: Write) -> int:
        """Write every text anew: `write(column, row, before)`; answers how many were written."""
        count = 0
        with transaction.atomic():
            for model in dict.fromkeys(one.model for one in self.columns):
                count += _fill(model, [one for one in self.columns if one.model is model], write)
        for cache in caches.all():
            cache.clear()
        caches["default"].clear()
        caches["differences"].clear()
        return count


def lay_site() -> Site:
    """Everything laid, every kind of row once at least where it can be, every column widened."""
    sequence = "SELECT setval('consult_healthcheck_id_seq', 1000)"  # below come those of `Rows`
    with as_owner() as cursor:
        cursor.execute(sequence)
    with transaction.atomic():
        world = build_world()
        ground = lay(world, is_implemented=True)
        rows = _many(world)
    site = Site(world=world, ground=ground, rows=rows)
    with as_owner() as cursor:
        for model in apps.get_models():
            cursor.execute(f"ALTER TABLE {model._meta.db_table} DISABLE TRIGGER USER")
        site.empty = _add_missing()
    site.columns = _columns()
    with as_owner() as cursor:
        site.columns = [_widened(cursor, one) for one in site.columns]
    return site


class as_owner:  # noqa: N801 - read as a phrase: with as_owner()
    """The rights of the owner of the tables, and back to those of the application."""

    def __enter__(self) -> Any:
        self.cursor = connection.cursor()
        self.cursor.execute("RESET ROLE")
        return self.cursor

    def __exit__(self, *_error: object) -> None:
        self.cursor.execute(f"SET ROLE {settings.DATABASE_APP_ROLE}")
        self.cursor.close()


def _many(world: World) -> Rows:
    """Ten rows in every list of one plan more."""
    ground = lay_implementation(world)
    plan = ground.plan
    Plan.objects.filter(pk=plan.pk).update(phase=2)
    plan.refresh_from_db()
    proposed(world, plan)
    first = plan.revisions.get(number=1)
    Revision.objects.create(
        plan=plan,
        number=2,
        stage=first.stage,
        manifest=first.manifest,
        hash="sha256:two",
        published_at=first.published_at,
        published_mandate_id=world.coordinator(plan).mandate_id,
    )
    Plan.objects.filter(pk=plan.pk).update(in_force=plan.revisions.get(number=2))
    rows = Rows(ground)
    rows.add(NUMBERS)  # type: ignore[arg-type]
    for code in (QINGPU, WUJIANG):
        world.user(code, Role.CONTACT_POINT)
    return rows


def _columns() -> list[Column]:
    found = []
    for model in apps.get_models():
        if model._meta.proxy or not model._meta.managed or not model._default_manager.exists():
            continue
        for one in model._meta.local_concrete_fields:
            told = f"{model.__name__}.{one.name}"
            if one.choices or one.primary_key or one.name in MACHINE or told in MACHINE_HERE:
                continue
            is_json = isinstance(one, models.JSONField)
            if is_json or isinstance(one, models.CharField | models.TextField):
                length = None if is_json else one.max_length
                found.append(Column(len(found), model, one.name, is_json, length))
    return found


def _widened(cursor: Any, column: Column) -> Column:
    """The column for texts of any length, where nothing stands against it."""
    if column.is_json or not isinstance(
        column.model._meta.get_field(column.name), models.CharField
    ):
        return Column(column.number, column.model, column.name, column.is_json, None)
    table = column.model._meta.db_table
    name = column.model._meta.get_field(column.name).column
    try:
        with transaction.atomic():
            cursor.execute(f'ALTER TABLE {table} ALTER COLUMN "{name}" TYPE text')
    except DatabaseError:
        return column
    return Column(column.number, column.model, column.name, False, None)


def _fill(model: type[models.Model], columns: list[Column], write: Write) -> int:
    quote = connection.ops.quote_name
    key = model._meta.pk
    names = [model._meta.get_field(one.name).column for one in columns]
    chosen = ", ".join(quote(name) for name in (key.column, *names))
    with as_owner() as cursor:
        table = quote(model._meta.db_table)
        cursor.execute(f"SELECT {chosen} FROM {table} ORDER BY 1")  # noqa: S608 - names of our own tables
        rows = cursor.fetchall()
        values = [
            [_written(column, number, row[place], write) for number, row in enumerate(rows)]
            for place, column in enumerate(columns, start=1)
        ]
        sets, arrays = [], []
        for place, (column, name) in enumerate(zip(columns, names, strict=True)):
            kind = "jsonb" if column.is_json else "text"
            # What is not written stays as it is; one statement a table: each makes the rows anew.
            sets.append(f"{quote(name)} = COALESCE(v.x{place}::{kind}, {table}.{quote(name)})")
            arrays.append(f"unnest(%s::text[]) AS x{place}")
        cursor.execute(
            f"UPDATE {table} SET {', '.join(sets)} FROM ("  # noqa: S608
            f"SELECT unnest(%s::text[]) AS k, {', '.join(arrays)}) v"
            f" WHERE {table}.{quote(key.column)}::text = v.k",
            [[str(row[0]) for row in rows], *values],
        )
    return len(rows) * len(columns)


def _written(column: Column, number: int, before: object, write: Write) -> str | None:
    """The new value of a row; None where there is nothing to write over."""
    say = partial(write, column, number)
    if column.is_json:
        told = before if not isinstance(before, str) else json.loads(before)
        return None if told is None else json.dumps(_in_json(told, say, ""), ensure_ascii=False)
    text = str(before or "")
    if text[:1] in "{[" and text:
        with suppress(ValueError):
            told = json.loads(text)
            if isinstance(told, dict | list):
                return json.dumps(_in_json(told, say, ""), ensure_ascii=False, sort_keys=True)
    return say(text)


def _in_json(value: object, say: Callable[[str], str], key: str) -> object:
    """The same JSON with the words of people replaced."""
    if isinstance(value, dict):
        return {name: _in_json(one, say, str(name)) for name, one in value.items()}
    if isinstance(value, list):
        return [_in_json(one, say, key) for one in value]
    if isinstance(value, str) and (key in SPOKEN or not is_code(value)):
        return say(value)
    return value


def is_code(text: str) -> bool:
    """Whether a text in JSON looks like a key, a number, a date or a hash."""
    allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-:.+/"
    return set(text) <= set(allowed)


def _add_missing() -> list[str]:
    """One row of every model that has none, whatever stands for it; those that take none."""
    known = [m for m in apps.get_models() if m._meta.app_label in OURS and not _is_shaped(m)]
    missing = [m for m in known if m._meta.managed and not m._default_manager.exists()]
    for _round in range(3):  # a row may need one of another model first
        left = []
        for model in missing:
            try:
                with transaction.atomic():
                    model._default_manager.bulk_create([model(**_values(model))])
            except (DatabaseError, LookupError, ValueError, TypeError):
                left.append(model)
        missing = left
    return sorted(model.__name__ for model in missing)


def _is_shaped(model: type[models.Model]) -> bool:
    """Whether a row holds JSON of a shape that only its own program knows."""
    fields = model._meta.local_concrete_fields
    return any(isinstance(one, models.JSONField) and not one.has_default() for one in fields)


def _values(model: type[models.Model]) -> dict[str, object]:
    found = {}
    for one in model._meta.local_concrete_fields:
        if one.primary_key and not one.is_relation:
            if not isinstance(one, models.AutoField):
                found[one.attname] = one.get_default() or "x"
            continue
        if one.is_relation:
            target = one.related_model._default_manager.order_by("pk").values_list("pk", flat=True)
            if not one.null or target.exists():
                found[one.attname] = _first(list(target[:1]))
            continue
        found[one.attname] = _value(one)
    return found


def _first(found: list[object]) -> object:
    if not found:
        raise LookupError
    return found[0]


def _value(one: models.Field) -> object:
    if one.choices:
        return next(value for value, _label in one.flatchoices)
    if one.has_default():
        return one.get_default()
    simple: list[tuple[type | tuple[type, ...], object]] = [
        (models.BooleanField, False),
        (models.DateTimeField, timezone.now()),
        (models.DateField, date(2026, 3, 2)),
        (models.TimeField, datetime(2026, 3, 2, 9, tzinfo=timezone.get_default_timezone()).time()),
        (models.DurationField, None),
        (models.JSONField, {"text": "x x"}),
        ((models.IntegerField, models.DecimalField, models.FloatField), 1),
        ((models.CharField, models.TextField), "x"),
    ]
    for kind, value in simple:
        if isinstance(one, kind):
            return value
    return None if one.null else []


def marked(column: Column, row: int, text: str) -> str:
    """A text between the marks of its column and row, so that a page says what it shows."""
    return f"q{column.number}z{row}q {text} q{column.number}z{row}e"


def harmless(column: Column, row: int, _before: str) -> str:
    """Words of two paragraphs, as long as those of an attack, and no two of them alike."""
    if column.name in MAILBOXES:
        return _address(column, row, "plan")
    found = [
        hashlib.sha256(f"{column.number} {row} {part}".encode()).hexdigest() for part in range(24)
    ]
    text = "\n\n".join(f"规划 {' '.join(found[place::2])}" for place in (0, 1))
    return marked(column, row, text) if column.length is None else f"q{column.number}z{row}q x"


def holds_blocks(column: Column) -> bool:
    """Whether the column holds texts of any length, so that their end is marked, too."""
    return column.length is None and column.name not in MAILBOXES


def block_of(column: int, row: int, turn: int) -> int:
    """Which block of payloads a row of a column holds in a pass."""
    return (turn + row + column) % len(BLOCKS)


def hostile(turn: int) -> Write:
    """The payloads of one pass: each row of each column holds another block of them."""

    def write(column: Column, row: int, _before: str) -> str:
        place = turn + row + column.number
        if column.name in MAILBOXES:
            return _address(column, row, SHORT[place % len(SHORT)])
        if column.length is None:
            return marked(column, row, BLOCKS[block_of(column.number, row, turn)])
        mark = f"q{column.number}z{row}q "
        chosen = fitting(column.length - len(mark))
        return mark + chosen[place % len(chosen)] if chosen else mark.strip()

    return write


def _address(column: Column, row: int, words: str) -> str:
    """An address whose quoted part holds the words, as the mail protocol allows."""
    said = words.replace("\\", "").replace('"', "").replace(" ", "/")
    return f'"q{column.number}z{row}q{said}"@x.example'
