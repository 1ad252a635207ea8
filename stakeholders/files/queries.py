"""Reading uploads: one's own, and which are attached to something."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, ForeignObjectRel, Model, OuterRef, Q, QuerySet, Sum

from stakeholders.files.enums import Scan
from stakeholders.files.models import StoredFile
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import NotVisible


def owners() -> list[tuple[type[Model], str]]:
    """Every model with a foreign key to a file, and its column: what a file may belong to."""
    fields = StoredFile._meta.get_fields(include_hidden=True)
    return [
        (relation.field.model, relation.field.name)
        for relation in fields
        if isinstance(relation, ForeignObjectRel)
    ]


def _attached() -> Q:
    condition = Q(pk__in=[])
    for model, column in owners():
        condition |= Q(Exists(model._default_manager.filter(**{column: OuterRef("pk")})))
    return condition


def _made() -> Q:
    """Files the program made for a person: the page of what made them serves them."""
    condition = Q(pk__in=[])
    for model, column in owners():
        if model._meta.label in settings.FILE_MADE_BY:
            condition |= Q(Exists(model._default_manager.filter(**{column: OuterRef("pk")})))
    return condition


def unattached() -> QuerySet[StoredFile]:
    """Uploads nothing points to: only who uploaded them sees these."""
    return StoredFile.objects.filter(~_attached())


def own_files(*, actor: Actor) -> QuerySet[StoredFile]:
    """The uploads of the acting person, newest first, each with `is_attached`."""
    own = StoredFile.objects.filter(uploaded_by=actor.user_id) if actor.user_id else None
    rows = StoredFile.objects.none() if own is None else own.exclude(_made())
    return rows.annotate(is_attached=_attached()).order_by("-uploaded_at", "pk")


def get_own_file(*, actor: Actor, pk: UUID) -> StoredFile:
    """An upload of the acting person, attached or not. NotVisible for anybody else's."""
    stored = own_files(actor=actor).filter(pk=pk).first()
    if stored is None:
        raise NotVisible
    return stored


def used_by_person(person_id: int) -> tuple[int, int]:
    """(bytes, number) of all a person uploaded and that is still kept."""
    rows = StoredFile.objects.filter(uploaded_by=person_id)
    return rows.aggregate(total=Sum("size"))["total"] or 0, rows.count()


def used_by_plan(plan_key: str) -> int:
    """Bytes of the files that count in a plan's quota."""
    rows = StoredFile.objects.filter(plan_key=plan_key)
    return rows.aggregate(total=Sum("size"))["total"] or 0


def stale(*, before: datetime) -> QuerySet[StoredFile]:
    """Unattached uploads nobody has used since `before`."""
    return unattached().filter(touched_at__lt=before)


def awaiting_scan() -> QuerySet[StoredFile]:
    return StoredFile.objects.filter(scan=Scan.UNSCANNED).order_by("uploaded_at")


def hashes_named(hashes: Iterable[str]) -> set[str]:
    """Those of `hashes` that a file still names."""
    rows = StoredFile.objects.filter(sha256__in=list(hashes))
    return set(rows.values_list("sha256", flat=True))
