"""Making the pieces of a package one by one, and putting them together."""

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from consult.approval.dossier_files.archive import write_archive
from consult.approval.dossier_files.merging import (
    Fault,
    Faulty,
    Part,
    pages_of,
    sound_pdf,
    write_volume,
)
from consult.approval.dossier_files.pieces import CATALOGUE, Piece
from consult.approval.dossier_files.volume import FORMATS, Leaf, cover_pdf, picture_pdf, sheet_pdf
from consult.approval.dossier_files.workplace import Workplace
from consult.approval.dossier_papers.catalogue import (
    catalogue_paper,
    document_text,
    fault_text,
    missing_text,
    state_text,
    statement_lines,
)
from consult.approval.dossier_papers.sheets import language
from consult.approval.dossier_papers.writing import made_file
from consult.approval.queries.dossier import Dossier, DossierLine
from consult.approval.queries.dossier_facts import Document
from consult.phase2_preparation.papers.docx_writing import write_docx
from consult.phase2_preparation.papers.pdf_writing import write_pdf
from consult.phase2_preparation.papers.shape import Paper, day_words
from stakeholders.files.models import StoredFile
from stakeholders.files.rules import require_served
from stakeholders.files.storage import place_of
from stakeholders.templatetags.in_language import in_language
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict, Invalid

ARCHIVE, VOLUME = "zip", "pdf"
TRIES = 3  # until the catalogue has as many pages as it counts with


def wanted_pieces(pieces: Sequence[Piece], *, form: str) -> list[Piece]:
    """Those a package takes: of a computed paper the volume takes the PDF only."""
    if form == ARCHIVE:
        return list(pieces)
    return [one for one in pieces if not one.is_made or one.kind == "pdf"]


def prepare(
    piece: Piece, *, actor: Actor, dossier: Dossier, form: str, place: Workplace, number: int
) -> int:
    """Make one piece and lay it at its place; says how many pages it has in a volume. Faulty."""
    if piece.is_made:
        try:
            content = made_file(
                actor=actor, dossier=dossier, code=piece.document.code, kind=piece.kind
            )
        except Invalid as error:  # more comments than a PDF holds
            raise Faulty(Fault.TOO_LARGE) from error
        place.put(number, content)
        return pages_of(content) if form == VOLUME else 0
    source = _source(piece.document.file)
    if form == ARCHIVE:
        return 0
    if piece.kind == "pdf":
        content, pages = sound_pdf(source)
    elif piece.kind in FORMATS:
        leaf = _leaf(dossier, title=piece.label)
        content, pages = picture_pdf(leaf, source, kind=piece.kind), 1
    else:
        raise Faulty(Fault.NO_PAGES)
    place.put(number, content)
    return pages


def _source(file: StoredFile | None) -> Path:
    if file is None:
        raise Faulty(Fault.GONE)
    try:
        require_served(stored=file, is_own=False)
    except Conflict as error:
        raise Faulty(Fault.HELD_BACK) from error
    path = place_of(file.sha256)
    if not path.is_file():
        raise Faulty(Fault.GONE)
    return path


def pack_archive(
    dossier: Dossier,
    pieces: Sequence[Piece],
    *,
    place: Workplace,
    faults: Mapping[str, Fault],
    target: BinaryIO,
) -> None:
    """The archive: first the catalogue, then every file in order. FileNotFoundError where what was
    made is gone."""
    catalogue = catalogue_paper(dossier, pieces, faults=faults)

    def files() -> Iterator[tuple[str, bytes | Path]]:
        yield f"{CATALOGUE}.docx", _docx(catalogue)
        yield f"{CATALOGUE}.pdf", write_pdf(catalogue)
        for number, piece in enumerate(pieces):
            if piece.name in faults:
                continue
            file = piece.document.file
            source = place_of(file.sha256) if file and not piece.is_made else place.path(number)
            yield piece.name, source

    write_archive(files(), target)


