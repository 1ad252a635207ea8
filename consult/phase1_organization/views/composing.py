"""The editor of a charter: composed, read back, tried on a case, proposed."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from consult.phase1_organization import actions
from consult.phase1_organization.clauses import changes, party_name
from consult.phase1_organization.content import CharterContent, default_content
from consult.phase1_organization.enums import ItemClass
from consult.phase1_organization.forms import PROPOSE, READ, TRY, CharterEditor
from consult.phase1_organization.forms.trying import question_text
from consult.phase1_organization.governing import has_open_sign_off
from consult.phase1_organization.models import Charter
from consult.phase1_organization.queries import charter_in_force, charters_of
from consult.phase1_organization.rules import ACTS
from consult.phase1_organization.soundness import rule_problem
from consult.phase1_organization.trying import questions
from consult.phase1_organization.views.trials import Makers, makers_of, trial_context
from plans.register.models import Plan
from plans.register.queries import get_plan
from plans.register.rules import require
from stakeholders.terms.errors import Conflict, Invalid

FOLDER = "consult/phase1_organization"
PARTS = {READ: "charter_reading.html", TRY: "trial.html"}


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, key: str) -> HttpResponse:
    """The editor starts from the last charter, or from the usual rules.

    `?part=`: only what the form reads back, or what comes of its case; nothing is proposed.
    """
    plan = get_plan(actor=request.actor, key=key)
    require("charter.propose", ACTS, actor=request.actor, plan=plan)
    last, makers = charters_of(plan).first(), makers_of(plan)
    start = last.content if last else default_content()
    data = request.POST if request.method == "POST" else None
    editor = CharterEditor(
        start,
        parties=makers.parties,
        names=makers.names,
        data=data,
        do=request.GET.get("do", ""),
    )
    part = PARTS.get(request.GET.get("part", "")) if data is not None else None
    if data is not None and part is None and editor.do == PROPOSE and editor.is_valid():
        charter = _propose(request, plan, editor)
        if charter is not None:
            messages.success(request, _("The charter is proposed. Put it to the parties."))
            return redirect("organization:charter", key=plan.key, number=charter.number)
    context = {
        "plan": plan,
        "editor": editor,
        "form": editor.form,
        "last": last,
        "has_open_sign_off": has_open_sign_off(plan),
        "questions": _questions(makers),
        **_read_back(editor, makers, in_force=charter_in_force(plan)),
    }
    if part is not None:
        return render(request, f"{FOLDER}/{part}", context)
    is_refused = editor.do == PROPOSE and data is not None
    status = 422 if is_refused else 200
    return render(request, f"{FOLDER}/propose.html", context, status=status)


def _propose(request: HttpRequest, plan: Plan, editor: CharterEditor) -> Charter | None:
    """The charter; None where it is refused, with the reasons in the editor."""
    note = editor.form.cleaned_data["note"]
    try:
        return actions.propose_charter(
            actor=request.actor, plan=plan, content=editor.content(), note=note
        )
    except Invalid as error:
        editor.put(error)
    except Conflict as error:
        editor.form.add_error(None, str(error.text))
    return None


def _questions(makers: Makers) -> list[tuple[str, str]]:
    """Quick questions with the name of the button that asks them."""
    spoken = {code: party_name(makers.names, code) for code in makers.names}
    asked = questions(sorted(makers.weights), item_class=ItemClass.BINDING.value)
    return [(question_text(one, names=spoken), f"ask:{one.kind}") for one in asked]


def _read_back(
    editor: CharterEditor, makers: Makers, *, in_force: Charter | None
) -> dict[str, Any]:
    """The rules as sentences, the changes against the charter in force, the case as tried."""
    if not editor.is_read:
        return {"reading": _stored(editor)} if editor.do == "" else {}
    is_whole = editor.is_valid()
    content = editor.content() if is_whole else None
    codes = list(makers.weights)
    rows = []
    for rule in editor.rules:
        made = rule.rule() if rule.is_valid() else None
        sentence = rule.sentence(made) if made else None
        problem = rule_problem(content, rule.item_class, codes=codes) if content and made else None
        rows.append(
            {
                "label": rule.label,
                "is_left_out": not rule.lines and rule.is_optional,
                "text_zh": sentence["zh"] if sentence else "",
                "text_en": sentence["en"] if sentence else "",
                "problem": problem,
            }
        )
    found: dict[str, Any] = {"reading": rows, "is_whole": is_whole}
    if content is not None and in_force is not None:
        found["changes"] = changes(in_force.content, content, names=makers.names)
        found["against"] = in_force
    return {**found, "trial": _tried(editor, makers)}


def _stored(editor: CharterEditor) -> list[dict[str, object]]:
    """The rules the editor starts from, as sentences."""
    rows: list[dict[str, object]] = []
    for rule in editor.rules:
        stored = editor.start.rules.get(rule.item_class)
        said = rule.sentence(stored) if stored else {"zh": "", "en": ""}
        rows.append(
            {
                "label": rule.label,
                "is_left_out": stored is None,
                "text_zh": said["zh"],
                "text_en": said["en"],
            }
        )
    return rows


def _tried(editor: CharterEditor, makers: Makers) -> dict[str, Any] | None:
    """What comes of the case in the editor; its class's rule has to be whole, the rest need not."""
    if editor.do != TRY or not editor.trial.is_valid():
        return None
    trial = editor.trial.trial()
    content = _enough(editor, trial.item_class)
    if content is None:
        return {"problem": _("The rule of this class is not whole yet: see its lines.")}
    return trial_context(content, trial, makers=makers)


def _enough(editor: CharterEditor, item_class: str) -> CharterContent | None:
    """The content as far as a trial of one class needs it."""
    whole = {one.item_class: one for one in editor.rules if one.is_valid()}
    if item_class not in whole or not editor.weights.is_valid():
        return None
    made = {name: one.rule() for name, one in whole.items()}
    rules = {name: rule for name, rule in made.items() if rule is not None}
    if item_class not in rules and ItemClass.BINDING.value not in rules:
        return None
    return replace(editor.start, rules=rules, weights=editor.weights.weights())
