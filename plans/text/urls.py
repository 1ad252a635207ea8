from django.urls import path

from plans.text.views import differences, drafting, export, importing

app_name = "text"
urlpatterns = [
    path("", drafting.draft, name="home"),
    path("chapters/new/", drafting.chapter_add, name="chapter_add"),
    path("chapters/<slug:chapter>/new/", drafting.provision_add, name="provision_add"),
    path("provisions/<slug:item>/", drafting.provision, name="provision"),
    path("provisions/<slug:item>/remove/", drafting.provision_remove, name="provision_remove"),
    path("provisions/<slug:item>/move/", drafting.provision_move, name="provision_move"),
    path("import/", importing.start, name="import_start"),
    path("import/<uuid:pk>/", importing.show, name="import"),
    path("import/<uuid:pk>/file/", importing.source, name="import_file"),
    path("import/<uuid:pk>/rows/<int:row>/", importing.row, name="import_row"),
    path("import/<uuid:pk>/changes/", importing.changes, name="import_changes"),
    path("import/<uuid:pk>/again/", importing.again, name="import_again"),
    path("import/<uuid:pk>/drop/", importing.drop, name="import_drop"),
    path("import/<uuid:pk>/enter/", importing.enter, name="import_enter"),
    path("differences/<int:before>/<int:after>/", differences.differences, name="differences"),
    path("export/", export.export, name="export"),
    path("export/draft.<slug:kind>", export.draft_file, name="export_draft"),
    path("export/revision-<int:number>.<slug:kind>", export.revision_file, name="export_revision"),
]
