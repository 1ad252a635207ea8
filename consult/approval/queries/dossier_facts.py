"""What the platform itself knows of the papers of a dossier, line by line."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from consult.approval.dossier_lines import By, DossierItem
from consult.approval.models import DossierPaper
from consult.phase1_organization.base_set import BaseSet, base_set
from consult.phase1_organization.enums import BaseState
from consult.phase2_preparation.checklists import PAPERS
from consult.phase2_preparation.enums import RoundKind
from consult.phase2_preparation.models import CollectiveOpinion, DisplayFinish, PaperEntry, Round
from consult.phase2_preparation.queries import past_rounds
from consult.phase2_preparation.queries.checklists import Standing, line_of, newest_entries
from consult.phase2_preparation.queries.neighbours import Neighbour, neighbour_opinions
from consult.phase3_identification.models import CommonStatement, Declaration
from consult.phase3_identification.queries import current_sign_off, statement_of
from consult.phase3_identification.queries.positions import newest_declarations
from plans.register.enums import ItemKind
from plans.register.models import Plan
from stakeholders.files.models import StoredFile
from stakeholders.templatetags.in_language import in_language
from stakeholders.terms import clock
from stakeholders.terms.duty import Text

BOTH = ("docx", "pdf")


@dataclass(frozen=True, kw_only=True)
class Document:
    """One paper of a line: computed under `code` in each of `kinds`, or filed (`file` may be
    missing where only its number is known: then it is handed up on paper)."""

    name_zh: str
    name_en: str
    code: str = ""
    kinds: Sequence[str] = ()
    number: str = ""
    on: date | None = None
    issuer: str = ""
    file: StoredFile | None = None
    paper: DossierPaper | None = None
    at: datetime | None = None

    @property
    def name(self) -> str:
        return in_language(self, "name")

    @property
    def is_on_paper(self) -> bool:
        """Whether nothing of it lies on the platform but its number."""
        return not self.code and self.file is None


@dataclass(frozen=True, kw_only=True)
class Found:
    """What the platform has for a line; `waived`: why another party agreed it is not needed."""

    documents: Sequence[Document] = ()
    is_there: bool = False
    is_filed: bool = False
    applies: bool = True
    lacks: Text = ""
    owed_by: Text = ""
    waived: str = ""


NOTHING = Found()


class Names:
    """Names in the language of the moment they are shown in."""

    def __init__(self, pairs: Sequence[tuple[str, str]]) -> None:
        self._pairs = pairs

    def __str__(self) -> str:
        if (get_language() or "").startswith("en"):
            return "; ".join(en or zh for zh, en in self._pairs)
        return "、".join(zh or en for zh, en in self._pairs)


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Everything read at once; `content` is the statement's."""

    plan: Plan
    statement: CommonStatement | None
    content: Mapping[str, Any]
    base: BaseSet
    rounds: Sequence[Round]
    displays: Sequence[DisplayFinish]
    collectives: Sequence[CollectiveOpinion]
    entries: Mapping[str, PaperEntry]
    neighbours: Sequence[Neighbour]
    declarations: Mapping[str, Declaration]
    signed: frozenset[str]
    has_tables: bool

    @cached_property
    def parties(self) -> list[Mapping[str, Any]]:
        """The parties of the statement."""
        return list(self.content.get("parties", []))

    def of(self, item: DossierItem | None) -> Found:
        """What is known for a line; nothing for one of the authority's own. Pure."""
        if item is None:
            return NOTHING
        read: Mapping[By, Callable[[DossierItem], Found]] = {
            By.BASE: self._base,
            By.ROUNDS: self._rounds,
            By.DISPLAY: self._displays,
            By.EXPERTS: self._experts,
            By.CHECKLIST: self._checklist,
            By.NEIGHBOURS: self._neighbours,
            By.DECISIONS: self._decisions,
            By.STATEMENT: self._statement,
            By.SHEET: self._sheet,
            By.TEXT: self._text,
            By.TABLES: self._tables,
            By.LEFT: self._left,
        }
        return read[item.by](item) if item.by in read else NOTHING

    def _base(self, item: DossierItem) -> Found:
        if self.base.agreed is None:
            return NOTHING
        made = _made("base", "底图底数确认书", "Confirmation of base map and base figures")
        if self.base.state is not BaseState.AGREED:
            lacks = _("The base set changed after the parties had agreed on it.")
            return Found(documents=(made,), lacks=lacks)
        return Found(documents=(made,), is_there=True)

    def _rounds(self, item: DossierItem) -> Found:
        documents = [
            _made(
                f"adoption-{one.number}",
                f"意见采纳情况表（第{one.number}轮）",
                f"Opinion adoption table (round {one.number})",
            )
            for one in self.rounds
        ]
        lacks = _("No comment round is over.")
        return Found(documents=documents, is_there=bool(documents), lacks=lacks)

    def _displays(self, item: DossierItem) -> Found:
        documents: list[Document] = []
        for one in self.displays:
            number = one.sheet.round.number
            made = _made(
                f"display-{number}",
                f"公示情况说明（第{number}轮）",
                f"Result of the public display (round {number})",
                number=one.document_number,
                on=one.issued_on,
                issuer=one.issuer,
            )
            documents.append(made)
            if one.sheet.file is not None:
                documents.append(_kept("公示证明", "Proof of the display", one.sheet.file))
        if documents:
            return Found(documents=documents, is_there=True)
        return self._checklist(item)

    def _experts(self, item: DossierItem) -> Found:
        documents: list[Document] = []
        for one in self.collectives:
            made = _made(
                f"experts-{one.number}",
                f"专家组论证意见（{one}）",
                f"Collective expert opinion ({one})",
                on=one.held_on,
            )
            documents.append(made)
            if one.file is not None:
                documents.append(_kept("专家签名页", "Signed copy of the experts", one.file))
        if documents:
            return Found(documents=documents, is_there=True)
        return self._checklist(item)

    def _checklist(self, item: DossierItem) -> Found:
        """What joint preparation filed, or agreed not to need."""
        entry = self.entries.get(item.paper)
        if entry is None:
            return NOTHING
        line = line_of(PAPERS[item.paper], is_required=True, entry=entry, is_fact=False)
        if line.standing is Standing.WAIVED:
            return Found(waived=entry.reason)
        if line.standing is not Standing.DONE:
            return NOTHING
        document = Document(
            name_zh=item.name_zh,
            name_en=item.name_en,
            number=entry.document_number,
            on=entry.issued_on,
            issuer=entry.issuer,
            file=entry.file,
            at=entry.at,
        )
        return Found(documents=(document,), is_there=True, is_filed=True)

    def _neighbours(self, item: DossierItem) -> Found:
        documents = [_made("neighbours", "毗邻方书面意见表", "Table of the neighbours' opinions")]
        for one in self.neighbours:
            for written in one.written:
                if written.file is not None:
                    unit = one.jurisdiction
                    zh, en = f"{unit.name_zh}意见", f"Opinion of {unit.name_en_unique}"
                    documents.append(
                        _kept(zh, en, written.file, written.letter_number, written.letter_on)
                    )
        owing = [one for one in self.neighbours if one.is_missing or not one.is_answered]
        if not owing:
            return Found(documents=documents, is_there=True)
        return Found(
            documents=documents,
            lacks=format_lazy(_("Not written or not answered yet: {names}."), names=_units(owing)),
            owed_by=_units(owing) if all(one.is_missing for one in owing) else "",
        )

    def _decisions(self, item: DossierItem) -> Found:
        if self.statement is None:
            return NOTHING
        documents = [_made("deliberation", "各方政府审议情况表", "Table of deliberations")]
        for row in self.declarations.values():
            if row.letter_file is not None:
                unit = row.jurisdiction
                letter = json.loads(row.content).get("letter") or {}
                documents.append(
                    _kept(
                        f"{unit.name_zh}认定意见函",
                        f"Letter of {unit.name_en_unique}",
                        row.letter_file,
                        letter.get("number") or "",
                    )
                )
        silent = [one for one in self.parties if not _decided(one)]
        if not silent:
            return Found(documents=documents, is_there=True)
        names = _named(silent)
        lacks = format_lazy(_("It is not said who decided in: {names}."), names=names)
        return Found(documents=documents, lacks=lacks, owed_by=names)

    def _statement(self, item: DossierItem) -> Found:
        return self._after(_made("statement", item.name_zh, item.name_en))

    def _sheet(self, item: DossierItem) -> Found:
        if self.statement is None:
            return NOTHING
        made = _made("sheet", item.name_zh, item.name_en)
        unsigned = [one for one in self.parties if one["code"] not in self.signed]
        if not unsigned:
            return Found(documents=(made,), is_there=True)
        names = _named(unsigned)
        lacks = format_lazy(_("Not signed yet by: {names}."), names=names)
        return Found(documents=(made,), lacks=lacks, owed_by=names)

    def _text(self, item: DossierItem) -> Found:
        return self._after(_made("text", item.name_zh, item.name_en))

    def _tables(self, item: DossierItem) -> Found:
        if not self.has_tables:
            return Found(applies=False)
        return self._after(_made("tables", item.name_zh, item.name_en))

    def _left(self, item: DossierItem) -> Found:
        return self._after(_made("left-open", item.name_zh, item.name_en))

    def _after(self, made: Document) -> Found:
        if self.statement is None:
            return NOTHING
        return Found(documents=(made,), is_there=True)


