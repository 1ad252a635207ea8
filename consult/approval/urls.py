from django.urls import path

from consult.approval.views import replies

app_name = "approval"
PLAN = "plans/<slug:key>/approval/"
urlpatterns = [
    path(PLAN + "reply/", replies.reply, name="reply"),
    path(PLAN + "reply/correct/", replies.correct_reply, name="correct_reply"),
    path(PLAN + "reply/file/", replies.reply_file, name="reply_file"),
    path(PLAN + "conditions/", replies.conditions, name="conditions"),
    path(PLAN + "acknowledge/", replies.acknowledge, name="acknowledge"),
]
