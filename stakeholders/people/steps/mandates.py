"""Writing mandates and what happened to them."""

from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from stakeholders.access.steps import role_groups
from stakeholders.people.enums import MandateAct
from stakeholders.people.models import Mandate, MandateEvent, User
from stakeholders.record import steps as record
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Invalid, Text

# What an error about a mandate's row is called where the person was named by its address.
PERSON = "user"
# No mandate of a living person lies outside; what does is a slip, and offsets of old times have seconds.
FIRST_YEAR, LAST_YEAR = 1950, 2150


def write_mandate(mandate: Mandate, *, actor: Actor, act: MandateAct) -> Mandate:
    """Check the row and save it, with its role group and its first event.

    Raises Invalid by field: letter, period, closed account, overlap. The person's row is locked,
    so that of two equal mandates entered at once the second is refused.
    """
    errors = _faults(mandate)
    if errors:
        raise Invalid(errors)
    User.objects.select_for_update(no_key=True).get(pk=mandate.user_id)
    other = Mandate.objects.overlapping(mandate).first()
    if other is not None:
        raise Invalid({"role": _held_already(other)})
    mandate.save()
    role_groups(holder=mandate.holder, roles=[mandate.role])
    write_event(mandate, actor=actor, act=act)
    return mandate


def _faults(mandate: Mandate) -> dict[str, Text]:
    errors: dict[str, Text] = {}
    if not mandate.document:
        errors["document"] = _("Name the letter of mandate.")
    if mandate.valid_until is not None and mandate.valid_until <= mandate.valid_from:
        errors["valid_until"] = _("The end must lie after the beginning.")
    for name, at in (("valid_from", mandate.valid_from), ("valid_until", mandate.valid_until)):
        if at is not None and not FIRST_YEAR <= at.year <= LAST_YEAR:
            years = {"first": FIRST_YEAR, "last": LAST_YEAR}
            errors[name] = format_lazy(_("The year must lie between {first} and {last}."), **years)
    if not mandate.user.is_active:
        errors[PERSON] = _("This person's account is closed.")
    return errors


def _held_already(other: Mandate) -> Text:
    return format_lazy(
        _("The person holds this mandate already: no. {number}, by {document}, {begin} – {end}."),
        number=other.pk,
        document=other.document,
        begin=_day(other.valid_from),
        end=_day(other.valid_until) if other.valid_until else _("no end"),
    )


def _day(at: datetime) -> str:
    return timezone.localtime(at).date().isoformat()


def write_event(
    mandate: Mandate, *, actor: Actor, act: MandateAct, reason: str = ""
) -> MandateEvent:
    """One line of a mandate's history."""
    return MandateEvent.objects.create(
        mandate=mandate,
        act=act.value,
        by_id=actor.user_id,
        under_id=actor.mandate_id,
        reason=reason,
        at=clock.now(),
    )


def append_mandate(
    *, actor: Actor, act: str, mandate: Mandate, more: Mapping[str, object] | None = None
) -> None:
    """The record entry of an act on a mandate: ids, codes and hashes."""
    record.append(
        chain=record.SITE,
        actor=actor,
        act=act,
        subject=f"mandate:{mandate.pk}",
        effects={
            "user": mandate.user_id,
            "holder": mandate.holder,
            "role": mandate.role,
            "plan": mandate.plan_key,
            **({"items": mandate.items} if mandate.items else {}),
            "document": canonical.digest(mandate.document),
            "file": mandate.document_file.sha256 if mandate.document_file else None,
            "valid_from": mandate.valid_from,
            "valid_until": mandate.valid_until,
            **(more or {}),
        },
    )


def end_row(mandate: Mandate, *, at: datetime) -> None:
    """Let the mandate end at `at`."""
    mandate.valid_until = at
    mandate.save(update_fields=["valid_until"])
