"""Uploading, taking back, checking and tidying.

An upload says nothing to anybody until it is attached, so it is no act and stands in no chain of
the record; the act that attaches it names its hash among its effects.
"""

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from stakeholders.files import steps
from stakeholders.files.enums import Kind
from stakeholders.files.models import StoredFile
from stakeholders.files.queries import get_own_file
from stakeholders.files.rules import require_person
from stakeholders.files.storage import Upload
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict


def upload_file(
    *,
    actor: Actor,
    upload: Upload,
    kinds: Collection[Kind],
    max_size: int | None = None,
    plan_key: str = "",
) -> StoredFile:
    """Keep a file of the acting person, seen by nobody else until it is attached.

    Refused without a person; Invalid for what is not taken; Unavailable when the disk is full.
    """
    person = require_person(actor=actor, act="file.upload")
    return steps.keep(
        upload=upload, person_id=person, kinds=kinds, max_size=max_size, plan_key=plan_key
    )


def take_upload(
    *,
    actor: Actor,
    pk: UUID,
    kinds: Collection[Kind],
    max_size: int | None = None,
    plan_key: str = "",
) -> StoredFile:
    """The acting person's own unattached upload by its id, for an act that attaches it.

    Refused without a person; Invalid when it cannot be attached here.
    """
    person = require_person(actor=actor, act="file.upload")
    return steps.take(pk=pk, person_id=person, kinds=kinds, max_size=max_size, plan_key=plan_key)


def remove_upload(*, actor: Actor, pk: UUID) -> None:
    """Take back an upload of one's own. NotVisible; Conflict once it is attached."""
    stored = get_own_file(actor=actor, pk=pk)
    if not steps.drop(stored):
        raise Conflict(_("This file belongs to something that was handed in: it stays."))
