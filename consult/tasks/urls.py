from typing import Any

from django.urls import path

from consult.tasks.views import breakdown, files, notes, programmes, register, tasks

app_name = "tasks"
ROOM = "plans/<slug:key>/tasks/"
TASK = ROOM + "<int:number>/"
YEARS = ROOM + "programmes/"
NOTES = ROOM + "notes/"
NOTE = NOTES + "<int:number>/"
urlpatterns: list[Any] = [
    path(ROOM, register.register, name="list"),
    path(ROOM + "table/<slug:kind>/", register.table, name="table"),
    path(ROOM + "breakdown/", breakdown.edit, name="breakdown"),
    path(TASK, tasks.detail, name="detail"),
    path(TASK + "report/", tasks.report, name="report"),
    path(TASK + "change/", tasks.change, name="change"),
    path(TASK + "strike-off/", tasks.strike_off, name="strike_off"),
    path(TASK + "reports/<int:pk>/file/", files.report_file, name="report_file"),
    path(TASK + "changes/<int:pk>/file/", files.change_file, name="change_file"),
    path(YEARS, programmes.index, name="programmes"),
    path(YEARS + "<int:year>/", programmes.detail, name="programme"),
    path(YEARS + "<int:year>/edit/", programmes.edit, name="programme_edit"),
    path(YEARS + "<int:year>/table/<slug:kind>/", programmes.table, name="programme_table"),
    path(NOTES, notes.index, name="notes"),
    path(NOTES + "new/", notes.issue, name="note_new"),
    path(NOTE, notes.detail, name="note"),
    path(NOTE + "reply/", notes.reply, name="note_reply"),
    path(NOTE + "judge/", notes.judge, name="note_judge"),
    path(NOTE + "paper/<slug:kind>/", notes.paper, name="note_paper"),
    path(NOTE + "file/", files.note_file, name="note_file"),
    path(NOTE + "replies/<int:pk>/file/", files.reply_file, name="reply_file"),
]
