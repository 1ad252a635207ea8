from django.urls import path

from consult.approval.views import dossier

app_name = "approval"
PLAN = "plans/<slug:key>/approval/"
DOSSIER = PLAN + "dossier/"
urlpatterns = [
    path(DOSSIER, dossier.dossier, name="dossier"),
    path(DOSSIER + "arrange/", dossier.arrange, name="dossier_arrange"),
    path(DOSSIER + "package/", dossier.package, name="dossier_package"),
    path(DOSSIER + "lines/<slug:line>/file/", dossier.file_paper, name="dossier_file"),
    path(DOSSIER + "made/<slug:code>/<slug:kind>/", dossier.made, name="dossier_made"),
    path(DOSSIER + "kept/<uuid:pk>/", dossier.kept, name="dossier_kept"),
    path(DOSSIER + "catalogue/<slug:kind>/", dossier.catalogue, name="dossier_catalogue"),
]
