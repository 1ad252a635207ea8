"""What every table of the administration has in common: by what its rows may be chosen."""

from collections.abc import Iterator

from django.contrib import admin
from django.contrib.admin.filters import SimpleListFilter
from django.db.models.constants import LOOKUP_SEP
from django.http import HttpRequest

# What Django's own filters of a field ask, and what its dates above a list ask.
FILTERED = ("exact", "isnull", "isempty", "gte", "lt")
DATED = ("year", "month", "day")


class TableAdmin(admin.ModelAdmin):
    """A table whose rows are chosen by the filters it offers and by nothing else.

    Django takes every column of the table from the address, also one that no page shows: by
    asking whether a sealed answer or the hash of a password begins with this or that, it is read.
    """

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        return lookup in set(self._offered(request))

    def _offered(self, request: HttpRequest | None) -> Iterator[str]:
        """The words by which an address chooses rows here."""
        if self.date_hierarchy:
            yield from (f"{self.date_hierarchy}{LOOKUP_SEP}{part}" for part in DATED)
        for one in self.list_filter if request is None else self.get_list_filter(request):
            if isinstance(one, type) and issubclass(one, SimpleListFilter):
                yield str(one.parameter_name)
                continue
            path = str(one[0] if isinstance(one, (list, tuple)) else one)
            yield path
            yield from (f"{path}{LOOKUP_SEP}{word}" for word in FILTERED)
