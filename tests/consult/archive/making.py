"""Packages made at once, and what is in one."""

import csv
import io
import zipfile
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction

from consult.archive.kinds import put_together
from consult.archive.package import Spool, one_language, write_some
from consult.archive.queries import pieces_of, state_of
from plans.register.models import Attachment, Plan
from stakeholders.files.enums import Kind
from stakeholders.files.models import StoredFile
from stakeholders.files.steps import keep
from stakeholders.record.steps import append, plan_chain
from stakeholders.terms import clock
from stakeholders.terms.actor import SYSTEM
from tests.stakeholders.files import samples


def package(plan: Plan, *, at: datetime | None = None) -> bytes:
    """The package of the plan as it stands."""
    state = state_of(plan, at=at or clock.now())
    with one_language():
        pieces = pieces_of(state)
    spool, target = Spool(), io.BytesIO()
    while write_some(pieces, spool, seconds=60):
        pass
    put_together(pieces, spool, state=state, target=target)
    spool.remove()
    return target.getvalue()


def files(content: bytes) -> dict[str, bytes]:
    """Path -> bytes of each file in it."""
    with zipfile.ZipFile(io.BytesIO(content)) as held:
        return {name: held.read(name) for name in held.namelist()}


def rows(content: bytes) -> list[dict[str, str]]:
    """The lines of its catalogue."""
    text = files(content)["catalogue/catalogue.csv"].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def attach(
    plan: Plan, *, person: int, name: str, title: str, content: bytes = samples.PDF
) -> StoredFile:
    """An upload as an attachment of the plan under a title, with the entry of its act."""
    stored = keep(
        upload=ContentFile(content, name=name), person_id=person, kinds=frozenset({Kind.PDF})
    )
    with transaction.atomic():
        row = Attachment.objects.create(
            plan=plan,
            purpose="attachment",
            title_zh=title,
            file=stored,
            classification="internal",
            added_at=clock.now(),
        )
        note(plan, f"attachment:{row.pk}")
    return stored


def note(plan: Plan, subject: str) -> None:
    """An entry of the record, as every act leaves one."""
    with transaction.atomic():
        append(
            chain=plan_chain(plan.key), actor=SYSTEM, act="test.act", subject=subject, effects={}
        )
