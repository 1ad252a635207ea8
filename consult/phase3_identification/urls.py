from django.urls import path

from consult.phase3_identification.views import (
    items,
    matrix,
    positions,
    renewing,
    sign_offs,
    statements,
)
from stakeholders.files.tables import TableKind

app_name = "identification"
PLAN = "plans/<slug:key>/"
CSV, XLSX = {"kind": TableKind.CSV}, {"kind": TableKind.XLSX}

urlpatterns = [
    path(PLAN + "sign-off/", sign_offs.overview, name="overview"),
    path(PLAN + "sign-off/open/", sign_offs.open_, name="open"),
    path(PLAN + "sign-off/position/", positions.position, name="position"),
    path(PLAN + "sign-off/renew/", renewing.renew, name="renew"),
    path(PLAN + "sign-off/close/", sign_offs.close, name="close"),
    path(PLAN + "sign-off/end/", sign_offs.end, name="end"),
    path(PLAN + "matrix/", matrix.matrix, name="matrix"),
    path(PLAN + "matrix/table.csv", matrix.matrix_table, CSV, name="matrix_csv"),
    path(PLAN + "matrix/table.xlsx", matrix.matrix_table, XLSX, name="matrix_xlsx"),
    path(PLAN + "matrix/<slug:item>/", items.item, name="item"),
    path(PLAN + "matrix/<slug:item>/<slug:code>/", matrix.cell, name="cell"),
    path(PLAN + "sign-off/parties/<slug:code>/", matrix.party, name="party"),
    path(PLAN + "statement/", statements.statement, name="statement"),
    path(PLAN + "statement/sign/", statements.sign, name="sign"),
    path(PLAN + "statement/document/", statements.document, name="document"),
    path(PLAN + "statement/bundle/", statements.bundle, name="bundle"),
]
