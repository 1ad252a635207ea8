from typing import Any

from django.urls import path

from consult.approval.views import letters

app_name = "approval"
PLAN = "plans/<slug:key>/approval/"
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
]
