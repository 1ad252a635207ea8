"""A common statement read for papers, pages and programs: its parties with letters and signatures."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from consult.ballots.enums import PositionValue
from consult.phase3_identification.board import spoken
from consult.phase3_identification.models import CommonStatement, Signature, StatementNumber
from consult.phase3_identification.queries import mandates_named, number_of, signatures_of
from plans.register.models import Plan
from stakeholders.people.models import Mandate
from stakeholders.templatetags.in_language import in_language

NO_STATEMENT = gettext_lazy(
    "There is no common statement: it is composed when the sign-off closes with every item passed."
)


@dataclass(frozen=True, kw_only=True)
class StatedParty:
    """One party of a statement: what it said on which letter, and its signature, if it is there."""

    code: str
    name: str
    position: str
    has_spoken: bool
    letter: str
    letter_on: date | None
    decided_by: str
    signatory: str
    mandate: Mandate | None
    receipt: str
    at: datetime | None
    signature: Signature | None

    @property
    def mandate_letter(self) -> str:
        return self.mandate.document if self.mandate else ""


@dataclass(frozen=True, kw_only=True)
class Stated:
    plan: Plan
    statement: CommonStatement
    content: Mapping[str, Any]
    number: StatementNumber | None
    signatures: Mapping[str, Signature]
    mandates: Mapping[int, Mandate]

    @property
    def title(self) -> str:
        """Of the papers: it names the plan and, for a part, says so."""
        text = _("Common statement on “%(title)s”")
        if self.statement.is_part:
            text = _("Common statement on some items of “%(title)s”")
        return text % {"title": spoken(self.content["plan"]["title"])}

    @property
    def number_line(self) -> str:
        """The document number (文号), or room to write it."""
        told = self.number.number if self.number else "＿" * 10
        return _("Document number: %(number)s") % {"number": told}

    @property
    def at(self) -> datetime:
        """When the papers last changed: the close, the number, the newest signature."""
        known = [row.at for row in self.signatures.values()]
        known += [self.number.at] if self.number else []
        return max([self.statement.at, *known])

    @cached_property
    def names(self) -> dict[str, str]:
        return {str(row["code"]): spoken(row["name"]) for row in self.content["parties"]}

    @cached_property
    def parties(self) -> Sequence[StatedParty]:
        return [self._party(row) for row in self.content["parties"]]

    @property
    def unsigned(self) -> Sequence[StatedParty]:
        return [one for one in self.parties if one.signature is None]

    @property
    def receipt_texts(self) -> dict[str, str]:
        """Code -> what the QR code of a party's receipt holds."""
        return {
            one.code: coded(self.plan, "receipt", one.receipt)
            for one in self.parties
            if one.receipt
        }

    def _party(self, row: Mapping[str, Any]) -> StatedParty:
        code, letter = str(row["code"]), row["letter"] or {}
        mandate = self.mandates.get(row["mandate"] or 0)
        said = str(row["signatory"])
        return StatedParty(
            code=code,
            name=self.names[code],
            position=self._position(row),
            has_spoken=bool(row["general"]),
            letter=str(letter.get("number") or ""),
            letter_on=parse_date(letter["on"]) if letter.get("on") else None,
            decided_by=str(row["decided_by"]),
            signatory=in_language(mandate.user, "name") if mandate else said,
            mandate=mandate,
            receipt=str(row["receipt"]),
            at=parse_datetime(row["at"]) if row["at"] else None,
            signature=self.signatures.get(code),
        )

    def _position(self, row: Mapping[str, Any]) -> str:
        general = str(row["general"])
        if not general:
            return _("Silent")
        told = [str(PositionValue(general).label)]
        for kind, words in (
            ("reservations", _("with reservations")),
            ("objections", _("with objections")),
        ):
            if any(one["party"] == row["code"] for one in self.content[kind]):
                told.append(words)
        return pgettext("between clauses", ", ").join(told)


def stated(*, plan: Plan, statement: CommonStatement) -> Stated:
    """The statement with what stands beside its text. Three queries."""
    content = json.loads(statement.content)
    return Stated(
        plan=plan,
        statement=statement,
        content=content,
        number=number_of(statement),
        signatures={str(row.jurisdiction_id): row for row in signatures_of(statement)},
        mandates=mandates_named(row["mandate"] or 0 for row in content["parties"]),
    )


def coded(plan: Plan, kind: str, digest: str) -> str:
    """What a QR code holds: `jointplan:KEY:statement:sha256:…`, `jointplan:KEY:receipt:sha256:…`."""
    return f"jointplan:{plan.key}:{kind}:{digest}"


def short_hash(digest: str) -> str:
    """The first sixteen signs of a hash in fours, as people compare them."""
    signs = digest.partition(":")[2][:16]
    return " ".join(signs[at : at + 4] for at in range(0, len(signs), 4))
