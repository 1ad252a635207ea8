from django.urls import path

from plans.text.views import differences, drafting, export

app_name = "text"
urlpatterns = [
    path("", drafting.draft, name="home"),
    path("chapters/new/", drafting.chapter_add, name="chapter_add"),
    path("chapters/<slug:chapter>/new/", drafting.provision_add, name="provision_add"),
    path("provisions/<slug:item>/", drafting.provision, name="provision"),
    path("provisions/<slug:item>/remove/", drafting.provision_remove, name="provision_remove"),
    path("provisions/<slug:item>/move/", drafting.provision_move, name="provision_move"),
    path("differences/<int:before>/<int:after>/", differences.differences, name="differences"),
    path("export/", export.export, name="export"),
    path("export/draft.<slug:kind>", export.draft_file, name="export_draft"),
    path("export/revision-<int:number>.<slug:kind>", export.revision_file, name="export_revision"),
]
