from django.urls import path

from consult.phase3_identification.views import (
    adopting,
    conditions,
    differences,
    ending,
    items,
    leader,
    matrix,
    objections,
    opening,
    overrides,
    positions,
    prepared,
    receipts,
    renewing,
    reopening,
    seconds,
    sign_offs,
    statements,
    verifying,
)
from stakeholders.files.tables import TableKind

app_name = "identification"
PLAN = "plans/<slug:key>/"
CONDITION = PLAN + "sign-off/conditions/<int:pk>/"
RECEIPT = PLAN + "sign-off/receipts/<int:pk>/"
RESERVATIONS = PLAN + "reservations/"
STATEMENT = PLAN + "statement/<int:pk>/"
CSV, XLSX = {"kind": TableKind.CSV}, {"kind": TableKind.XLSX}

urlpatterns = [
    path(PLAN + "sign-off/", sign_offs.overview, name="overview"),
    path(PLAN + "sign-off/open/", opening.open_, name="open"),
    path(PLAN + "sign-off/former/<int:number>/", sign_offs.former, name="former"),
    path(PLAN + "sign-off/recall/", ending.recall, name="recall"),
    path(PLAN + "sign-off/close-early/", ending.close_early, name="close_early"),
    path(PLAN + "sign-off/close/prepare/", ending.prepare_close, name="prepare_close"),
    path(PLAN + "sign-off/close/confirm/", ending.confirm_close, name="confirm_close"),
    path(PLAN + "sign-off/close/refuse/", ending.refuse_close, name="refuse_close"),
    path(PLAN + "sign-off/reopening/", reopening.requests, name="reopenings"),
    path(PLAN + "sign-off/reopening/ask/", reopening.ask, name="ask_reopening"),
    path(PLAN + "sign-off/reopening/<int:pk>/refuse/", reopening.refuse, name="refuse_reopening"),
    path(PLAN + "sign-off/overrides/", overrides.overrides, name="overrides"),
    path(PLAN + "sign-off/overrides/<slug:item>/", overrides.prepare, name="prepare_override"),
    path(
        PLAN + "sign-off/overrides/<slug:item>/confirm/",
        overrides.confirm,
        name="confirm_override",
    ),
    path(PLAN + "sign-off/adoption/", adopting.adoption, name="adoption"),
    path(PLAN + "sign-off/adoption/adopt/", adopting.adopt, name="adopt"),
    path(PLAN + "sign-off/position/", positions.position, name="position"),
    path(PLAN + "sign-off/close/", ending.close, name="close"),
    path(PLAN + "sign-off/end/", ending.end, name="end"),
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
    path(PLAN + "sign-off/receipts/verifier/", receipts.verifier, name="receipt_verifier"),
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
    path(PLAN + "sign-off/renew/", renewing.renew, name="renew"),
    path(PLAN + "matrix/", matrix.matrix, name="matrix"),
    path(PLAN + "matrix/table.csv", matrix.matrix_table, CSV, name="matrix_csv"),
    path(PLAN + "matrix/table.xlsx", matrix.matrix_table, XLSX, name="matrix_xlsx"),
    path(PLAN + "matrix/<slug:item>/", items.item, name="item"),
    path(PLAN + "matrix/<slug:item>/<slug:code>/", matrix.cell, name="cell"),
    path(PLAN + "sign-off/parties/<slug:code>/", matrix.party, name="party"),
    path(PLAN + "statement/", statements.statement, name="statement"),
    path(PLAN + "statement/sign/", statements.sign, name="sign"),
    path(PLAN + "statement/<int:pk>/sign/", adopting.sign_part, name="sign_part"),
    *(
        path(f"{PLAN}statement/{kind}/", statements.paper, {"kind": kind}, name=made.route)
        for kind, made in statements.KINDS.items()
    ),
    path(
        PLAN + "statement/verify.py", verifying.verifier, {"script": "verify.py"}, name="verifier"
    ),
    path(
        PLAN + "statement/verify_follows.py",
        verifying.verifier,
        {"script": "verify_follows.py"},
        name="follows_verifier",
    ),
    path(STATEMENT, statements.one, name="one_statement"),
    path(STATEMENT + "number/", statements.number, name="number_statement"),
    *(
        path(f"{STATEMENT}{kind}/", statements.paper, {"kind": kind}, name=f"one_{made.route}")
        for kind, made in statements.KINDS.items()
    ),
]
