from django.urls import path

from consult.phase2_preparation.views import (
    checklists,
    comments,
    displays,
    dispositions,
    marks,
    neighbours,
    rounds,
    tables,
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
    path(PLAN + "adoption-table/", tables.adoption, name="adoption"),
    path(PLAN + "adoption-table/<slug:kind>/", tables.adoption_file, name="adoption_file"),
    path(PLAN + "dispositions/publish/", dispositions.publish, name="publish"),
    path(ROUND + "display/", displays.display, name="display"),
    path(ROUND + "display/write/", displays.write, name="display_write"),
    path(ROUND + "display/finish/", displays.finish, name="display_finish"),
    path(ROUND + "display/<int:version>/proof/", displays.proof, name="display_proof"),
    path(ROUND + "display/<int:version>/<slug:kind>/", displays.download, name="display_file"),
    path(PLAN + "checklist/", checklists.checklist, name="checklist"),
    path(PLAN + "checklist/<slug:paper>/file/", checklists.file_paper, name="paper_file"),
    path(PLAN + "checklist/<slug:paper>/waive/", checklists.waive_paper, name="paper_waive"),
    path(
        PLAN + "checklist/entries/<int:entry>/confirm/",
        checklists.confirm_paper,
        name="paper_confirm",
    ),
    path(
        PLAN + "checklist/entries/<int:entry>/document/",
        checklists.document,
        name="paper_document",
    ),
    path(PLAN + "neighbours/", neighbours.neighbours, name="neighbours"),
    path(PLAN + "neighbours/new/", neighbours.file_opinion, name="neighbour_file"),
    path(
        PLAN + "neighbours/<int:opinion>/answer/",
        neighbours.answer_opinion,
        name="neighbour_answer",
    ),
    path(PLAN + "neighbours/<int:opinion>/letter/", neighbours.letter, name="neighbour_letter"),
    path(COMMENT, dispositions.comment_detail, name="comment"),
    path(COMMENT + "decide/", dispositions.decide, name="decide"),
    path(COMMENT + "amend/", dispositions.take_over, name="amend"),
    path(COMMENT + "answer/", dispositions.answer, name="answer"),
    path(PLAN + "changes/", dispositions.change_list, name="changes"),
    path(PLAN + "changes/<slug:item>/", dispositions.explain_change, name="explain"),
]
