"""Upload of a table of readings."""

from django.utils.translation import gettext_lazy as _

from stakeholders.files.enums import Kind
from stakeholders.files.forms import StoredFileField, StoresFiles

TABLES = frozenset({Kind.CSV, Kind.XLSX})


class ReadingTableForm(StoresFiles):
    file = StoredFileField(kinds=TABLES, label=_("Table of readings"))
