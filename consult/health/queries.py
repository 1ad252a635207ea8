"""Reading checks, set-based: everything of any number of checks at a constant number of queries.

Plans are given by callers that have loaded them for their reader. What of a border item may be shown
to whom is said in one place, `figures_for`.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from django.db.models import Min, QuerySet
from django.utils.timezone import localtime

from consult.ballots.enums import SubjectKind
from consult.ballots.models import Ballot
from consult.ballots.queries import electors_of
from consult.health.enums import CheckStage
from consult.health.models import (
    BorderFigure,
    BorderItem,
    CheckPublication,
    CheckReport,
    CheckSection,
    Finding,
    HealthCheck,
    ReservationReview,
    SectionText,
)
from consult.health.standing import Facts, is_open_to, stage_of
from consult.matters.queries import party_units
from consult.phase3_identification.models import Reservation
from plans.register.enums import Stage
from plans.register.models import Plan, Revision
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.jurisdictions.queries import neighbours
from stakeholders.terms import canonical
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import NotVisible
from stakeholders.terms.reading import read_once

KIND = SubjectKind.HEALTH_CHECK.value
Row = TypeVar("Row", CheckSection, BorderItem, CheckReport, Finding, ReservationReview)


@dataclass(frozen=True, kw_only=True)
class Whole:
    """One check with all that was said in it; of what was said anew, the newest.

    `first`: (item, code) -> the first figure stated, where it was stated anew since.
    """

    check: HealthCheck
    sections: Sequence[CheckSection] = ()
    texts: Mapping[tuple[int, str], SectionText] = field(default_factory=dict)
    items: Sequence[BorderItem] = ()
    figures: Mapping[tuple[int, str], BorderFigure] = field(default_factory=dict)
    first: Mapping[tuple[int, str], BorderFigure] = field(default_factory=dict)
    findings: Sequence[Finding] = ()
    reviews: Mapping[int, ReservationReview] = field(default_factory=dict)
    reservations: Sequence[Reservation] = ()
    reports: Sequence[CheckReport] = ()
    ballots: Sequence[Ballot] = ()
    publication: CheckPublication | None = None

    @property
    def report(self) -> CheckReport | None:
        """The newest edition."""
        return self.reports[0] if self.reports else None

    @property
    def ballot(self) -> Ballot | None:
        """The newest ballot on the newest edition."""
        pk = str(self.report.pk) if self.report else None
        return next((one for one in self.ballots if one.subject_id == pk), None)

    @property
    def running(self) -> Ballot | None:
        """The ballot on any edition that has not ended."""
        return next((one for one in self.ballots if not hasattr(one, "end")), None)

    @property
    def codes(self) -> list[str]:
        """Every party that has something to fill in, in order."""
        named = {code for section in self.sections for code in section.jurisdictions}
        named |= {str(code) for item in self.items for code in (item.owner_id, item.reader_id)}
        return sorted(named | {str(one.jurisdiction_id) for one in self.reservations})

    def sections_left(self, code: str) -> list[CheckSection]:
        return [
            one
            for one in self.sections
            if code in one.jurisdictions and (one.pk, code) not in self.texts
        ]

    def items_left(self, code: str) -> list[BorderItem]:
        return [
            one
            for one in self.items
            if code in (one.owner_id, one.reader_id) and (one.pk, code) not in self.figures
        ]

    def reservations_left(self, code: str) -> list[Reservation]:
        return [
            one
            for one in self.reservations
            if one.jurisdiction_id == code and one.pk not in self.reviews
        ]

    @property
    def missing(self) -> dict[str, int]:
        """Party -> how many of its parts are not in."""
        return {
            code: len(self.sections_left(code))
            + len(self.items_left(code))
            + len(self.reservations_left(code))
            for code in self.codes
        }

    @property
    def parts(self) -> str:
        """A digest of which rows make the check now: they never change, so their ids say it all.

        Figures count by their ids only, so that it tells nothing of one that is sealed.
        """
        return canonical.digest_of(
            {
                "sections": sorted(row.pk for row in self.texts.values()),
                "items": sorted(row.pk for row in self.items),
                "figures": sorted(row.pk for row in self.figures.values()),
                "findings": sorted(row.pk for row in self.findings),
                "reviews": sorted(row.pk for row in self.reviews.values()),
                "reservations": sorted(row.pk for row in self.reservations),
            }
        )

    @property
    def is_outdated(self) -> bool:
        return self.report is not None and parts_of(self.report) != self.parts

    @property
    def stage(self) -> CheckStage:
        end = getattr(self.ballot, "end", None)
        ended = "" if self.ballot is not None else None
        return stage_of(
            Facts(
                missing=self.missing,
                parts=self.parts,
                edition=parts_of(self.report) if self.report else None,
                outcome=end.outcome if end else ended,
                is_published=self.publication is not None,
            )
        )


def parts_of(report: CheckReport) -> str:
    """The digest of the parts that an edition holds."""
    return str(json.loads(report.content)["parts"])


def checks_of(plan: Plan) -> QuerySet[HealthCheck]:
    """The checks of a plan, newest first."""
    return HealthCheck.objects.filter(plan=plan).select_related("plan").order_by("-year", "kind")


def get_check(plan: Plan, *, pk: int) -> HealthCheck:
    """One check of a plan the caller has loaded. NotVisible when it is not there."""
    found = checks_of(plan).filter(pk=pk).first()
    if found is None:
        raise NotVisible
    return found


def get_report(plan: Plan, *, pk: int, number: int) -> CheckReport:
    """One edition of a check's report. NotVisible when it is not there."""
    rows = CheckReport.objects.filter(health_check__plan=plan, health_check=pk, number=number)
    found = rows.select_related("health_check__plan").first()
    if found is None:
        raise NotVisible
    return found


