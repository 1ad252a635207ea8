"""Kinds of files, how large each may be, and what the virus check said."""

from datetime import timedelta
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

MIB: Final = 1024 * 1024


class Scan(models.TextChoices):
    """What the virus check said; without a scanner a file stays unscanned, and says so."""

    UNSCANNED = "unscanned", _("Not checked for viruses")
    CLEAN = "clean", _("No virus found")
    INFECTED = "infected", _("Virus found")


class Kind(models.TextChoices):
    """What a file is by its bytes. No other kind is kept."""

    PDF = "pdf", _("PDF document")
    DOCX = "docx", _("Word document (.docx)")
    XLSX = "xlsx", _("Excel workbook (.xlsx)")
    PNG = "png", _("PNG picture")
    JPEG = "jpeg", _("JPEG picture")
    CSV = "csv", _("CSV table")
    TXT = "txt", _("plain text")
    MARKDOWN = "markdown", _("Markdown text")
    GEOJSON = "geojson", _("GeoJSON")
    ZIP = "zip", _("ZIP archive")

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[self.value]

    @property
    def suffixes(self) -> tuple[str, ...]:
        """Ends of a name this kind may have; the first is the usual one."""
        return SUFFIXES.get(self.value, (f".{self.value}",))

    @property
    def max_size(self) -> int:
        return MAX_SIZES[self.value]


_OFFICE = "application/vnd.openxmlformats-officedocument"
MEDIA_TYPES: Final = {
    Kind.PDF.value: "application/pdf",
    Kind.DOCX.value: f"{_OFFICE}.wordprocessingml.document",
    Kind.XLSX.value: f"{_OFFICE}.spreadsheetml.sheet",
    Kind.PNG.value: "image/png",
    Kind.JPEG.value: "image/jpeg",
    Kind.CSV.value: "text/csv",
    Kind.TXT.value: "text/plain",
    Kind.MARKDOWN.value: "text/markdown",
    Kind.GEOJSON.value: "application/geo+json",
    Kind.ZIP.value: "application/zip",
}
SUFFIXES: Final = {
    Kind.JPEG.value: (".jpg", ".jpeg"),
    Kind.GEOJSON.value: (".geojson", ".json"),
    Kind.MARKDOWN.value: (".md", ".markdown"),
}
MAX_SIZES: Final = {
    Kind.PDF.value: 50 * MIB,
    Kind.DOCX.value: 20 * MIB,
    Kind.XLSX.value: 20 * MIB,
    Kind.PNG.value: 20 * MIB,
    Kind.JPEG.value: 20 * MIB,
    Kind.CSV.value: 20 * MIB,
    Kind.TXT.value: 5 * MIB,
    Kind.MARKDOWN.value: 5 * MIB,
    Kind.GEOJSON.value: 10 * MIB,
    Kind.ZIP.value: 50 * MIB,
}
TEXT_KINDS: Final = frozenset({Kind.CSV, Kind.TXT, Kind.MARKDOWN, Kind.GEOJSON})

# What forms ask for. Maps and archives only where a form names them.
LETTERS: Final = frozenset({Kind.PDF, Kind.DOCX, Kind.PNG, Kind.JPEG})
TABLES: Final = frozenset({Kind.XLSX, Kind.CSV})
DOCUMENTS: Final = LETTERS | TABLES | {Kind.TXT}

MOST_FILES: Final = 5_000  # of one person
NAME_LENGTH: Final = 120
SCAN_BATCH: Final = 20  # files one sweep looks at
SCAN_SECONDS: Final = 120.0  # a sweep starts no further check after this
DROP_BATCH: Final = 1_000  # rows one housekeeping looks at
PARTIAL_AGE: Final = timedelta(hours=6)  # a half-written upload of a dead process
