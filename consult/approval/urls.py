from typing import Any

from django.urls import path

from consult.approval.views import dossier, letters, replies

app_name = "approval"
PLAN = "plans/<slug:key>/approval/"
DOSSIER = PLAN + "dossier/"
LETTER = PLAN + "letters/<int:letter>/"
urlpatterns: list[Any] = [
    path(PLAN, letters.overview, name="overview"),
    path(PLAN + "submit/", letters.submit, name="submit"),
    path(PLAN + "forward/", letters.forward, name="forward"),
    path(PLAN + "notices/ask/", letters.ask, name="ask_completion"),
    path(PLAN + "notices/<int:notice>/complete/", letters.complete, name="complete"),
    path(PLAN + "publish/", letters.publish, name="publish"),
    path(PLAN + "file/", letters.file_, name="file"),
    path(LETTER + "correct/", letters.correct, name="correct"),
    path(LETTER + "file/", letters.letter_file, name="letter_file"),
    path(DOSSIER, dossier.dossier, name="dossier"),
    path(DOSSIER + "arrange/", dossier.arrange, name="dossier_arrange"),
    path(DOSSIER + "package/", dossier.package, name="dossier_package"),
    path(DOSSIER + "lines/<slug:line>/file/", dossier.file_paper, name="dossier_file"),
    path(DOSSIER + "made/<slug:code>/<slug:kind>/", dossier.made, name="dossier_made"),
    path(DOSSIER + "kept/<uuid:pk>/", dossier.kept, name="dossier_kept"),
    path(DOSSIER + "catalogue/<slug:kind>/", dossier.catalogue, name="dossier_catalogue"),
    path(PLAN + "reply/", replies.reply, name="reply"),
    path(PLAN + "reply/correct/", replies.correct_reply, name="correct_reply"),
    path(PLAN + "reply/file/", replies.reply_file, name="reply_file"),
    path(PLAN + "conditions/", replies.conditions, name="conditions"),
    path(PLAN + "acknowledge/", replies.acknowledge, name="acknowledge"),
]
