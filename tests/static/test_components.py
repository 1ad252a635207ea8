"""The shared templates: accessible fields, error summaries, steppers, and pages of refusal."""

import re

import pytest
from django import forms
from django.template.loader import render_to_string
from django.utils import translation


@pytest.fixture(autouse=True)
def _in_english() -> object:
    with translation.override("en"):
        yield


class OpinionForm(forms.Form):
    title = forms.CharField(label="Title", help_text="Up to 60 characters")
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A")], widget=forms.RadioSelect)
    is_checked = forms.BooleanField(label="Checked")
    note = forms.CharField(label="Note", required=False)


def test_field_ties_label_help_and_error_to_its_input() -> None:
    html = OpinionForm({})["title"].as_field_group()
    assert re.search(r'<label class="field__label" for="id_title">Title</label>', html)
    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert 'id="id_title_helptext"' in html
    assert 'id="id_title_error"' in html
    assert 'aria-invalid="true"' in html


def test_radio_field_is_a_fieldset_with_legend() -> None:
    html = OpinionForm()["kind"].as_field_group()
    assert re.findall(r"<legend>(.*?)</legend>", html) == ["Kind"]


def test_optional_field_says_so() -> None:
    assert "(optional)" in OpinionForm()["note"].as_field_group()
    assert "(optional)" not in OpinionForm()["title"].as_field_group()


def test_error_summary_links_every_error_to_its_field() -> None:
    html = render_to_string("components/error_summary.html", {"form": OpinionForm({})})
    assert re.findall(r'href="(#[^"]+)"', html) == ["#id_title", "#id_kind", "#id_is_checked"]


def test_error_summary_is_absent_without_errors() -> None:
    html = render_to_string("components/error_summary.html", {"form": OpinionForm()})
    assert html.strip() == ""


def test_form_carries_mandate_and_idempotency_key() -> None:
    html = render_to_string(
        "components/form.html",
        {"form": OpinionForm(), "chrome": {"current": 7}, "idempotency_key": "k-1"},
    )
    assert re.findall(r'type="hidden" name="(\w+)" value="([^"]+)"', html) == [
        ("acting_mandate", "7"),
        ("idempotency_key", "k-1"),
    ]


def test_form_of_a_named_mandate_does_not_follow_the_header() -> None:
    context = {"form": OpinionForm(), "chrome": {"current": 7}, "acting_mandate": 3}
    html = render_to_string("components/form.html", context)
    assert re.findall(r'name="acting_mandate" value="(\d+)"', html) == ["3"]


def test_stepper_marks_only_the_current_phase() -> None:
    states = ["done", "current", "ahead", "ahead"]
    phases = [{"number": n, "title": f"P{n}", "state": s} for n, s in enumerate(states, 1)]
    html = render_to_string("components/stepper.html", {"phases": phases})
    assert html.count('aria-current="step"') == 1
    assert re.findall(r'stepper__state">([^<]+)<', html) == [
        "Completed",
        "In progress",
        "Not yet begun",
        "Not yet begun",
    ]


@pytest.mark.parametrize(
    ("left", "overdue", "words"),
    [
        (3, None, "3 working days left"),
        (1, None, "1 working day left"),
        (0, None, "Due today"),
        (-2, 2, "2 working days overdue"),
        (None, None, ""),
    ],
)
def test_days_left_are_said_in_words(left: int | None, overdue: int | None, words: str) -> None:
    context = {"days_left": left, "days_overdue": overdue}
    html = render_to_string("components/days_left.html", context)
    assert re.sub(r"<[^>]+>", "", html).strip() == words


def test_gate_lists_blockers_with_links_else_offers_to_advance() -> None:
    blockers = [{"text": "No charter.", "url": "/charter/"}]
    shut = render_to_string("components/gate.html", {"blockers": blockers, "advance_url": "/go/"})
    opened = render_to_string("components/gate.html", {"blockers": [], "advance_url": "/go/"})
    assert re.findall(r'<a [^>]*href="([^"]+)"', shut) == ["/charter/"]
    assert re.findall(r'<a [^>]*href="([^"]+)"', opened) == ["/go/"]


@pytest.mark.parametrize(
    ("name", "context", "words"),
    [
        ("400.html", {}, "The request cannot be read"),
        ("403.html", {"reason": "Signing needs a letter.", "holders": ["signatory"]}, "signatory"),
        ("403_csrf.html", {}, "The form has expired"),
        ("404.html", {}, "Page not found"),
        ("409.html", {}, "This has changed in the meantime"),
        ("409.html", {"blockers": [{"text": "No charter.", "url": "/c/"}]}, "No charter."),
        ("422.html", {"errors": {"": "A reason is needed."}}, "A reason is needed."),
        ("429.html", {}, "Too many attempts"),
        ("500.html", {}, "The server made an error"),
    ],
)
def test_page_of_refusal_says_why_under_one_heading(
    name: str, context: dict[str, object], words: str
) -> None:
    html = render_to_string(name, context)
    assert html.count("<h1") == 1
    assert words in html
    assert '<html lang="en">' in html
    assert 'href="#main"' in html


def test_text_of_people_is_escaped() -> None:
    html = render_to_string("components/page_header.html", {"title": "<script>x</script>"})
    assert "<script>" not in html