def facts_of(plan: Plan) -> Facts:
    """Reads them all. The number of queries does not grow with rounds, comments or parties."""
    sign_off = current_sign_off(plan)
    statement = statement_of(sign_off)
    rounds = past_rounds(plan, at=clock.now()).filter(recalled_at__isnull=True)
    displays = DisplayFinish.objects.filter(
        sheet__round__plan=plan, sheet__round__kind=RoundKind.DISPLAY
    ).select_related("sheet__round", "sheet__file")
    collectives = CollectiveOpinion.objects.filter(plan=plan, finished_at__isnull=False)
    return Facts(
        plan=plan,
        statement=statement,
        content=json.loads(statement.content) if statement else {},
        base=base_set(plan),
        rounds=list(rounds.order_by("number")),
        displays=list(displays.order_by("sheet__round__number")),
        collectives=list(collectives.select_related("file", "revision").order_by("number")),
        entries=newest_entries([plan.pk]).get(plan.pk, {}),
        neighbours=neighbour_opinions(plan),
        declarations=_declarations(statement),
        signed=_signed(statement),
        has_tables=_has_tables(statement),
    )


def _declarations(statement: CommonStatement | None) -> Mapping[str, Declaration]:
    if statement is None:
        return {}
    found = newest_declarations(statement.sign_off)
    files = StoredFile.objects.in_bulk([row.letter_file_id for row in found.values()])
    for row in found.values():
        row.letter_file = files.get(row.letter_file_id)
    return dict(sorted(found.items()))


