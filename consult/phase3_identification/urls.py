from django.urls import path

from consult.phase3_identification.views import (
    leader,
    matrix,
    positions,
    prepared,
    sign_offs,
    statements,
)

app_name = "identification"
PLAN = "plans/<slug:key>/"

urlpatterns = [
    path(PLAN + "sign-off/", sign_offs.overview, name="overview"),
    path(PLAN + "sign-off/open/", sign_offs.open_, name="open"),
    path(PLAN + "sign-off/position/", positions.position, name="position"),
    path(PLAN + "sign-off/mine/", leader.leader, name="leader"),
    path(PLAN + "sign-off/mine/paper/", leader.paper, name="leader_paper"),
    path(PLAN + "sign-off/mine/paper/<slug:kind>/", leader.paper_file, name="leader_paper_file"),
    path(PLAN + "sign-off/mine/prepare/", prepared.prepare, name="prepare"),
    path(PLAN + "sign-off/mine/prepare/typed/", prepared.typed, name="prepare_typed"),
    path(PLAN + "sign-off/mine/prepare/discard/", prepared.discard, name="prepare_discard"),
    path(PLAN + "sign-off/mine/hand-up/", prepared.hand_up, name="hand_up"),
    path(PLAN + "sign-off/mine/send-back/", prepared.send_back, name="send_back"),
    path(PLAN + "sign-off/close/", sign_offs.close, name="close"),
    path(PLAN + "sign-off/end/", sign_offs.end, name="end"),
    path(PLAN + "matrix/", matrix.matrix, name="matrix"),
    path(PLAN + "matrix/<slug:item>/", matrix.item, name="item"),
    path(PLAN + "statement/", statements.statement, name="statement"),
    path(PLAN + "statement/sign/", statements.sign, name="sign"),
    path(PLAN + "statement/document/", statements.document, name="document"),
    path(PLAN + "statement/bundle/", statements.bundle, name="bundle"),
]
