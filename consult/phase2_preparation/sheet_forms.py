"""A round's comment form, filled in with what its reader may see: asked, drafted, or decided."""

import uuid
from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import override

from consult.phase2_preparation.comment_sheets.comparing import Entry, Words, row_of
from consult.phase2_preparation.comment_sheets.places import parted
from consult.phase2_preparation.comment_sheets.shape import (
    CommentForm,
    FormKind,
    FormRow,
    Reference,
)
from consult.phase2_preparation.comment_sheets.words import EN, TYPE_WORDS, ZH
from consult.phase2_preparation.models import Round
from consult.phase2_preparation.queries import own_code, visible_drafts
from consult.phase2_preparation.queries.dispositions import Row, disposition_table, rows_of
from consult.phase2_preparation.queries.sheets import (
    WORDS,
    entries_to_comment,
    held_drafts,
    minute,
    unambiguous,
)
from plans.register.models import Plan
from plans.register.queries import names_of
from stakeholders.templatetags.in_language import in_language
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import NotVisible

PROVISIONS, BLANK, DRAFTS, COMPILED = "provisions", "blank", "drafts", "compiled"
WHATS: Final = (PROVISIONS, BLANK, DRAFTS, COMPILED)
SPARE = 30
_KINDS: Final = {
    PROVISIONS: FormKind.EMPTY,
    BLANK: FormKind.EMPTY,
    DRAFTS: FormKind.DRAFTS,
    COMPILED: FormKind.COMPILED,
}
_NAMES: Final = {
    ZH: {
        FormKind.EMPTY: "征求意见表",
        FormKind.DRAFTS: "我方意见",
        FormKind.COMPILED: "意见汇总处理表",
    },
    EN: {
        FormKind.EMPTY: "comment-form",
        FormKind.DRAFTS: "our-comments",
        FormKind.COMPILED: "compiled",
    },
}


def comment_form(*, actor: Actor, plan: Plan, one: Round, what: str, language: str) -> CommentForm:
    """The form `what` (provisions, blank, drafts, compiled) with headings in zh or en.

    NotVisible for an unknown one, and for drafts of who sees the inside of no jurisdiction.
    """
    code = own_code(actor)
    if what not in WHATS or language not in (ZH, EN) or (what == DRAFTS and code is None):
        raise NotVisible
    with override("zh-hans" if language == ZH else "en"):
        rows = _rows(actor=actor, plan=plan, one=one, what=what, language=language)
        return CommentForm(
            language=language,
            title=_title(plan, one, what),
            notes=_notes(plan, what),
            reference=Reference(
                plan=plan.key,
                round=one.number,
                revision=one.revision.number,
                body=code or "",
                kind=_KINDS[what],
                at=minute(clock.now()),
            ),
            types=list(TYPE_WORDS[language].values()),
            rows=rows,
            has_ids=what != COMPILED,
        )


def file_name(form: CommentForm, *, kind: str) -> str:
    """310118_YRD-QWJ-2026_RD2_征求意见表.xlsx"""
    about = form.reference
    parts = [about.body, about.plan, f"RD{about.round}", _NAMES[form.language][about.kind]]
    return f"{'_'.join(part for part in parts if part)}.{kind}"


def _title(plan: Plan, one: Round, what: str) -> str:
    name = in_language(plan, "title")
    if what == COMPILED:
        text = _("%(plan)s: comments of round %(number)s and their dispositions")
    else:
        text = _("Comment form: %(plan)s, round %(number)s")
    return text % {"plan": name, "number": one.number}


def _notes(plan: Plan, what: str) -> list[str]:
    notes = []
    if plan.is_demonstration:
        notes.append(_("Demonstration: names and opinions are made up."))
    if what != COMPILED:
        notes += [
            _("One comment a row. Type: Ge (general), Te (technical) or Ed (editorial)."),
            _("Clause: the article commented on; left empty, the comment is on the whole."),
            _("Rows may be added and deleted. Leave the line with the reference as it is."),
        ]
    return notes


def _rows(*, actor: Actor, plan: Plan, one: Round, what: str, language: str) -> list[FormRow]:
    if what == COMPILED:
        return _compiled(actor=actor, plan=plan, one=one, language=language)
    code = own_code(actor)
    unit = names_of([code]).get(code) if code else None
    body = f"{code} {unit}" if unit else ""
    if what == BLANK:
        return [FormRow(body=body, id=str(uuid.uuid4())) for _row in range(SPARE)]
    entries, _found = entries_to_comment(one)
    if what == PROVISIONS:
        signs = unambiguous(entries)
        return [
            FormRow(body=body, clause=signs[e.key].named(language), id=str(uuid.uuid4()))
            for e in entries
            if e.is_asked
        ]
    return _drafts(actor, one, entries, body=body, language=language)


def _drafts(
    actor: Actor, one: Round, entries: Sequence[Entry], *, body: str, language: str
) -> list[FormRow]:
    shown = {str(key) for key in visible_drafts(actor=actor, one=one).values_list("key", flat=True)}
    signs = unambiguous(entries)
    order = {entry.key: place for place, entry in enumerate(entries, start=1)}
    held = [h for key, h in held_drafts(code=actor.jurisdiction, one=one).items() if key in shown]
    held.sort(key=lambda h: order.get(h.words.item, 0))
    rows = []
    for draft in held:
        row = row_of(draft, entry=signs.get(draft.words.item), body=body, language=language)
        rows.append(row)
    return rows


def _compiled(*, actor: Actor, plan: Plan, one: Round, language: str) -> list[FormRow]:
    """The comments the reader may see with the dispositions the reader may see."""
    comments = disposition_table(actor=actor, plan=plan, filters={"round": str(one.number)})
    entries, _found = entries_to_comment(one)
    signs = unambiguous(entries)
    return [_observed(row, signs=signs, language=language) for row in rows_of(list(comments))]


def _observed(row: Row, *, signs: dict[str, Entry], language: str) -> FormRow:
    comment = row.comment
    words = Words(type=comment.type, **{name: getattr(comment, name) for name in WORDS})
    line, place, text = parted(words.shown("text", language=language))
    entry = signs.get(comment.item.key) if comment.item else None
    return FormRow(
        body=f"{comment.commenter} {comment}",
        line=line,
        clause=entry.named(language) if entry else "",
        place=place,
        type=TYPE_WORDS[language].get(comment.type, ""),
        comment=text,
        change=words.shown("wording", language=language),
        observation=_observation(row),
    )


def _observation(row: Row) -> str:
    decided = row.disposition
    if decided is None:
        return ""
    parts = [str(decided.get_outcome_display()), in_language(decided, "reason")]
    if decided.matter is not None:
        parts.append(str(decided.matter.key))
    return "\n".join(part for part in parts if part)