@read_once
def running_checks(plans: Sequence[Plan]) -> dict[int, Whole]:
    """Unscoped, for duties: the checks of the plans that are not published yet, by their ids."""
    rows = HealthCheck.objects.filter(plan__in=plans, publication__isnull=True)
    return wholes(rows.select_related("plan").order_by("pk"))


def years_held(plans: Sequence[Plan]) -> dict[int, set[int]]:
    """Plan -> the years of which it has a check, published or not. One query."""
    found: dict[int, set[int]] = {plan.pk: set() for plan in plans}
    rows = HealthCheck.objects.filter(plan__in=plans).order_by()
    for plan_id, year in rows.values_list("plan", "year"):
        found[plan_id].add(year)
    return found


def whole_of(check: HealthCheck) -> Whole:
    return wholes([check])[check.pk]


def wholes(checks: Iterable[HealthCheck]) -> dict[int, Whole]:
    """Check id -> all of it. Ten queries for any number of checks."""
    found = {check.pk: check for check in checks}
    if not found:
        return {}
    sections = _grouped(CheckSection.objects.filter(health_check__in=found).order_by("number"))
    items = _grouped(
        BorderItem.objects.filter(health_check__in=found)
        .select_related("owner", "reader")
        .defer("owner__boundary", "reader__boundary")
        .order_by("number")
    )
    texts = _texts(found)
    figures, first = _figures(found)
    reports = _grouped(CheckReport.objects.filter(health_check__in=found).order_by("-number"))
    findings = _grouped(
        Finding.objects.filter(health_check__in=found)
        .select_related("taken_up__matter", "border_item")
        .order_by("number")
    )
    reviews = _grouped(
        ReservationReview.objects.filter(health_check__in=found)
        .select_related("reservation__item", "reservation__jurisdiction")
        .defer("reservation__jurisdiction__boundary")
        .order_by("pk")
    )
    standing = _standing({check.plan_id for check in found.values()})
    ballots = _ballots([row.pk for rows in reports.values() for row in rows])
    published = {
        row.health_check_id: row
        for row in CheckPublication.objects.filter(health_check__in=found).select_related(
            "report", "file"
        )
    }
    return {
        pk: Whole(
            check=check,
            sections=sections.get(pk, []),
            texts={k[1:]: row for k, row in texts.items() if k[0] == pk},
            items=items.get(pk, []),
            figures={k[1:]: row for k, row in figures.items() if k[0] == pk},
            first={k[1:]: row for k, row in first.items() if k[0] == pk},
            findings=findings.get(pk, []),
            reviews={row.reservation_id: row for row in reviews.get(pk, [])},
            reservations=standing.get(check.plan_id, []),
            reports=reports.get(pk, []),
            ballots=[b for row in reports.get(pk, []) for b in ballots.get(str(row.pk), [])],
            publication=published.get(pk),
        )
        for pk, check in found.items()
    }


