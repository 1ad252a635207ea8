"""Lists that the common readings leave out: route -> why. What stands elsewhere is named there."""

PLAN = "/plans/<key>/"
API = f"/api/v1{PLAN}"
FILE = "a page or answer of the product's own texts and files: no rows"
ONE = "one thing of a few lines, with the whole of it loaded at once"
OWN = "what one person made or was asked: a handful"
# Their rows are made by a sign-off: no sign-off is open in the phases of the common readings.
SIGN_OFF = "wants a sign-off: not counted here, nor by a test of its own"

LEFT = {
    "/healthz": "no list: whether the site answers",
    "/readyz": "no list: whether the site answers",
    "/help/approval/": FILE,
    "/help/rights/": FILE,
    "/people/mandates/who-grants/": FILE,
    "/api/v1/reference-values/": "one file of figures that administrators bring in: tests of indicators",
    "/jurisdictions/calendar/": "leads on to the calendar of this year",
    "/notices/count/": "one number",
    "/people/account/": ONE,
    "/asked/": OWN,
    "/calendar/": OWN,
    "/api/v1/calendar/": OWN,
    f"{PLAN}text/read/": "leads on to the text",
    f"{PLAN}text/items/<item>/differences/": ONE,
    f"{PLAN}text/provisions/<item>/credits/": "the comments that one provision took up",
    f"{PLAN}text/provisions/<item>/lineage/": "one provision through the revisions",
    f"{PLAN}comments/<number>/advice/": "a form; its list is read by the operation",
    f"{PLAN}health/open/": "a form: which kind of check",
    f"{PLAN}health/<pk>/report/": "one report, from the content kept with it",
    f"{PLAN}implementation/readings/import/": "a form: which file",
    f"{API}readings/import/<file>/": "the rows of one file that was uploaded: tests of imports",
    f"{PLAN}organization/leave/": "a form; notices to leave are read by `withdrawals/`",
    f"{PLAN}organization/charters/<number>/try/": "one charter against made-up positions",
    f"{API}charters/<number>/ballots/": "one ballot for each time a charter is put forward",
    f"{API}demands/<code>/<number>/sortings/": "how one demand was sorted, time after time",
    f"{API}rounds/<number>/drafts/<draft>/notes/": "the notes on one draft",
    f"{PLAN}record/heads/": "wants heads: tests/plans/register/test_heads.py",
    f"{API}record/heads/": "wants heads: tests/plans/register/test_heads.py",
    f"{PLAN}matrix/": "phase3_identification/test_views.py, at any size",
    f"{PLAN}statement/": "phase3_identification/test_statements.py, for many statements",
    f"{API}statements/": "phase3_identification/test_statements.py, for many statements",
    f"{PLAN}approval/": "one dossier on its way: tests of approval",
    f"{PLAN}approval/conditions/": "approval/test_reply_pages.py, for many conditions",
    f"{PLAN}approval/dossier/": "the lines that the rules name: approval/test_dossier.py",
    f"{PLAN}objections/<pk>/talk/": ONE,
    f"{PLAN}reopen/": "a form: why",
    **{f"{PLAN}sign-off/{page}": SIGN_OFF for page in ("", "adoption/", "conditions/")},
    **{f"{PLAN}sign-off/{page}/": SIGN_OFF for page in ("overrides", "reopening")},
    **{
        f"{API}sign-off/{page}/": SIGN_OFF
        for page in ("conditions", "declarations/<code>", "former", "overrides", "reopening")
    },
    f"{PLAN}reservations/": SIGN_OFF,
    f"{API}reservations/": SIGN_OFF,
}
