"""Row writes of a check. Rights, locks and the record are the caller's affair."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Max

from consult.ballots.enums import Outcome
from consult.ballots.models import Ballot, BallotEnd
from consult.ballots.steps import end_ballots
from consult.health.models import (
    BorderFigure,
    BorderItem,
    CheckPublication,
    CheckReport,
    CheckSection,
    Finding,
    FindingMatter,
    HealthCheck,
    ReservationReview,
    SectionText,
)
from consult.health.sections import Section
from consult.matters.models import Matter
from consult.phase3_identification.models import Reservation
from plans.register.models import Plan
from stakeholders.files.models import StoredFile
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor, Role


@dataclass(frozen=True, kw_only=True)
class Border:
    """A figure on a common border, and who states it and who reads it again."""

    title_zh: str
    title_en: str = ""
    unit_zh: str = ""
    unit_en: str = ""
    owner: str
    reader: str
    tolerance: Decimal = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a finding says, and whom it concerns."""

    title_zh: str
    title_en: str = ""
    text_zh: str = ""
    text_en: str = ""
    codes: Sequence[str] = ()


def open_check(
    *,
    actor: Actor,
    plan: Plan,
    kind: str,
    year: int,
    due_at: datetime,
    sections: Sequence[tuple[Section, Sequence[str]]],
) -> HealthCheck:
    check = HealthCheck.objects.create(
        plan=plan,
        kind=kind,
        year=year,
        due_at=due_at,
        mandate_id=actor.mandate,
        at=clock.now(),
    )
    CheckSection.objects.bulk_create(
        CheckSection(
            health_check=check,
            number=number,
            title_zh=one.title_zh,
            title_en=one.title_en,
            asks_zh=one.asks_zh,
            asks_en=one.asks_en,
            jurisdictions=sorted(codes),
        )
        for number, (one, codes) in enumerate(sections, start=1)
    )
    return check


def add_items(*, check: HealthCheck, borders: Sequence[Border]) -> list[BorderItem]:
    """Border items behind those the check has, numbered on."""
    start = BorderItem.objects.filter(health_check=check).aggregate(n=Max("number"))["n"] or 0
    return BorderItem.objects.bulk_create(
        BorderItem(
            health_check=check,
            number=start + place,
            title_zh=one.title_zh.strip() or one.title_en.strip(),
            title_en=one.title_en.strip(),
            unit_zh=one.unit_zh.strip(),
            unit_en=one.unit_en.strip(),
            owner_id=one.owner,
            reader_id=one.reader,
            tolerance=one.tolerance,
        )
        for place, one in enumerate(borders, start=1)
    )


def borders_of(check: HealthCheck) -> list[Border]:
    """The border items of a check, to be asked again in the next one."""
    return [
        Border(
            title_zh=one.title_zh,
            title_en=one.title_en,
            unit_zh=one.unit_zh,
            unit_en=one.unit_en,
            owner=str(one.owner_id),
            reader=str(one.reader_id),
            tolerance=one.tolerance,
        )
        for one in check.border_items.order_by("number")
    ]


def write_text(
    *,
    actor: Actor,
    section: CheckSection,
    code: str,
    texts: Mapping[str, str],
    file: StoredFile | None,
) -> SectionText:
    return SectionText.objects.create(
        section=section,
        jurisdiction_id=code,
        text_zh=texts.get("zh", "").strip(),
        text_en=texts.get("en", "").strip(),
        file=file,
        is_on_behalf=actor.role is Role.COORDINATOR,
        mandate_id=actor.mandate,
        at=clock.now(),
    )


def write_figure(
    *,
    actor: Actor,
    item: BorderItem,
    code: str,
    value: Decimal,
    source: str,
    note: str,
    file: StoredFile | None,
) -> BorderFigure:
    return BorderFigure.objects.create(
        item=item,
        jurisdiction_id=code,
        value=value,
        source=source.strip(),
        note=note.strip(),
        file=file,
        is_on_behalf=actor.role is Role.COORDINATOR,
        nonce=canonical.new_nonce(),
        mandate_id=actor.mandate,
        at=clock.now(),
    )


def write_finding(
    *, actor: Actor, check: HealthCheck, said: Found, item: BorderItem | None
) -> Finding:
    last = Finding.objects.filter(health_check=check).aggregate(n=Max("number"))["n"] or 0
    return Finding.objects.create(
        health_check=check,
        number=last + 1,
        title_zh=said.title_zh.strip() or said.title_en.strip(),
        title_en=said.title_en.strip(),
        text_zh=said.text_zh.strip(),
        text_en=said.text_en.strip(),
        border_item=item,
        jurisdictions=sorted(set(said.codes)),
        mandate_id=actor.mandate,
        at=clock.now(),
    )


def write_review(
    *,
    actor: Actor,
    check: HealthCheck,
    reservation: Reservation,
    decision: str,
    next_on: date | None,
    texts: Mapping[str, str],
) -> ReservationReview:
    return ReservationReview.objects.create(
        health_check=check,
        reservation=reservation,
        decision=decision,
        next_on=next_on,
        text_zh=texts.get("zh", "").strip(),
        text_en=texts.get("en", "").strip(),
        mandate_id=actor.mandate,
        at=clock.now(),
    )


def write_report(
    *, actor: Actor, check: HealthCheck, number: int, content: Mapping[str, object]
) -> CheckReport:
    text = canonical.canonical(content)
    return CheckReport.objects.create(
        health_check=check,
        number=number,
        content=text,
        hash=canonical.digest(text),
        mandate_id=actor.mandate,
        at=clock.now(),
    )


def supersede(ballot: Ballot) -> BallotEnd:
    """End the ballot on a former edition; its positions stay on record."""
    (end,) = end_ballots(ballots=[ballot], outcome=Outcome.SUPERSEDED, reason="", results={})
    return end


def write_publication(
    *,
    actor: Actor,
    check: HealthCheck,
    report: CheckReport,
    published_on: date,
    place: str,
    file: StoredFile | None,
) -> CheckPublication:
    return CheckPublication.objects.create(
        health_check=check,
        report=report,
        published_on=published_on,
        place=place.strip(),
        file=file,
        mandate_id=actor.mandate,
        at=clock.now(),
    )


def tie_matter(*, actor: Actor, finding: Finding, matter: Matter) -> FindingMatter:
    return FindingMatter.objects.create(
        finding=finding, matter=matter, mandate_id=actor.mandate, at=clock.now()
    )