def _grouped(rows: Iterable[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for row in rows:
        found.setdefault(row.health_check_id, []).append(row)
    return found


def _texts(checks: Mapping[int, HealthCheck]) -> dict[tuple[int, int, str], SectionText]:
    rows = (
        SectionText.objects.filter(section__health_check__in=checks)
        .order_by("section_id", "jurisdiction_id", "-pk")
        .distinct("section_id", "jurisdiction_id")
        .select_related("section", "jurisdiction", "mandate__user", "file")
        .defer("jurisdiction__boundary")
    )
    return {
        (row.section.health_check_id, row.section_id, str(row.jurisdiction_id)): row for row in rows
    }


def _figures(
    checks: Mapping[int, HealthCheck],
) -> tuple[dict[tuple[int, int, str], BorderFigure], dict[tuple[int, int, str], BorderFigure]]:
    """The newest figure of each side, and the first where there was another."""
    rows = (
        BorderFigure.objects.filter(item__health_check__in=checks)
        .select_related("item", "mandate__user", "file")
        .order_by("pk")
    )
    newest: dict[tuple[int, int, str], BorderFigure] = {}
    first: dict[tuple[int, int, str], BorderFigure] = {}
    for row in rows:
        key = (row.item.health_check_id, row.item_id, str(row.jurisdiction_id))
        if key in newest:
            first.setdefault(key, newest[key])
        newest[key] = row
    return newest, first


def _standing(plans: Iterable[int]) -> dict[int, list[Reservation]]:
    """The reservations that outlived their ballots, per plan: one in an open ballot may be sealed,
    and is no difference that remains yet."""
    rows = (
        Reservation.objects.filter(
            item__plan__in=list(plans), lift__isnull=True, position__ballot__end__isnull=False
        )
        .select_related("item", "jurisdiction")
        .defer("jurisdiction__boundary")
        .order_by("item_id", "jurisdiction_id")
    )
    found: dict[int, list[Reservation]] = {}
    for row in rows:
        found.setdefault(row.item.plan_id, []).append(row)
    return found


def _ballots(reports: Sequence[int]) -> dict[str, list[Ballot]]:
    """Report id as the ballots name it -> its ballots, newest first."""
    rows = Ballot.objects.filter(subject_kind=KIND, subject_id__in=[str(pk) for pk in reports])
    found: dict[str, list[Ballot]] = {}
    for row in rows.select_related("plan", "end").order_by("-pk"):
        found.setdefault(row.subject_id, []).append(row)
    return found


def figures_for(
    whole: Whole, item: BorderItem, *, inside: str | None
) -> dict[str, BorderFigure | None]:
    """Code -> the figure that who speaks for `inside` may see; a stated one that it may not see is
    there as None, one not stated is not there."""
    codes = (str(item.owner_id), str(item.reader_id))
    stated = {code: row for code in codes if (row := whole.figures.get((item.pk, code)))}
    return {
        code: row if is_open_to(code, inside=inside, stated=stated) else None
        for code, row in stated.items()
    }


def in_force_since(plans: Sequence[Plan]) -> dict[int, date]:
    """Plan -> the day from which it is in force: of its first approved text, else of the text in
    force. One query."""
    kept = {plan.pk: plan.in_force_id for plan in plans if plan.in_force_id}
    rows = Revision.objects.filter(plan__in=kept).order_by()
    approved = rows.filter(stage=Stage.APPROVED)
    first = dict(approved.values_list("plan").annotate(day=Min("published_at")))
    others = [pk for plan, pk in kept.items() if plan not in first]
    if others:
        first |= dict(rows.filter(pk__in=others).values_list("plan", "published_at"))
    return {plan: localtime(at).date() for plan, at in first.items()}


def for_next_plan(plan: Plan) -> QuerySet[Finding]:
    """Findings of published checks that became no matter of this plan: the next one begins there."""
    rows = Finding.objects.filter(
        health_check__plan=plan, health_check__publication__isnull=False, taken_up__isnull=True
    )
    return rows.select_related("health_check").order_by("-health_check__year", "number")


def proposed_readers(owner: str, makers: Sequence[str]) -> list[str]:
    """The parties that may read a figure of `owner` again, its neighbours first."""
    near = {str(one.jurisdiction.code) for one in neighbours(owner)}
    others = [code for code in makers if code != owner]
    return sorted(others, key=lambda code: (code not in near, code))


def is_asked(actor: Actor, whole: Whole) -> bool:
    """Whether the actor's party counts in the newest ballot."""
    return actor.inside is not None and actor.inside in asked_in(whole)


def asked_in(whole: Whole) -> Sequence[str]:
    """Codes of the parties that the newest ballot asks."""
    if whole.ballot is None:
        return []
    rows = electors_of([whole.ballot]).get(whole.ballot.pk, [])
    return [str(row.jurisdiction_id) for row in rows]


def units_of(plan: Plan) -> dict[str, Jurisdiction]:
    """Code -> party of the plan. One query."""
    return {unit.code: unit for unit in party_units(plan=plan).defer("boundary")}
