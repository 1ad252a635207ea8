"""Figures on the borders: the owner's own, and the neighbour's reading that does not know it."""

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consult.health import steps
from consult.health.checks import fault_in, locked, require_evidence, require_for, require_open
from consult.health.content import content_of
from consult.health.enums import Comparison
from consult.health.models import BorderFigure, BorderItem, HealthCheck
from consult.health.standing import compare
from consult.health.telling import put_on_record, tell, tell_office
from plans.register.models import Plan
from stakeholders.files.models import StoredFile
from stakeholders.terms import canonical
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Invalid, NotVisible, Text


@transaction.atomic
def state_figure(
    *,
    actor: Actor,
    plan: Plan,
    check: HealthCheck,
    number: int,
    jurisdiction: str,
    value: Decimal,
    source: str,
    note: str = "",
    file: StoredFile | None = None,
) -> BorderFigure:
    """State one's figure of a border item: as its owner, or as the neighbour that reads it again.

    Until the other side has stated its own, it learns only that this one is stated; the record
    holds a commitment, which the entry of the second figure opens. A figure may be stated anew; the
    first one stays to be seen. Raises NotVisible, Refused, Invalid, Conflict (agreed already).
    """
    require_for("border.state", actor=actor, plan=plan, code=jurisdiction)
    whole = locked(plan, check)
    item = next((one for one in whole.items if one.number == number), None)
    if item is None:
        raise NotVisible
    require_open(whole)
    faults = _faults(item, jurisdiction, value, source)
    if faults:
        raise Invalid(faults)
    require_evidence(actor, file)
    row = steps.write_figure(
        actor=actor,
        item=item,
        code=jurisdiction,
        value=value,
        source=source,
        note=note,
        file=file,
    )
    other = whole.figures.get((item.pk, _other(item, jurisdiction)))
    effects: dict[str, object] = {
        "item": number,
        "jurisdiction": jurisdiction,
        "figure": row.pk,
        "commitment": canonical.commitment(content_of(row), row.nonce),
        "on_behalf": row.is_on_behalf,
    }
    if other is not None:
        effects["opened"] = [
            [one.pk, one.nonce, content_of(one)]
            for one in item.figures.select_related("file").order_by("pk")
        ]
        effects["result"] = _compared(item, row, other).value
        _tell_difference(check, item, row, other)
    put_on_record(actor=actor, check=check, act="border.state", effects=effects)
    return row


def _other(item: BorderItem, code: str) -> str:
    return str(item.reader_id if code == item.owner_id else item.owner_id)


def _faults(item: BorderItem, code: str, value: Decimal, source: str) -> dict[str, Text]:
    faults: dict[str, Text] = {}
    if code not in (item.owner_id, item.reader_id):
        faults["jurisdiction"] = _("This party states no figure of this item.")
    if (fault := fault_in(value)) is not None:
        faults["value"] = fault
    if not source.strip():
        faults["source"] = _("Name the source: the others must be able to check it.")
    return faults


def _compared(item: BorderItem, row: BorderFigure, other: BorderFigure) -> Comparison:
    return compare(row.value, other.value, tolerance=item.tolerance)


def _tell_difference(
    check: HealthCheck, item: BorderItem, row: BorderFigure, other: BorderFigure
) -> None:
    """Both sides and the joint office learn that the reading differs: it asks for a finding."""
    if _compared(item, row, other) is not Comparison.DIFFERS:
        return
    title = _("{check}: the two figures of a border item differ")
    codes = [str(item.owner_id), str(item.reader_id)]
    tell(check, codes=codes, kind="border.differs", title=title, occasion=str(row.pk))
    tell_office(check, kind="border.differs", title=title, occasion=str(row.pk))
