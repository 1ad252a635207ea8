"""Joint preparation for programs: the same acts and the same sight as the pages."""

from django.urls import path

from consult.phase2_preparation import endpoints as e

PLAN = "plans/<slug:key>/"
ROUND = PLAN + "rounds/<int:number>/"
DRAFT = ROUND + "drafts/<uuid:draft>/"
COMMENT = PLAN + "comments/<int:number>/"
urlpatterns = [
    path(PLAN + "rounds/", e.RoundsView.as_view(), name="rounds"),
    path(ROUND, e.RoundView.as_view(), name="round"),
    path(ROUND + "extend/", e.ExtendView.as_view(), name="round-extend"),
    path(ROUND + "close/", e.CloseView.as_view(), name="round-close"),
    path(ROUND + "opinions/", e.OpinionsView.as_view(), name="round-opinions"),
    path(ROUND + "reply/", e.ReplyView.as_view(), name="round-reply"),
    path(ROUND + "drafts/", e.DraftsView.as_view(), name="drafts"),
    path(DRAFT, e.DraftView.as_view(), name="draft"),
    path(DRAFT + "clear/", e.ClearView.as_view(), name="draft-clear"),
    path(DRAFT + "send-back/", e.SendBackView.as_view(), name="draft-send-back"),
    path(PLAN + "replies/<int:reply>/letter/", e.LetterView.as_view(), name="reply-letter"),
    path(PLAN + "comments/", e.CommentsView.as_view(), name="comments"),
    path(COMMENT + "disposition/", e.DecideView.as_view(), name="comment-disposition"),
    path(COMMENT + "answer/", e.AnswerView.as_view(), name="comment-answer"),
    path(PLAN + "dispositions/publish/", e.PublishView.as_view(), name="dispositions-publish"),
    path(PLAN + "changes/", e.ChangesView.as_view(), name="changes"),
]
