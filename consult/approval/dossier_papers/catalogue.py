"""The catalogue (目录) of a dossier: every line with its papers and its state. What is missing or
left out is listed like everything else."""

from collections.abc import Mapping, Sequence

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from consult.approval.dossier_files.merging import Fault
from consult.approval.dossier_files.pieces import Piece
from consult.approval.dossier_papers.sheets import grid, paper_of
from consult.approval.queries.dossier import Dossier, DossierLine, Standing
from consult.approval.queries.dossier_facts import Document
from consult.phase2_preparation.papers.shape import Block, Cells, Paper, Paragraph, day_words


def catalogue_paper(
    dossier: Dossier,
    pieces: Sequence[Piece],
    *,
    faults: Mapping[str, Fault],
    pages: Mapping[str, int] | None = None,
) -> Paper:
    """Of an archive (file names) or, with `pages` (line -> its first page), of a volume. `faults`
    are by the name of the file."""
    rows = [_row(line, pieces, faults=faults, pages=pages) for line in dossier.lines]
    last = _("Page") if pages is not None else _("Files")
    heads = (
        _("No."),
        pgettext("dossier", "Paper"),
        pgettext("dossier", "Document"),
        _("State"),
        last,
    )
    widths = (8, 34, 26, 22, 10) if pages is not None else (7, 26, 21, 16, 30)
    blocks: list[Block] = [grid(heads, widths, rows)]
    if dossier.missing:
        blocks.insert(0, Paragraph(text=missing_text(dossier)))
    return paper_of(
        dossier.plan,
        title=_("Catalogue of the dossier"),
        at=dossier.at,
        lines=statement_lines(dossier),
        blocks=blocks,
    )


def missing_text(dossier: Dossier) -> str:
    """Which required papers are missing, in one sentence."""
    names = _("; ").join(f"{one.sign} {one.name}" for one in dossier.missing)
    return _("Required papers are missing: %(names)s.") % {"names": names}


def statement_lines(dossier: Dossier) -> tuple[str, ...]:
    """By which statement the dossier is told apart from a later one."""
    if dossier.statement is None:
        return (_("There is no common statement yet"),)
    digits = dossier.statement.hash.rpartition(":")[2][:16]
    said = _("Common statement of %(day)s, check number %(digits)s")
    return (said % {"day": day_words(localtime(dossier.statement.at).date()), "digits": digits},)


def state_text(line: DossierLine) -> str:
    """The state of a line in words, with the reason."""
    words = {
        Standing.FILED: pgettext("dossier", "Filed"),
        Standing.COMPUTED: _("Written by the platform"),
        Standing.MISSING: _("Missing") if line.is_required else _("Not filed (advised only)"),
        Standing.LEFT_OUT: _("Left out"),
    }
    word = words[line.standing]
    return f"{word}\n{line.reason}" if str(line.reason) else word


def document_text(one: Document) -> str:
    """Number, day and issuer of a document, as far as known."""
    return " ".join(part for part in (one.number, day_words(one.on), one.issuer) if part)


def fault_text(fault: Fault) -> str:
    words = {
        Fault.ENCRYPTED: _("the file is protected by a password"),
        Fault.DAMAGED: _("the file is damaged"),
        Fault.EMPTY: _("the file is empty"),
        Fault.TOO_LARGE: _("the file is too large to be placed here"),
        Fault.NO_PAGES: _("the file has no pages to print"),
        Fault.GONE: _("the file cannot be read"),
        Fault.HELD_BACK: _("the file is held back by the virus check"),
    }
    return words[fault]


def _row(
    line: DossierLine,
    pieces: Sequence[Piece],
    *,
    faults: Mapping[str, Fault],
    pages: Mapping[str, int] | None,
) -> Cells:
    own = [piece for piece in pieces if piece.line.key == line.key]
    names = [line.name]
    if len(line.documents) > 1:
        names += [f"· {one.name}" for one in line.documents]
    documents = [text for one in line.documents if (text := document_text(one))]
    documents += [
        _("%(name)s: on paper only") % {"name": one.name}
        for one in line.documents
        if one.is_on_paper
    ]
    if pages is not None:
        last = str(pages[line.key]) if line.key in pages else ""
    else:
        last = "\n".join(_listed(piece, faults) for piece in own)
    return (line.sign, "\n".join(names), "\n".join(documents), state_text(line), last)


def _listed(piece: Piece, faults: Mapping[str, Fault]) -> str:
    fault = faults.get(piece.name)
    return f"{piece.name} ({fault_text(fault)})" if fault else piece.name
