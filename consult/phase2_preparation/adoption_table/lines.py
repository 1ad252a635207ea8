"""Reading the table: one line for each comment that the filter shows, piece by piece."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from consult.phase2_preparation.adoption_table.aliases import Who
from consult.phase2_preparation.enums import Source
from consult.phase2_preparation.models import Comment
from consult.phase2_preparation.queries.dispositions import (
    Row,
    disposition_table,
    rows_of,
    sharing,
)
from consult.phase2_preparation.queries.places import Places
from plans.register.models import Plan
from plans.templatetags.plan_rooms import article_label
from stakeholders.templatetags.in_language import in_language
from stakeholders.terms.actor import Actor

PIECE = 1_000  # comments read at once


@dataclass(frozen=True, kw_only=True)
class Line:
    """One comment as the table tells it, in the language it was read in. JSON can hold it.

    `who` is (source, key), as `aliases` counts; `at` is the latest instant of what it holds.
    """

    number: int
    label: str
    who: Who
    name: str
    round: int
    article: str
    opinion: str
    outcome: str
    reason: str
    places: str
    is_late: bool
    answer: str
    is_internal: bool
    at: str

    @classmethod
    def of(cls, held: Mapping[str, object]) -> "Line":
        """From what `as_dict` gave."""
        return cls(**{**held, "who": tuple(held["who"])})  # type: ignore[arg-type]

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


def found_comments(*, actor: Actor, plan: Plan, filters: Mapping[str, str]) -> QuerySet[Comment]:
    """Exactly the comments that the page shows with these filters to this reader, by number."""
    return disposition_table(actor=actor, plan=plan, filters=filters).order_by("number")


def read_lines(found: QuerySet[Comment], *, plan: Plan, after: int) -> list[Line]:
    """The next lines after comment number `after`, PIECE at most."""
    rows = rows_of(list(sharing(found).filter(number__gt=after)[:PIECE]))
    places = Places(plan, rows)
    return [_line(row, places) for row in rows]


def _line(row: Row, places: Places) -> Line:
    comment, disposition, answer = row.comment, row.disposition, row.answer
    reply = comment.reply
    instants: list[datetime] = [reply.at]
    if disposition is not None:
        instants.append(disposition.at)
    if disposition is not None and row.is_published:
        instants.append(disposition.publication.at)
    if answer is not None:
        instants.append(answer.at)
    changed = places.of(row, since=reply.round.revision.number)
    article = getattr(comment, "article", None)
    return Line(
        number=comment.number,
        label=str(comment),
        who=_who(comment),
        name=comment.commenter,
        round=reply.round.number,
        article=str(article_label(article)) if article else _("On the whole"),
        opinion=_opinion(comment),
        outcome=disposition.outcome if disposition else "",
        reason=_reason(row),
        places="\n".join(str(one) for one in changed),
        is_late=reply.is_admitted_late,
        answer=_answer(row),
        is_internal=disposition is not None and not row.is_published,
        at=max(instants).isoformat(),
    )


def _who(comment: Comment) -> Who:
    reply = comment.reply
    if comment.jurisdiction_id is not None:
        return (Source.PARTY.value, comment.jurisdiction_id)
    if reply.organization_id is not None and not hasattr(reply, "expert_opinion"):
        return (reply.source, f"organization:{reply.organization_id}")
    return (reply.source, f"reply:{reply.pk}")


def _opinion(comment: Comment) -> str:
    text, wording = in_language(comment, "text"), in_language(comment, "wording")
    if not wording:
        return text
    return f"{text}\n{_('Proposed wording: %(wording)s') % {'wording': wording}}"


def _reason(row: Row) -> str:
    if row.disposition is None:
        return ""
    reason = in_language(row.disposition, "reason")
    matter = row.disposition.matter
    if matter is None:
        return reason
    named = _("Matter %(key)s: %(title)s") % {
        "key": matter.key,
        "title": in_language(matter, "title"),
    }
    return f"{reason}\n{named}" if reason else named


def _answer(row: Row) -> str:
    if row.answer is None:
        return ""
    said = (
        _("accepted by the commenter") if row.answer.accepts else _("not accepted by the commenter")
    )
    return f"{said}: {row.answer.text}" if row.answer.text else str(said)
