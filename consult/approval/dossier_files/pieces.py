"""The files of a dossier in their order, and what they are called. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from consult.approval.queries.dossier import Dossier, DossierLine
from consult.approval.queries.dossier_facts import Document
from stakeholders.files.names import clean_name, suffix_of
from stakeholders.terms import canonical

LONGEST = 60  # signs of a name, so that a path on Windows stays short enough
CATALOGUE = "00-目录"


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One file: a computed document in one kind, or a filed one. `name` is what it is called in the
    archive, always in Chinese; `sign` its number there (03, or 03-2 of several)."""

    line: DossierLine
    document: Document
    kind: str
    name: str
    sign: str

    @property
    def is_made(self) -> bool:
        return bool(self.document.code)

    @property
    def label(self) -> str:
        """What sheets and the catalogue call it."""
        return f"{self.sign} {self.document.name}"


def pieces_of(dossier: Dossier) -> list[Piece]:
    """Every file of the lines that are handed up; what is on paper only has none."""
    return [piece for line in dossier.lines for piece in _of_line(line)]


def _of_line(line: DossierLine) -> Iterator[Piece]:
    several = len(line.documents) > 1
    for number, document in enumerate(line.documents, start=1):
        sign = f"{line.sign}-{number}" if several else line.sign
        for kind in _kinds(document):
            yield Piece(
                line=line,
                document=document,
                kind=kind,
                name=file_name(sign, document.name_zh, kind),
                sign=sign,
            )


def _kinds(document: Document) -> Sequence[str]:
    if document.code:
        return document.kinds
    return (suffix_of(document.file.name).removeprefix("."),) if document.file else ()


def file_name(sign: str, title: str, kind: str) -> str:
    """NN-title.ext without what Windows, WPS or an old archiver stumbles over."""
    plain = clean_name(title.replace("/", "／").replace("\\", "＼"), length=LONGEST)
    name = f"{sign}-{plain}" if plain else sign
    return f"{name}.{kind}" if kind else name


def archive_name(dossier: Dossier, kind: str) -> str:
    """What the package itself is called."""
    title = clean_name(dossier.plan.short_zh or dossier.plan.title_zh, length=LONGEST)
    return str(PurePosixPath(f"{title}-送审材料.{kind}"))


def state_digest(dossier: Dossier) -> str:
    """Changes whenever another package would come out: a job that finds another one begins anew."""
    return canonical.digest_of(
        [
            [one.name, one.document.code, one.document.file.sha256 if one.document.file else ""]
            for one in pieces_of(dossier)
        ]
        + [[one.key, one.standing.value, str(one.arranged.left_out)] for one in dossier.lines]
        + [dossier.at, dossier.statement.hash if dossier.statement else ""]
    )
