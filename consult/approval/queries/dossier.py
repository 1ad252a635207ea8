"""The dossier as it stands: every line with its papers, what is missing and who owes it.

No paper is written here, so that a page, a gate and a submission can ask at constant cost.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consult.approval.dossier_lines import AFTER_STATEMENT, By
from consult.approval.models import DossierArrangement, DossierPaper
from consult.approval.queries.arrangements import (
    Arranged,
    arranged_lines,
    newest_arrangement,
    papers_by_line,
)
from consult.approval.queries.dossier_facts import Document, Facts, Found, facts_of
from consult.phase3_identification.models import CommonStatement
from plans.register.models import Plan
from stakeholders.templatetags.in_language import in_language
from stakeholders.terms.duty import Text


class Standing(StrEnum):
    FILED = "filed"
    COMPUTED = "computed"  # the platform itself writes the paper
    MISSING = "missing"
    LEFT_OUT = "left_out"


OFFICE = _("Joint office")
WAITS = _("It comes with the common statement, once the sign-off has passed.")
NOT_FILED = _("No document is filed.")


@dataclass(frozen=True, kw_only=True)
class DossierLine:
    """One numbered line. `owed_by` says who has to bring what is missing, `documents` what there
    is (also while something is missing), `older` what a newer filing replaced."""

    number: int
    arranged: Arranged
    standing: Standing
    documents: Sequence[Document] = ()
    older: Sequence[DossierPaper] = ()
    reason: Text = ""
    owed_by: Text = ""
    plan_key: str = ""

    @property
    def key(self) -> str:
        return self.arranged.key

    @property
    def name(self) -> str:
        return in_language(self.arranged, "name")

    @property
    def is_required(self) -> bool:
        return self.arranged.is_required

    @property
    def is_there(self) -> bool:
        return self.standing in (Standing.FILED, Standing.COMPUTED)

    @property
    def is_missing(self) -> bool:
        """Whether it keeps the dossier from being handed up."""
        return self.is_required and self.standing is Standing.MISSING

    @property
    def is_left_out(self) -> bool:
        return self.standing is Standing.LEFT_OUT

    @property
    def sign(self) -> str:
        """Its number as files and sheets bear it: 03."""
        return f"{self.number:02d}"

    @property
    def mend_url(self) -> str:
        """The page where it comes about; where there is none, its own place in the dossier."""
        item = self.arranged.item
        if item and item.page and self.standing is not Standing.FILED:
            return reverse(item.page, args=[self.plan_key])
        return self.url

    @property
    def url(self) -> str:
        return f"{reverse('approval:dossier', args=[self.plan_key])}#{self.key}"


@dataclass(frozen=True, kw_only=True)
class Dossier:
    """The lines in their order; `statement` is None before the sign-off has passed."""

    plan: Plan
    statement: CommonStatement | None
    lines: Sequence[DossierLine]
    arrangement: DossierArrangement | None = None
    facts: Facts = field(repr=False)

    @cached_property
    def missing(self) -> list[DossierLine]:
        """The required lines without their papers."""
        return [one for one in self.lines if one.is_missing]

    @cached_property
    def advised_missing(self) -> list[DossierLine]:
        return [
            one for one in self.lines if one.standing is Standing.MISSING and not one.is_required
        ]

    @cached_property
    def left_out(self) -> list[DossierLine]:
        return [one for one in self.lines if one.is_left_out]

    @cached_property
    def at(self) -> datetime:
        """The instant of the newest thing the dossier rests on: papers are dated by it, not by now,
        so that the same state gives the same bytes."""
        instants = [self.plan.created_at]
        if self.statement is not None:
            instants.append(self.statement.at)
        if self.arrangement is not None:
            instants.append(self.arrangement.at)
        for line in self.lines:
            instants += [one.at for one in line.documents if one.at is not None]
            instants += [one.at for one in line.older]
        return max(instants)

    @property
    def is_complete(self) -> bool:
        return not self.missing

    def line(self, key: str) -> DossierLine | None:
        return next((one for one in self.lines if one.key == key), None)

    def document(self, code: str) -> tuple[DossierLine, Document] | None:
        """The computed document of that code, with its line."""
        pairs = ((line, one) for line in self.lines for one in line.documents)
        return next((pair for pair in pairs if code and pair[1].code == code), None)


def dossier_state(plan: Plan) -> Dossier:
    """The dossier of a plan the caller has loaded. The number of queries is constant.

    Unscoped: for who `sees_dossier`, for gates and for acts.
    """
    arrangement = newest_arrangement(plan)
    facts = facts_of(plan)
    papers = papers_by_line(plan)
    arranged = arranged_lines(plan.kind, arrangement)
    lines: list[DossierLine] = []
    for one in arranged:
        filed = papers.get(one.key, [])
        found = facts.of(one.item)
        if not found.applies and not filed and not one.left_out:
            continue  # a plan without indicators and standards needs no table of them
        lines.append(_line(len(lines) + 1, one, found, filed, facts))
    return Dossier(
        plan=plan,
        statement=facts.statement,
        lines=lines,
        arrangement=arrangement,
        facts=facts,
    )


def _line(
    number: int, one: Arranged, found: Found, filed: Sequence[DossierPaper], facts: Facts
) -> DossierLine:
    """How one line stands: left out, filed here, known to the platform, or missing. Pure."""
    said: dict[str, object] = {"reason": "", "owed_by": ""}
    documents = [*found.documents, *(_filed(one, row) for row in filed[:1])]
    if one.left_out:
        standing, said["reason"] = Standing.LEFT_OUT, one.left_out
    elif found.waived:
        standing, said["reason"] = Standing.LEFT_OUT, found.waived
    elif found.is_there:
        standing = Standing.FILED if found.is_filed else Standing.COMPUTED
    elif filed and not _comes_alone(one):
        standing = Standing.FILED
    else:
        standing = Standing.MISSING
        waits = _waits(one, facts)
        owed_by = found.owed_by or ("" if waits else OFFICE)
        said = {"reason": found.lacks or (WAITS if waits else NOT_FILED), "owed_by": owed_by}
    return DossierLine(
        number=number,
        arranged=one,
        standing=standing,
        documents=() if standing is Standing.LEFT_OUT else tuple(documents),
        older=tuple(filed[1:]),
        plan_key=facts.plan.key,
        **said,  # type: ignore[arg-type]
    )


def _comes_alone(one: Arranged) -> bool:
    """Whether no document filed by hand stands for it: the statement and what is made from it."""
    return one.item is not None and one.item.by in ALONE


ALONE = (By.STATEMENT, By.TEXT, By.LEFT)


def _waits(one: Arranged, facts: Facts) -> bool:
    """Whether nobody can bring it before the sign-off has passed."""
    is_later = one.item is not None and one.item.by in AFTER_STATEMENT
    return is_later and facts.statement is None


def _filed(one: Arranged, row: DossierPaper) -> Document:
    return Document(
        name_zh=one.name_zh,
        name_en=one.name_en,
        number=row.document_number,
        on=row.issued_on,
        issuer=row.issuer,
        file=row.file,
        paper=row,
        at=row.at,
    )


def missing_lines(plan: Plan) -> list[DossierLine]:
    """The required lines without their papers: what a submission is blocked by."""
    return dossier_state(plan).missing
