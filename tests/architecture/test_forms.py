"""Every form that speaks for a jurisdiction says and carries the mandate it speaks under."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.forms import BaseFormSet

import config.urls  # noqa: F401 - loads every form

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
FORM = re.compile(r"<form\b(?P<head>[^>]*(?:%}[^>]*)*)>(?P<body>.*?)</form>", re.S)
APPS, MOST_ROWS = ("stakeholders", "plans", "consult"), 200
HIDDEN, SPEAKS = "components/form_hidden.html", "components/speaks.html"
# template -> why its posting forms speak for nobody
EXCEPTIONS = {
    "consult/phase2_preparation/answers.html": "says it beside its buttons, in answer_buttons.html",
    "consult/phase2_preparation/table_acts.html": "rows for a preview, which says it and asks again",
    "403_mandate.html": "sends the form again under the mandate of the pressed button",
    "account/email_change.html": "a person's own account",
    "account/email_confirm.html": "a person's own account",
    "account/password_reset.html": "a person's own account",
    "account/password_reset_from_key.html": "a person's own account",
    "admin/import/delivery.html": "administrators speak for nobody",
    "admin/import/upload.html": "administrators speak for nobody",
    "allauth/elements/form.html": "a person's own account",
    "components/act_under.html": "changes the mandate of the header",
    "components/acting_as.html": "changes the mandate of the header",
    "components/language.html": "the language of the reader",
    "components/masthead.html": "signing out",
    "consult/desk/feeds.html": "a person's own calendar feeds",
    "consult/desk/home.html": "changes the mandate of the header",
    "mfa/webauthn/add_form.html": "a person's own account",
    "mfa/webauthn/authenticator_confirm_delete.html": "a person's own account",
    "mfa/webauthn/edit_form.html": "a person's own account",
    "503.html": "sends again what was typed, the mandate of the form among it",
    "stakeholders/files/list.html": "a person's own uploads",
    "stakeholders/jobs/detail.html": "a person's own long work",
    "stakeholders/notices/inbox.html": "a person's own inbox",
    "stakeholders/notices/line.html": "a person's own inbox",
    "stakeholders/notices/settings.html": "how a person is mailed",
    "stakeholders/notices/unsubscribe.html": "what the link of a mail stops, for whoever has it",
    "stakeholders/people/tokens.html": "a person's own tokens",
    "usersessions/usersession_list.html": "a person's own sessions",
}


def posting() -> dict[str, list[str]]:
    """Template -> the bodies of its forms that are not plain GET forms."""
    found: dict[str, list[str]] = {}
    for path in sorted(TEMPLATES.rglob("*.html")):
        for form in FORM.finditer(path.read_text("utf-8")):
            if 'method="get"' not in form["head"]:
                found.setdefault(str(path.relative_to(TEMPLATES)), []).append(form["body"])
    return found


def test_every_posting_form_carries_and_shows_its_mandate() -> None:
    silent = [
        name
        for name, bodies in posting().items()
        if name not in EXCEPTIONS
        for body in bodies
        if HIDDEN not in body or SPEAKS not in body
    ]
    assert silent == []


def test_every_exception_still_stands() -> None:
    assert EXCEPTIONS.keys() - posting().keys() == set()


def test_every_form_tag_is_read_by_this_test() -> None:
    tags = sum(path.read_text("utf-8").count("<form") for path in TEMPLATES.rglob("*.html"))
    texts = (path.read_text("utf-8") for path in TEMPLATES.rglob("*.html"))
    assert tags == sum(len(FORM.findall(text)) for text in texts)


def test_no_request_makes_a_form_of_thousands_of_rows() -> None:
    """Django builds 1,000 rows more than a formset may have, if TOTAL_FORMS asks for them."""
    kinds = [kind for kind in _below(BaseFormSet) if hasattr(kind, "absolute_max")]
    ours = [kind for kind in kinds if kind.form.__module__.split(".")[0] in APPS]
    assert len(ours) > 4
    assert [kind.__name__ for kind in ours if kind.absolute_max > MOST_ROWS] == []


def _below(kind: type[BaseFormSet]) -> Iterator[type[BaseFormSet]]:
    for one in kind.__subclasses__():
        yield one
        yield from _below(one)
