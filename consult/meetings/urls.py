from django.urls import path

from consult.meetings.views import acts, agenda, ballots, meetings, minutes, papers
from stakeholders.files.tables import TableKind

app_name = "meetings"
PLAN = "plans/<slug:key>/meetings/"
ONE = PLAN + "<int:number>/"
ITEM = ONE + "agenda/<int:item>/"
CSV, XLSX = {"kind": TableKind.CSV}, {"kind": TableKind.XLSX}
urlpatterns = [
    path(PLAN, meetings.meeting_list, name="list"),
    path(PLAN + "table.csv", meetings.meeting_table, CSV, name="csv"),
    path(PLAN + "table.xlsx", meetings.meeting_table, XLSX, name="xlsx"),
    path(PLAN + "new/", meetings.plan_meeting, name="new"),
    path(ONE, meetings.meeting_detail, name="detail"),
    path(ONE + "edit/", meetings.edit_meeting, name="edit"),
    path(ONE + "call/", acts.call_meeting, name="call"),
    path(ONE + "cancel/", acts.cancel_meeting, name="cancel"),
    path(ONE + "answer/", acts.answer_call, name="answer"),
    path(ONE + "attendance/", acts.note_attendance, name="attendance"),
    path(ONE + "agenda/", agenda.agenda_editor, name="agenda"),
    path(ONE + "agenda/new/", agenda.add_item, name="add_item"),
    path(ONE + "agenda/take/", agenda.take_proposal, name="take"),
    path(ITEM + "edit/", agenda.edit_item, name="edit_item"),
    path(ITEM + "move/", agenda.move_item, name="move_item"),
    path(ITEM + "remove/", agenda.remove_item, name="remove_item"),
    path(ITEM + "decision/", acts.note_decision, name="decision"),
    path(ITEM + "task/", acts.assign_task, name="task"),
    path(ITEM + "ballot/", ballots.open_ballot, name="open_ballot"),
    path(ITEM + "position/", ballots.take_position, name="position"),
    path(ITEM + "close/", ballots.close_ballot, name="close_ballot"),
    path(ITEM + "close-without-result/", ballots.close_empty, name="close_empty"),
    path(ITEM + "recall/", ballots.recall_ballot, name="recall_ballot"),
    path(ONE + "papers/new/", acts.add_paper, name="add_paper"),
    path(ONE + "papers/<int:paper>/", papers.paper_file, name="paper"),
    path(ONE + "papers/<int:paper>/remove/", acts.remove_paper, name="remove_paper"),
    path(ONE + "minutes/", minutes.minutes_page, name="minutes"),
    path(ONE + "minutes/edit/", minutes.edit_minutes, name="edit_minutes"),
    path(ONE + "minutes/put-forward/", acts.put_forward, name="put_forward"),
    path(ONE + "minutes/comment/", acts.comment, name="comment"),
    path(ONE + "minutes/comments/<int:comment>/reply/", acts.reply, name="reply"),
    path(ONE + "minutes/confirm/", acts.confirm, name="confirm"),
    path(ONE + "minutes/editions/<int:edition>/", minutes.edition_page, name="edition"),
    path(ONE + "sheet.docx", papers.sheet_docx, name="sheet"),
    path(ONE + "minutes.docx", papers.minutes_docx, name="minutes_docx"),
    path(ONE + "minutes.pdf", papers.minutes_pdf, name="minutes_pdf"),
    path(ONE + "meeting.ics", papers.calendar_file, name="ics"),
]
