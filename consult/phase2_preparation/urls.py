from django.urls import path

from consult.phase2_preparation.views import (
    asked,
    collective,
    comments,
    dispositions,
    experts,
    marks,
    rounds,
)

app_name = "preparation"
PLAN = "plans/<slug:key>/"
ROUND = PLAN + "rounds/<int:number>/"
DRAFT = ROUND + "drafts/<uuid:draft>/"
EXPERT = PLAN + "experts/<int:number>/"
COLLECTIVE = PLAN + "experts/opinions/<int:number>/"
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
    path(PLAN + "dispositions.xlsx", dispositions.disposition_workbook, name="workbook"),
    path(PLAN + "dispositions/publish/", dispositions.publish, name="publish"),
    path(COMMENT, dispositions.comment_detail, name="comment"),
    path(COMMENT + "decide/", dispositions.decide, name="decide"),
    path(COMMENT + "amend/", dispositions.take_over, name="amend"),
    path(COMMENT + "answer/", dispositions.answer, name="answer"),
    path(PLAN + "experts/", experts.expert_list, name="experts"),
    path(ROUND + "experts/new/", experts.invite, name="invite_expert"),
    path(EXPERT + "remind/", experts.remind, name="remind_expert"),
    path(EXPERT + "revoke/", experts.revoke, name="revoke_expert"),
    path(EXPERT + "extend/", experts.extend, name="extend_expert"),
    path(EXPERT + "erase/", experts.erase, name="erase_expert"),
    path(PLAN + "experts/suggestions/<int:pk>/", experts.decide, name="decide_suggestion"),
    path(PLAN + "experts/files/<uuid:pk>/", experts.answer_file, name="opinion_file"),
    path(PLAN + "experts/opinions/new/", collective.write, name="new_collective"),
    path(COLLECTIVE, collective.detail, name="collective"),
    path(COLLECTIVE + "change/", collective.change, name="change_collective"),
    path(COLLECTIVE + "members/", collective.add_member, name="add_member"),
    path(COLLECTIVE + "members/<int:member>/sign/", collective.sign, name="enter_signature"),
    path(COLLECTIVE + "finish/", collective.finish, name="finish_collective"),
    path(COLLECTIVE + "file/", collective.file, name="collective_file"),
    # the one page of an invited person: by the link of the mail, or signed in
    path("asked/by-link/<str:token>/", asked.door, name="door"),
    path("asked/", asked.entered, name="entered"),
    path("asked/files/<uuid:pk>/", asked.entered_file, name="entered_file"),
    path("asked/<int:invitation>/", asked.asked, name="asked"),
    path("asked/<int:invitation>/files/<uuid:pk>/", asked.asked_file, name="asked_file"),
    path(PLAN + "changes/", dispositions.change_list, name="changes"),
    path(PLAN + "changes/<slug:item>/", dispositions.explain_change, name="explain"),
]
