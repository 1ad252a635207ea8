from django.urls import path

from consult.phase2_preparation.views import (
    advice,
    answers,
    batches,
    blocks,
    comments,
    deciding,
    dispositions,
    groups,
    item,
    marks,
    publishing,
    queue,
    rounds,
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
    path(PLAN + "dispositions/", queue.disposition_list, name="dispositions"),
    path(PLAN + "dispositions.xlsx", dispositions.disposition_workbook, name="workbook"),
    path(PLAN + "dispositions/publish/", publishing.publish, name="publish"),
    path(
        PLAN + "dispositions/letters/<int:letter>/",
        publishing.publication_letter,
        name="publication_letter",
    ),
    path(PLAN + "dispositions/bulk/", batches.bulk, name="bulk"),
    path(PLAN + "dispositions/batches/", batches.batch_list, name="batches"),
    path(PLAN + "dispositions/batches/<int:batch>/undo/", batches.undo, name="undo"),
    path(PLAN + "dispositions/groups/", groups.group_list, name="groups"),
    path(PLAN + "dispositions/groups/<int:group>/end/", groups.end_group, name="end_group"),
    path(PLAN + "dispositions/blocks/", blocks.block_list, name="blocks"),
    path(PLAN + "dispositions/blocks/<int:block>/", blocks.edit_block, name="block"),
    path(PLAN + "dispositions/blocks/<int:block>/remove/", blocks.remove_block, name="drop_block"),
    path(PLAN + "answers/", answers.answer_list, name="answers"),
    path(COMMENT + "advice/", advice.ask, name="ask_advice"),
    path(COMMENT + "advice/<int:asked>/", advice.give, name="give_advice"),
    path(COMMENT, item.comment_detail, name="comment"),
    path(COMMENT + "decide/", deciding.decide, name="decide"),
    path(COMMENT + "amend/", dispositions.take_over, name="amend"),
    path(COMMENT + "answer/", dispositions.answer, name="answer"),
    path(PLAN + "changes/", dispositions.change_list, name="changes"),
    path(PLAN + "changes/<slug:item>/", dispositions.explain_change, name="explain"),
]
