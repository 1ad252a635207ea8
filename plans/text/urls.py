from django.urls import path

from plans.text.views import differences, drafting, lineage, standards

app_name = "text"
urlpatterns = [
    path("", drafting.draft, name="home"),
    path("chapters/new/", drafting.chapter_add, name="chapter_add"),
    path("chapters/<slug:chapter>/new/", drafting.provision_add, name="provision_add"),
    path("provisions/<slug:item>/", drafting.provision, name="provision"),
    path("provisions/<slug:item>/remove/", drafting.provision_remove, name="provision_remove"),
    path("provisions/<slug:item>/move/", drafting.provision_move, name="provision_move"),
    path("standards/", standards.standards, name="standards"),
    path("standards/new/", standards.standard_add, name="standard_add"),
    path("standards/values/", standards.standard_values, name="standard_values"),
    path("standards/file/", standards.standard_file, name="standard_file"),
    path("standards/import/", standards.standard_import, name="standard_import"),
    path("standards/<slug:item>/", standards.standard, name="standard"),
    path("standards/<slug:item>/remove/", standards.standard_remove, name="standard_remove"),
    path("provisions/<slug:item>/lineage/", lineage.lineage, name="lineage"),
    path("provisions/<slug:item>/split/", lineage.split, name="provision_split"),
    path("provisions/<slug:item>/merge/", lineage.merge, name="provision_merge"),
    path("provisions/<slug:item>/replace/", lineage.replace, name="provision_replace"),
    path("differences/<int:before>/<int:after>/", differences.differences, name="differences"),
]
