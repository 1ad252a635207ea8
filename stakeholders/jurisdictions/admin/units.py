"""The administrative map for administrators to look up. It is changed by imports only, of whole
layers by command or of a table here, so that every change stands in the record and can be repeated.
"""

from django.contrib import admin
from django.urls import reverse

from stakeholders.jurisdictions.import_pages import ImportAdmin
from stakeholders.jurisdictions.kinds import UnitsTable
from stakeholders.jurisdictions.models import Adjacency, Jurisdiction, Region, RegionMember
from stakeholders.record.admin import ReadOnlyAdmin


@admin.register(Jurisdiction)
class JurisdictionAdmin(ImportAdmin, ReadOnlyAdmin):
    table = UnitsTable()
    list_display = ["code", "name_zh", "name_en_unique", "level", "parent", "valid_until"]
    list_filter = ["level", "type_zh"]
    list_select_related = ["parent"]
    search_fields = ["code", "name_zh", "name_en_unique"]
    exclude = ["boundary"]

    def view_on_site(self, obj: Jurisdiction) -> str:
        return reverse("jurisdictions:detail", kwargs={"code": obj.pk})


@admin.register(Adjacency)
class AdjacencyAdmin(ReadOnlyAdmin):
    list_display = ["a", "b", "level", "relation", "shared_km", "source"]
    list_filter = ["level", "relation"]
    list_select_related = ["a", "b"]
    search_fields = ["a__code", "a__name_zh", "b__code", "b__name_zh"]


@admin.register(Region)
class RegionAdmin(ReadOnlyAdmin):
    list_display = ["key", "name_zh", "name_en", "kind", "year", "year_ended"]
    list_filter = ["kind", "members_status"]
    search_fields = ["key", "name_zh", "name_en"]


@admin.register(RegionMember)
class RegionMemberAdmin(ReadOnlyAdmin):
    list_display = ["region", "code", "jurisdiction", "role", "extent_zh"]
    list_filter = ["role", "is_whole"]
    list_select_related = ["region", "jurisdiction"]
    search_fields = ["region__key", "code", "jurisdiction__name_zh"]
