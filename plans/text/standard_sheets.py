"""Common standards as a workbook: written for people to fill in, read back cell by cell.

The last brackets of a heading hold the column's name, so that a workbook may be filled in under
any language. A row bears the key of its standard and a mark of what it said: a row whose standard
was changed meanwhile is told, never put over the other's work.
"""

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

from django.db.models import TextChoices
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from openpyxl import load_workbook

from plans.register.enums import Competence
from plans.register.models import Plan
from plans.text.enums import PROVISION_STRENGTHS, Choice, SourceKind, Strictness, Theme
from plans.text.norms import MOST_REFERENCES, NATIONAL, REFERENCE, Norm
from plans.text.queries import check_of, makers, standard_rows
from stakeholders.files.archives import MOST_TAGS, Faulty, require_few_tags
from stakeholders.files.inspecting import FAULTS
from stakeholders.files.storage import place_of
from stakeholders.files.tables import write_xlsx
from stakeholders.jurisdictions.reading.sheets import BROKEN
from stakeholders.terms.errors import Invalid, Text

FIELD = "file"
MOST_SIZE = 2 * 1024 * 1024
MOST_UNPACKED = 12 * 1024 * 1024  # what is read in well under two seconds
MOST_ROWS = 1_000
MOST_COLUMNS = 120
SPARE_REFERENCES = 2
CODE = re.compile(r"\[(\w+)\]\s*$")
COLUMNS: Mapping[str, Text] = {
    "key": _("Key (leave empty for a new row)"),
    "check": _("Mark (leave as it is)"),
    "title_zh": _("Title (Chinese)"),
    "title_en": _("Title (English)"),
    "unit": _("Unit"),
    "strictness": _("Which way is stricter"),
    "agreed": _("Agreed value"),
    "choice": _("Rule of choice"),
    "reason_zh": _("Reason (Chinese)"),
    "reason_en": _("Reason (English)"),
    "strength": _("Strength"),
    "competence": _("Level that may decide"),
    "theme": _("Theme"),
    "concerned": _("Concerned (codes)"),
}
SOURCE_PARTS = ("name_zh", "name_en", "value", "document")
CHOICES: Mapping[str, type[TextChoices]] = {
    "strictness": Strictness,
    "choice": Choice,
    "competence": Competence,
    "theme": Theme,
}
SOURCE = re.compile(r"(name_zh|name_en|value|document)_(\w+)")