def _signed(statement: CommonStatement | None) -> frozenset[str]:
    if statement is None:
        return frozenset()
    return frozenset(map(str, statement.signatures.values_list("jurisdiction_id", flat=True)))


def _has_tables(statement: CommonStatement | None) -> bool:
    kinds = (ItemKind.INDICATOR, ItemKind.STANDARD)
    if statement is None:
        return False
    return statement.revision.entries.filter(item__kind__in=kinds).exists()


def _decided(party: Mapping[str, Any]) -> bool:
    letter = party.get("letter") or {}
    return bool(party.get("decided_by") or letter.get("number"))


def _named(parties: Sequence[Mapping[str, Any]]) -> Names:
    return Names([(one["name"].get("zh", ""), one["name"].get("en", "")) for one in parties])


def _units(neighbours: Sequence[Neighbour]) -> Names:
    units = [one.jurisdiction for one in neighbours]
    return Names([(unit.name_zh, unit.name_en_unique) for unit in units])


def _made(code: str, zh: str, en: str, **issued: Any) -> Document:
    return Document(name_zh=zh, name_en=en, code=code, kinds=BOTH, **issued)


def _kept(zh: str, en: str, file: StoredFile, number: str = "", on: date | None = None) -> Document:
    return Document(name_zh=zh, name_en=en, file=file, number=number, on=on)
