from django.urls import path

from consult.phase2_preparation.views import answers, comments, dispositions, marks, rounds

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
    path(ROUND + "recall/", rounds.recall_round, name="recall"),
    path(ROUND + "admit-late/", rounds.admit_late, name="admit_late"),
    path(ROUND + "answers/new/", answers.enter_answer, name="enter_answer"),
    path(ROUND + "our-answer/", answers.answer_body, name="answer_body"),
    path(ROUND + "symposia/new/", answers.enter_symposium, name="symposium"),
    path(PLAN + "replies/<int:reply>/add-letter/", answers.add_letter, name="add_letter"),
    path(PLAN + "replies/<int:reply>/later-letter/", answers.later_letter, name="later_letter"),
    path(ROUND + "opinions/new/", rounds.enter_opinion, name="opinion"),
    path(ROUND + "comments/new/", comments.draft_comment, name="draft"),
    path(ROUND + "items/<slug:item>/comment/", comments.draft_comment, name="draft_on"),
    path(ROUND + "reply/", comments.submit_reply, name="reply"),
    path(PLAN + "replies/<int:reply>/letter/", comments.letter, name="letter"),
    path(DRAFT, comments.edit_comment, name="edit"),
    path(DRAFT + "delete/", comments.delete_comment, name="delete"),
    path(DRAFT + "clear/", comments.clear_comment, name="clear"),
    path(DRAFT + "send-back/", comments.send_back, name="send_back"),
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
