"""What a party fills in: its sections, and the review of its reservations."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from consult.health import steps
from consult.health.checks import LONGEST, locked, require_evidence, require_for, require_open
from consult.health.enums import ReviewDecision
from consult.health.models import HealthCheck, ReservationReview, SectionText
from consult.health.telling import put_on_record
from consult.phase3_identification.actions import lift_reservation
from plans.register.models import Plan
from stakeholders.files.models import StoredFile
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.errors import Conflict, Invalid, NotVisible, Text


@transaction.atomic
def fill_section(
    *,
    actor: Actor,
    plan: Plan,
    check: HealthCheck,
    number: int,
    jurisdiction: str,
    texts: Mapping[str, str],
    file: StoredFile | None = None,
    seen: int | None = None,
) -> SectionText:
    """Say what a party has to say in a section; the newest text counts, the former ones stay.

    By the party itself, or by the joint office on its behalf with the file that says so. `seen`: the
    text the writer had before it (0: none). Raises NotVisible, Refused, Invalid, Conflict (agreed
    already; somebody wrote meanwhile).
    """
    require_for("section.fill", actor=actor, plan=plan, code=jurisdiction)
    whole = locked(plan, check)
    section = next((one for one in whole.sections if one.number == number), None)
    if section is None:
        raise NotVisible
    require_open(whole)
    if jurisdiction not in section.jurisdictions:
        raise Invalid({"jurisdiction": _("This party is not asked in this section.")})
    if not any(text.strip() for text in texts.values()):
        raise Invalid({"text_zh": _("Say it in words.")})
    for language, typed in texts.items():
        if len(typed) > LONGEST:
            raise Invalid({f"text_{language}": _("At most 20,000 characters.")})
    require_evidence(actor, file)
    former = whole.texts.get((section.pk, jurisdiction))
    if seen is not None and seen != (former.pk if former else 0):
        text = _("Your unit has sent another text meanwhile. It stands beside; yours is kept here.")
        raise Conflict(text, theirs=former)
    row = steps.write_text(actor=actor, section=section, code=jurisdiction, texts=texts, file=file)
    put_on_record(
        actor=actor,
        check=check,
        act="section.fill",
        effects={
            "section": number,
            "jurisdiction": jurisdiction,
            "text": [row.pk, canonical.digest_of([row.text_zh, row.text_en])],
            "file": file.sha256 if file else None,
            "on_behalf": row.is_on_behalf,
        },
    )
    return row


@transaction.atomic
def review_reservation(
    *,
    actor: Actor,
    plan: Plan,
    check: HealthCheck,
    reservation: int,
    decision: str,
    texts: Mapping[str, str],
    next_on: date | None = None,
    seen: str | None = None,
) -> ReservationReview:
    """Its holder looks at a reservation again: lifted, or kept until a further review.

    A lift is the act of phase 3, with its own right and entry, in the same transaction; `seen` is
    the wording it agrees with. Raises NotVisible, Refused, Invalid, Conflict (lifted already;
    another wording by now; the check is agreed).
    """
    whole = locked(plan, check)
    found = next((one for one in whole.reservations if one.pk == reservation), None)
    if found is None:
        raise NotVisible
    own = None if actor.role is Role.COORDINATOR else str(found.jurisdiction_id)
    require_for("reservation.review", actor=actor, plan=plan, code=own)
    require_open(whole)
    faults = _faults(decision, texts, next_on)
    if faults:
        raise Invalid(faults)
    is_lifted = decision == ReviewDecision.LIFTED
    if is_lifted:
        reason = texts.get("zh", "").strip() or texts.get("en", "").strip()
        lift_reservation(actor=actor, plan=plan, pk=found.pk, reason=reason, seen=seen)
    row = steps.write_review(
        actor=actor,
        check=check,
        reservation=found,
        decision=decision,
        next_on=None if is_lifted else next_on,
        texts=texts,
    )
    put_on_record(
        actor=actor,
        check=check,
        act="reservation.review",
        effects={
            "reservation": found.pk,
            "review": row.pk,
            "decision": decision,
            "next_on": row.next_on,
            "text": canonical.digest_of([row.text_zh, row.text_en]),
        },
    )
    return row


def _faults(decision: str, texts: Mapping[str, str], next_on: date | None) -> dict[str, Text]:
    faults: dict[str, Text] = {}
    if decision not in ReviewDecision.values:
        faults["decision"] = _("Choose one of the values.")
    if not any(text.strip() for text in texts.values()):
        faults["text_zh"] = _("Say why it is lifted, or why it is kept.")
    if decision == ReviewDecision.KEPT:
        if next_on is None:
            faults["next_on"] = _("Say when it is looked at again.")
        elif next_on <= localtime(clock.now()).date():
            faults["next_on"] = _("The next review lies ahead.")
    return faults