@dataclass(frozen=True, kw_only=True)
class SheetRow:
    """A row as it was read: its number in the workbook, and the cells by column's name."""

    number: int
    cells: Mapping[str, str]
    formulas: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A workbook that could be read as a whole."""

    sha256: str
    columns: Sequence[str]
    rows: Sequence[SheetRow]


def write_standards(target: BinaryIO, *, plan: Plan) -> None:
    """The standards of the working draft as a workbook. Two queries and those of the parties."""
    rows = standard_rows(plan)
    named = [len(row.norm.of_kind(SourceKind.REFERENCE)) for row in rows]
    spare = min(max(named, default=0) + SPARE_REFERENCES, MOST_REFERENCES)
    columns = columns_of(plan, references=spare, also=[row.norm for row in rows])
    write_xlsx(
        target,
        sheet=str(_("Common standards")),
        headings=[f"{label} [{name}]" for name, label in columns.items()],
        rows=(
            [cell_of(row.norm, name, key=row.key, check=check_of(row.draft)) for name in columns]
            for row in rows
        ),
        widths=[24 if name.startswith(("title", "reason")) else 16 for name in columns],
    )


def columns_of(plan: Plan, *, references: int, also: Sequence[Norm] = ()) -> dict[str, Text]:
    """Name -> heading of every column: the standard itself, then the 3, the 1 and the X.

    `also`: norms whose sources have columns even where the party has left.
    """
    names = makers(plan, norms=also)
    found = dict(COLUMNS)
    for key in [*names, NATIONAL]:
        name = _("National standard") if key == NATIONAL else str(names[key])
        found[f"value_{key}"] = format_lazy(_("{name}: value"), name=name)
        found[f"document_{key}"] = format_lazy(_("{name}: document"), name=name)
    for number in range(1, references + 1):
        for part, label in (
            ("name_zh", _("Further source {number}: name (Chinese)")),
            ("name_en", _("Further source {number}: name (English)")),
            ("value", _("Further source {number}: value")),
            ("document", _("Further source {number}: document")),
        ):
            found[f"{part}_x{number}"] = format_lazy(label, number=number)
    return found


def cell_of(norm: Norm, name: str, *, key: str = "", check: str = "") -> str:
    """What stands in a column: choices as words, all else as it is kept."""
    if name in ("key", "check"):
        return key if name == "key" else check
    if name == "concerned":
        return " ".join(norm.concerned)
    if name not in COLUMNS and (found := SOURCE.fullmatch(name)):
        return str(getattr(norm.source(found[2]), found[1]))
    value = str(getattr(norm, name))
    return str(dict(choices_of(name)).get(value, value)) if value else ""


def choices_of(name: str) -> list[tuple[str, Text]]:
    if name == "strength":
        return [(one.value, one.label) for one in PROVISION_STRENGTHS]
    return list(CHOICES[name].choices) if name in CHOICES else []


def read_stored(sha256: str) -> Sheet:
    """The kept upload of that hash as a sheet. Invalid ({"file": ...}) when it is none."""
    return read_workbook(place_of(sha256), sha256=sha256)


def read_workbook(path: Path, *, sha256: str = "") -> Sheet:
    """The first sheet of a workbook, its first row the headings; empty rows are passed over.

    Raises Invalid for what cannot be taken as a whole: damaged, too large, foreign columns.
    """
    try:
        with zipfile.ZipFile(path) as packed:
            if sum(one.file_size for one in packed.infolist()) > MOST_UNPACKED:
                raise _invalid(_("The workbook is too large when unpacked."))
            require_few_tags(packed, most=MOST_TAGS)
        with path.open("rb") as file:  # kept without an ending, which openpyxl would ask for
            page = load_workbook(file, read_only=True).worksheets[0]
            rows = page.iter_rows(max_col=MOST_COLUMNS + 1, max_row=MOST_ROWS + 2)
            return _read(rows, sha256=sha256)
    except Faulty as error:
        raise _invalid(FAULTS[error.fault]) from error
    except BROKEN as error:
        raise _invalid(_("The file is no workbook, or it is damaged.")) from error


def _read(rows: Iterator[Sequence[Any]], *, sha256: str) -> Sheet:
    columns = _headings([_plain(cell) for cell in next(rows, ())])
    found: list[SheetRow] = []
    for number, row in enumerate(rows, start=2):
        held = [(name, cell) for name, cell in zip(columns, row, strict=False) if name]
        cells = {name: _plain(cell) for name, cell in held}
        formulas = [name for name, cell in held if cell.data_type == "f"]
        if formulas or any(cells.values()):
            found.append(SheetRow(number=number, cells=cells, formulas=formulas))
        if len(found) > MOST_ROWS:
            text = _("The table has more than {count} rows. Divide it into several files.")
            raise _invalid(format_lazy(text, count=MOST_ROWS))
    if not found:
        raise _invalid(_("The table has a heading and no rows."))
    return Sheet(sha256=sha256, columns=[name for name in columns if name], rows=found)


def _headings(cells: Sequence[str]) -> list[str]:
    """The names of the columns; "" for one without a heading."""
    last = max((number for number, cell in enumerate(cells, start=1) if cell), default=0)
    cells = cells[:last]
    if len(cells) > MOST_COLUMNS:
        text = _("The table has more than {count} columns; download it anew and fill that in.")
        raise _invalid(format_lazy(text, count=MOST_COLUMNS))
    names = []
    for cell in cells:
        found = CODE.search(cell)
        name = found[1] if found else cell
        if name and not _is_known(name):
            text = _("The column “{name}” is not known; download the table anew and fill that in.")
            raise _invalid(format_lazy(text, name=name[:60]))
        if name and name in names:
            raise _invalid(format_lazy(_("The column “{name}” stands there twice."), name=name))
        names.append(name)
    for name in ("key", "check", "title_zh", "unit"):
        if name not in names:
            text = _("The column “{name}” is missing; download the table anew and fill that in.")
            raise _invalid(format_lazy(text, name=name))
    return names


def _is_known(name: str) -> bool:
    if name in COLUMNS:
        return True
    found = SOURCE.fullmatch(name)
    if found is None:
        return False
    part, key = found[1], found[2]
    if reference := REFERENCE.fullmatch(key):
        return int(reference[1]) <= MOST_REFERENCES
    return part in ("value", "document") and (key == NATIONAL or bool(re.fullmatch(r"\d{6}", key)))


def _plain(cell: Any) -> str:
    """A cell as text; a figure as a spreadsheet program shows it, 10 and not 10.0."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, float) and not isinstance(value, bool):
        return format(Decimal(repr(value)), "f").removesuffix(".0")
    return str(value).strip()


def _invalid(text: Text) -> Invalid:
    return Invalid({FIELD: text})