def pack_volume(
    dossier: Dossier,
    pieces: Sequence[Piece],
    *,
    place: Workplace,
    faults: Mapping[str, Fault],
    counts: Mapping[str, int],
    target: BinaryIO,
) -> int:
    """The volume: cover, catalogue with page numbers, then a sheet and the papers of each line;
    says how many pages. FileNotFoundError where what was made is gone."""
    cover = _part(cover_pdf(_cover(dossier)), _("Cover"))
    body: list[tuple[str, list[Part]]] = []
    for line in dossier.lines:
        parts = [
            _part(sheet_pdf(_sheet(dossier, line, pieces, faults)), f"{line.sign} {line.name}")
        ]
        for number, piece in enumerate(pieces):
            if piece.line.key == line.key and piece.name not in faults:
                parts.append(Part(path=place.path(number), pages=counts[piece.name]))
        body.append((line.key, parts))
    catalogue = _catalogue(dossier, pieces, faults=faults, body=body, before=cover.pages)
    parts = [cover, catalogue, *(part for _key, found in body for part in found)]
    return write_volume(parts, target, title=_title(dossier))


def _catalogue(
    dossier: Dossier,
    pieces: Sequence[Piece],
    *,
    faults: Mapping[str, Fault],
    body: Sequence[tuple[str, Sequence[Part]]],
    before: int,
) -> Part:
    """The catalogue names pages that depend on its own length: made until both agree."""
    length = 1
    for _try in range(TRIES):
        first: dict[str, int] = {}
        page = before + length + 1
        for key, parts in body:
            first[key] = page
            page += sum(part.pages for part in parts)
        made = _part(
            write_pdf(catalogue_paper(dossier, pieces, faults=faults, pages=first)), _("Catalogue")
        )
        if made.pages == length:
            break
        length = made.pages
    return made


def _part(content: bytes, bookmark: str) -> Part:
    return Part(content=content, pages=pages_of(content), bookmark=bookmark)


def _title(dossier: Dossier) -> str:
    return _("Dossier of %(plan)s") % {"plan": in_language(dossier.plan, "title")}


def _leaf(dossier: Dossier, *, title: str, **said: object) -> Leaf:
    notices: tuple[str, ...] = ()
    if dossier.plan.is_demonstration:
        notices = (_("Demonstration: names and opinions are made up."),)
    return Leaf(title=title, language=language(), at=dossier.at, notices=notices, **said)  # type: ignore[arg-type]


def _cover(dossier: Dossier) -> Leaf:
    warnings = [missing_text(dossier)] if dossier.missing else []
    warnings += [
        _("Left out: %(name)s. %(reason)s")
        % {"name": f"{one.sign} {one.name}", "reason": one.reason}
        for one in dossier.left_out
        if one.is_required
    ]
    parties = [str(name) for name in _parties(dossier)]
    return _leaf(
        dossier,
        title=_("Dossier handed up for approval"),
        lines=(in_language(dossier.plan, "title"), *statement_lines(dossier)),
        warnings=warnings,
        foot=(*parties, day_words(localtime(dossier.at).date())),
    )


def _parties(dossier: Dossier) -> list[str]:
    names = [one["name"] for one in dossier.facts.parties]
    shown = [
        in_language({"name_zh": one.get("zh"), "name_en": one.get("en")}, "name") for one in names
    ]
    return shown if len(shown) <= 12 else [_("%(number)s parties") % {"number": len(shown)}]


def _sheet(
    dossier: Dossier, line: DossierLine, pieces: Sequence[Piece], faults: Mapping[str, Fault]
) -> Leaf:
    """What a line holds, and where to find what could not be placed here."""
    lines = [_described(one) for one in line.documents]
    warnings = [] if line.is_there else [state_text(line)]
    for piece in pieces:
        if piece.line.key == line.key and piece.name in faults:
            warnings.append(
                _("%(name)s: %(fault)s; see the electronic file %(sign)s")
                % {
                    "name": piece.document.name,
                    "fault": fault_text(faults[piece.name]),
                    "sign": piece.sign,
                }
            )
    return _leaf(dossier, title=line.name, sign=line.sign, lines=lines, warnings=warnings)


def _described(one: Document) -> str:
    said = document_text(one)
    if one.is_on_paper:
        said = f"{said} {_('(handed up on paper)')}".strip()
    return f"{one.name}  {said}".strip()


def _docx(paper: Paper) -> bytes:
    target = BytesIO()
    write_docx(paper, target)
    return target.getvalue()
