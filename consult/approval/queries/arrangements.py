"""Reading what was filed for the dossier and the order the authority asks."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from consult.approval.dossier_lines import ITEMS, DossierItem, lines_of
from consult.approval.models import DossierArrangement, DossierPaper
from plans.register.models import Plan
from stakeholders.files.models import StoredFile
from stakeholders.templatetags.in_language import in_language
from stakeholders.terms.duty import Text
from stakeholders.terms.errors import NotVisible


@dataclass(frozen=True, kw_only=True)
class Arranged:
    """A line in its place. `left_out` is the reason why it is not handed up; `item` is None for a
    line of the authority's own."""

    key: str
    name_zh: str
    name_en: str
    is_required: bool
    left_out: str = ""
    item: DossierItem | None = None

    @property
    def name(self) -> str:
        return in_language(self, "name")

    @property
    def source(self) -> Text:
        return self.item.source if self.item else ""

    def as_dict(self) -> dict[str, object]:
        """As an arrangement keeps it."""
        return {
            "key": self.key,
            "zh": self.name_zh,
            "en": self.name_en,
            "is_required": self.is_required,
            "left_out": self.left_out,
        }


def newest_arrangement(plan: Plan) -> DossierArrangement | None:
    """The arrangement that counts. One query."""
    rows = DossierArrangement.objects.filter(plan=plan).select_related("mandate__user")
    return rows.order_by("-pk").first()


def arranged_lines(kind: str, arrangement: DossierArrangement | None) -> list[Arranged]:
    """The lines of a plan of this kind in their order. Pure.

    A line of the table that the arrangement does not name stands at the end: none gets lost.
    """
    said = json.loads(arrangement.lines) if arrangement else []
    found = [_said(kind, one) for one in said]
    known = {one.key for one in found}
    return found + [_usual(item, req) for item, req in lines_of(kind) if item.key not in known]


def _usual(item: DossierItem, is_required: bool) -> Arranged:
    return Arranged(
        key=item.key,
        name_zh=item.name_zh,
        name_en=item.name_en,
        is_required=is_required,
        item=item,
    )


def _said(kind: str, one: Mapping[str, Any]) -> Arranged:
    item = ITEMS.get(one["key"])
    usual = {known.key: is_required for known, is_required in lines_of(kind)}
    return Arranged(
        key=one["key"],
        name_zh=item.name_zh if item else one["zh"],
        name_en=item.name_en if item else one["en"],
        # The authority may ask for more than the rules do, never for less.
        is_required=usual.get(one["key"], False) or one["is_required"],
        left_out=one.get("left_out", ""),
        item=item,
    )


def papers_by_line(plan: Plan) -> dict[str, list[DossierPaper]]:
    """Line -> what was filed for it, newest first. One query."""
    rows = DossierPaper.objects.filter(plan=plan).select_related("file", "mandate__user")
    found: dict[str, list[DossierPaper]] = {}
    for row in rows.order_by("-pk"):
        found.setdefault(row.line, []).append(row)
    return found


def newest_papers(plans: Collection[int]) -> dict[int, dict[str, DossierPaper]]:
    """Plan id -> line -> the paper that counts. One query."""
    rows = DossierPaper.objects.filter(plan__in=plans).order_by("plan_id", "line", "-pk")
    found: dict[int, dict[str, DossierPaper]] = {}
    for row in rows.distinct("plan_id", "line"):
        found.setdefault(row.plan_id, {})[row.line] = row
    return found


def get_paper_file(plan: Plan, *, pk: int) -> StoredFile:
    """The file of a filed paper of a plan whose dossier the caller sees. NotVisible without one."""
    row = DossierPaper.objects.filter(plan=plan, pk=pk).select_related("file").first()
    if row is None or row.file is None:
        raise NotVisible
    return row.file
