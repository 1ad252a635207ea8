"""A rule tried on a case: on its own page for a charter, and inside the editor."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from consult.consensus.case import CaseError
from consult.phase1_organization.clauses import party_name
from consult.phase1_organization.content import CharterContent
from consult.phase1_organization.enums import Stance
from consult.phase1_organization.forms import TrialForm
from consult.phase1_organization.governing import names_of
from consult.phase1_organization.queries import co_makers_of, get_charter
from consult.phase1_organization.sentences import PartyNames, rule_sentence
from consult.phase1_organization.trying import Trial, questions, rule_of_class, try_rule
from consult.phase1_organization.views.screens import asked_as_links
from plans.register.models import Plan
from plans.register.queries import get_plan
from stakeholders.terms.duty import Text

FOLDER = "consult/phase1_organization"
STATES: Mapping[str, tuple[str, Text]] = {
    "passed": ("success", _("Passes")),
    "failed": ("danger", _("Does not pass")),
    "open": ("info", _("Still open")),
}
MARKS: Mapping[str, tuple[str, Text]] = {
    "met": ("success", _("Met")),
    "unmet": ("danger", _("Not met")),
    "reachable": ("info", _("Can still be met")),
    "unreachable": ("warning", _("Somebody would have to change")),
}


@dataclass(frozen=True, kw_only=True)
class Makers:
    """The co-makers of a plan as the editor and the trial need them."""

    weights: Mapping[str, str]
    names: PartyNames

    @property
    def parties(self) -> list[tuple[str, str]]:
        """Code and name in the reader's language."""
        return [(code, party_name(self.names, code)) for code in self.weights]


def makers_of(plan: Plan) -> Makers:
    parties = list(co_makers_of(plan))
    weights = {str(one.jurisdiction_id): str(one.weight) for one in parties}
    return Makers(weights=weights, names=names_of(parties))


def trial_context(content: CharterContent, trial: Trial, *, makers: Makers) -> dict[str, Any]:
    """What comes of a trial, in the form its template shows."""
    rule = rule_of_class(content, trial.item_class)
    sentence = rule_sentence(rule, makers.names)
    found: dict[str, Any] = {"text_zh": sentence["zh"], "text_en": sentence["en"]}
    case = [(name, Stance(trial.stance(code)).label) for code, name in makers.parties]
    try:
        result = try_rule(content, trial, parties=makers.weights, names=makers.names)
    except CaseError as error:
        return {"sentence": found, "problem": error.error}
    tone, word = STATES[result["state"]]
    needed = result["still_needed"]
    return {
        "sentence": found,
        "case": case,
        "tone": tone,
        "word": word,
        "rows": [_row(one) for one in result["requirements"]],
        "still_needed": {"text_zh": needed["zh"], "text_en": needed["en"]},
        "warnings": _one_language(result["warnings"]),
    }


def _row(one: Mapping[str, Any]) -> dict[str, Any]:
    tone, word = MARKS[one["state"]]
    said = one["explain"]
    return {
        "text_zh": said["zh"],
        "text_en": said["en"],
        "have": one["have"],
        "need": one["need"],
        "tone": tone,
        "word": word,
    }


def _one_language(warnings: Sequence[str]) -> list[str]:
    """Warnings stand in both languages, Chinese first, parted by a stroke."""
    is_english = (get_language() or "").startswith("en")
    parted = [text.partition(" / ") for text in warnings]
    return [en if is_english and en else zh for zh, _stroke, en in parted]


@require_safe
def trial(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """What comes of a case under a charter. The case stands in the address."""
    plan = get_plan(actor=request.actor, key=key)
    charter = get_charter(plan, number=number)
    content, makers = charter.content, makers_of(plan)
    classes = list(content.rules)
    form = TrialForm(request.GET or None, parties=makers.parties, classes=classes)
    is_asked = bool(request.GET) and form.is_valid()
    first = form.cleaned_data["item_class"] if is_asked else classes[0]
    asked = questions(sorted(makers.weights), item_class=first)
    context = {
        "plan": plan,
        "charter": charter,
        "form": form,
        "trial": trial_context(content, form.trial(), makers=makers) if is_asked else None,
        "questions": asked_as_links(asked, names=makers.names),
    }
    return render(request, f"{FOLDER}/try.html", context)
