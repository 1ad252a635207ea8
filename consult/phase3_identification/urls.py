from django.urls import path

from consult.phase3_identification.views import (
    conditions,
    differences,
    leader,
    matrix,
    objections,
    positions,
    prepared,
    receipts,
    seconds,
    sign_offs,
    statements,
)
from stakeholders.files.tables import TableKind

app_name = "identification"
PLAN = "plans/<slug:key>/"
CONDITION = PLAN + "sign-off/conditions/<int:pk>/"
RECEIPT = PLAN + "sign-off/receipts/<int:pk>/"
RESERVATIONS = PLAN + "reservations/"
CSV, XLSX = {"kind": TableKind.CSV}, {"kind": TableKind.XLSX}

urlpatterns = [
    path(PLAN + "sign-off/", sign_offs.overview, name="overview"),
    path(PLAN + "sign-off/open/", sign_offs.open_, name="open"),
    path(PLAN + "sign-off/position/", positions.position, name="position"),
    path(PLAN + "sign-off/mine/", leader.leader, name="leader"),
    path(PLAN + "sign-off/mine/paper/", leader.paper, name="leader_paper"),
    path(PLAN + "sign-off/mine/paper/<slug:kind>/", leader.paper_file, name="leader_paper_file"),
    path(PLAN + "sign-off/mine/draft/", prepared.draft, name="draft"),
    path(PLAN + "sign-off/mine/draft/discard/", prepared.discard, name="discard_draft"),
    path(PLAN + "sign-off/mine/hand-up/", prepared.hand_up, name="hand_up"),
    path(PLAN + "sign-off/mine/return/", prepared.return_, name="return_draft"),
    path(PLAN + "sign-off/position/discard/", positions.discard, name="position_discard"),
    path(PLAN + "sign-off/position/second/", seconds.second, name="second"),
    path(PLAN + "sign-off/position/send-back/", seconds.send_back, name="send_back"),
    path(RECEIPT, receipts.receipt, name="receipt"),
    path(RECEIPT + "file/", receipts.receipt_file, name="receipt_file"),
    path(RECEIPT + "letter/", receipts.letter_file, name="letter_file"),
    path(PLAN + "sign-off/declarations/<slug:code>/", receipts.history, name="declarations"),
    path(PLAN + "sign-off/conditions/", conditions.condition_list, name="conditions"),
    path(CONDITION, conditions.condition, name="condition"),
    path(CONDITION + "report/", conditions.report, name="report_condition"),
    path(CONDITION + "confirm/", conditions.confirm, name="confirm_condition"),
    path(CONDITION + "reports/<int:report>/file/", conditions.report_file, name="report_file"),
    path(RESERVATIONS, differences.register, name="reservations"),
    path(RESERVATIONS + "table.csv", differences.register_table, CSV, name="reservations_csv"),
    path(RESERVATIONS + "table.xlsx", differences.register_table, XLSX, name="reservations_xlsx"),
    path(RESERVATIONS + "<int:pk>/", differences.reservation, name="reservation"),
    path(RESERVATIONS + "<int:pk>/lift/", differences.lift, name="lift"),
    path(PLAN + "objections/<int:pk>/", objections.objection, name="objection"),
    path(PLAN + "objections/<int:pk>/amend/", objections.amend, name="amend_objection"),
    path(PLAN + "objections/<int:pk>/talk/", objections.talk, name="talk_objection"),
    path(PLAN + "sign-off/close/", sign_offs.close, name="close"),
    path(PLAN + "sign-off/end/", sign_offs.end, name="end"),
    path(PLAN + "matrix/", matrix.matrix, name="matrix"),
    path(PLAN + "matrix/<slug:item>/", matrix.item, name="item"),
    path(PLAN + "statement/", statements.statement, name="statement"),
    path(PLAN + "statement/sign/", statements.sign, name="sign"),
    path(PLAN + "statement/document/", statements.document, name="document"),
    path(PLAN + "statement/bundle/", statements.bundle, name="bundle"),
]
