from django.urls import path

from consult.phase2_preparation.views import (
    comments,
    dispositions,
    editing,
    inside,
    marks,
    rounds,
    splitting,
)

app_name = "preparation"
PLAN = "plans/<slug:key>/"
ROUND = PLAN + "rounds/<int:number>/"
DRAFT = ROUND + "drafts/<uuid:draft>/"
COMMENT = PLAN + "comments/<int:number>/"
urlpatterns = [
    path(PLAN + "rounds/", rounds.round_list, name="rounds"),
    path(PLAN + "rounds/new/", rounds.open_round, name="open"),
    path(ROUND, rounds.round_detail, name="round"),
    path(ROUND + "extend/", rounds.extend_round, name="extend"),
    path(ROUND + "close/", rounds.close_round, name="close"),
    path(ROUND + "opinions/new/", rounds.enter_opinion, name="opinion"),
    path(ROUND + "comments/new/", editing.draft_comment, name="draft"),
    path(ROUND + "items/<slug:item>/comment/", editing.draft_comment, name="draft_on"),
    path(ROUND + "comments/typed/", editing.typed, name="comment_typed"),
    path(ROUND + "comments/discard/", editing.discard, name="comment_discard"),
    path(ROUND + "comments/split/", splitting.split_letter, name="split"),
    path(ROUND + "opinions/split/", splitting.split_opinion, name="split_opinion"),
    path(ROUND + "ours/", inside.ours, name="ours"),
    path(ROUND + "ours/print/", inside.ours_printed, name="ours_printed"),
    path(ROUND + "ours/do/", inside.do_with_many, name="ours_do"),
    path(ROUND + "reply/", comments.submit_reply, name="reply"),
    path(PLAN + "replies/<int:reply>/letter/", comments.letter, name="letter"),
    path(DRAFT, editing.edit_comment, name="edit"),
    path(DRAFT + "delete/", comments.delete_comment, name="delete"),
    path(DRAFT + "clear/", comments.clear_comment, name="clear"),
    path(DRAFT + "send-back/", comments.send_back, name="send_back"),
    path(DRAFT + "withdraw-clearance/", inside.withdraw_clearance, name="withdraw_clearance"),
    path(DRAFT + "notes/", inside.notes, name="draft_notes"),
    path(DRAFT + "files/<uuid:pk>/", inside.draft_file, name="draft_file"),
    path(PLAN + "comments/files/<uuid:pk>/", inside.comment_file, name="comment_file"),
    path(COMMENT + "cosign/", inside.cosign, name="cosign"),
    path(PLAN + "revisions/<int:number>/comments/", marks.marks, name="marks"),
    path(PLAN + "dispositions/", dispositions.disposition_list, name="dispositions"),
    path(PLAN + "dispositions.xlsx", dispositions.disposition_workbook, name="workbook"),
    path(PLAN + "dispositions/publish/", dispositions.publish, name="publish"),
    path(COMMENT, dispositions.comment_detail, name="comment"),
    path(COMMENT + "decide/", dispositions.decide, name="decide"),
    path(COMMENT + "amend/", dispositions.take_over, name="amend"),
    path(COMMENT + "answer/", dispositions.answer, name="answer"),
    path(PLAN + "changes/", dispositions.change_list, name="changes"),
    path(PLAN + "changes/<slug:item>/", dispositions.explain_change, name="explain"),
]
