"""The text of the plan: every revision as bundle, Word and PDF, and the attachments."""

from collections.abc import Iterator
from functools import partial
from typing import BinaryIO

from django.db.models import Exists, OuterRef

from consult.archive.enums import PaperKind, Section, Words
from consult.archive.pieces import Piece, State, day_of, text_writer, upload_piece
from consult.phase1_organization.base_set import PURPOSES
from plans.register.enums import Classification
from plans.register.models import Attachment, Revision, RevisionItem
from plans.register.queries import bundle_of, revisions_of
from plans.text.documents.files import write
from plans.text.queries import Choice, exported
from stakeholders.terms import canonical

SECTION = Section.TEXT
# How the canonical content of a provision says that it is not open, the strictest first.
MARKS = [
    (f"has_{value}", f'"classification":"{value}"')
    for value in (Classification.INTERNAL.value, Classification.ON_REQUEST.value)
]


def texts(state: State) -> Iterator[Piece]:
    held = RevisionItem.objects.filter(revision=OuterRef("pk"))
    revisions = revisions_of(state.plan).annotate(
        **{name: Exists(held.filter(version__content__contains=mark)) for name, mark in MARKS}
    )
    for one in revisions.order_by("number"):
        yield from _revision(state, one)
    files = Attachment.objects.filter(plan=state.plan).exclude(purpose__in=PURPOSES)
    for row in files.select_related("file", "item").order_by("pk"):
        yield upload_piece(
            row.file,
            section=SECTION,
            stem=f"attachments/{row.purpose}-{row.pk}",
            title=(row.title_zh, row.title_en),
            kind=PaperKind.ATTACHMENT,
            day=day_of(row.added_at),
            openness=row.classification,
        )


def _revision(state: State, one: Revision) -> Iterator[Piece]:
    """In the authentic language; the bundle has both."""
    stage = one.get_stage_display()
    title: Words = (f"第{one.number}版（{stage}）", f"Revision R{one.number} ({one.stage})")
    parts = (
        ("bundle.json", ("全文数据包", "bundle"), text_writer(partial(bundle_of, one))),
        ("text.docx", ("Word文本", "Word"), partial(_document, state, one, "docx")),
        ("text.pdf", ("PDF文本", "PDF"), partial(_document, state, one, "pdf")),
    )
    for name, words, writer in parts:
        yield Piece(
            section=SECTION,
            path=f"{SECTION}/R{one.number}/{name}",
            title=(f"{title[0]}{words[0]}", f"{title[1]}, {words[1]}"),
            kind=PaperKind.TEXT,
            day=day_of(one.published_at),
            number=f"R{one.number}",
            openness=_openness(one),
            write=writer,
            stamp=_stamp(state, one),
        )


def _stamp(state: State, one: Revision) -> str:
    """What the files of a revision show besides its frozen text: names of the plan."""
    plan = state.plan
    return canonical.digest_of([one.hash, plan.title_zh, plan.title_en, plan.short_zh])


def _openness(one: Revision) -> str:
    """The strictest classification of the provisions it holds."""
    found = (name.removeprefix("has_") for name, _mark in MARKS if getattr(one, name))
    return next(found, str(Classification.OPEN.value))


def _document(state: State, one: Revision, kind: str, target: BinaryIO) -> None:
    choice = Choice(languages="en" if state.plan.authentic_language == "en" else "zh")
    document, edition = exported(state.plan, revision=one, choice=choice)
    target.write(write(document, edition, kind=kind))
