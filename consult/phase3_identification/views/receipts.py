"""Receipts of a party's declarations, one by one and all of them with what changed."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from consult.ballots.receipts import Receipt
from consult.phase3_identification import queries, standalone_receipt
from consult.phase3_identification.models import Declaration
from consult.phase3_identification.receipts import receipt_of
from consult.phase3_identification.views.said import changes_between, lines_in, paper_of
from consult.phase3_identification.views.screens import FOLDER
from plans.register.models import Plan
from plans.register.queries import get_plan
from stakeholders.files.serving import answer_file, answer_made
from stakeholders.terms.asked import asked_number
from stakeholders.terms.errors import Conflict, NotVisible


@require_safe
def receipt(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """One declaration as it was taken, for reading and printing."""
    plan, found = _load(request, key, pk)
    content = json.loads(found.content)
    labels, names = _labels(plan, [found])
    general, exceptions = lines_in(content, labels, names)
    context = {
        "plan": plan,
        "declaration": found,
        "content": content,
        "general": general,
        "exceptions": exceptions,
        "plain": len(content["items"]) - len(content["exceptions"]),
        "paper": paper_of(found, content),
        "is_own": str(found.jurisdiction_id) == request.actor.inside,
        "lifted": labels.get(content.get("lifts", {}).get("item", ""), ""),
        "receipt": _in_record(plan, found),
    }
    return render(request, f"{FOLDER}/receipt.html", context)


@require_safe
def receipt_file(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """The receipt as a file that can be verified alone, up to the head told at `told` or the
    newest one."""
    plan, found = _load(request, key, pk)
    size = asked_number(request.GET.get("told", ""), default=0)
    text = receipt_of(plan, found, size=size).text
    name = f"receipt-{key}-{found.jurisdiction_id}-{found.pk}.json"
    return answer_made(text.encode(), name=name, media_type="application/json")


@require_safe
def verifier(request: HttpRequest, key: str) -> HttpResponse:
    """The program that verifies receipts, to be kept beside them: it needs Python alone."""
    get_plan(actor=request.actor, key=key)
    source = Path(standalone_receipt.__file__).read_bytes()
    return answer_made(source, name="verify_receipt.py", media_type="text/x-python")


@require_safe
def letter_file(request: HttpRequest, key: str, pk: int) -> HttpResponseBase:
    """The stamped letter of a declaration one may read."""
    _plan, found = _load(request, key, pk)
    if found.letter_file is None:
        raise NotVisible
    return answer_file(found.letter_file, request=request)


@require_safe
def history(request: HttpRequest, key: str, code: str) -> HttpResponse:
    """All declarations of one party in this plan, newest first, each with what it changed."""
    plan = get_plan(actor=request.actor, key=key)
    found = queries.declarations_of(plan, code=code, actor=request.actor)
    if not found:
        raise NotVisible
    labels, names = _labels(plan, found)
    contents = [json.loads(row.content) for row in found]
    lines = [
        {
            "declaration": row,
            "general": lines_in(contents[at], labels, names)[0],
            "exceptions": lines_in(contents[at], labels, names)[1],
            "is_first": at == 0,
            "changes": _changes(found, contents, at, labels, names),
            "items": len(contents[at]["items"]),
        }
        for at, row in enumerate(found)
    ]
    context = {"plan": plan, "party": found[0].jurisdiction, "lines": lines[::-1]}
    return render(request, f"{FOLDER}/declarations.html", context)


def _changes(
    found: list[Declaration],
    contents: list[Mapping[str, Any]],
    at: int,
    labels: Mapping[str, str],
    names: Mapping[str, object],
) -> list[object]:
    """Beside the declaration before it in the same sign-off; a new sign-off begins anew."""
    if at == 0 or found[at].sign_off_id != found[at - 1].sign_off_id:
        return []
    return list(changes_between(contents[at - 1], contents[at], labels, names))


def _load(request: HttpRequest, key: str, pk: int) -> tuple[Plan, Declaration]:
    plan = get_plan(actor=request.actor, key=key)
    return plan, queries.get_declaration(plan, pk=pk, actor=request.actor)


def _in_record(plan: Plan, declaration: Declaration) -> Receipt | None:
    try:
        return receipt_of(plan, declaration)
    except Conflict:
        return None  # the page says so


def _labels(plan: Plan, rows: list[Declaration]) -> tuple[dict[str, str], dict[str, object]]:
    """Key of an item -> number and title; code -> name of a party."""
    names: dict[str, object] = {unit.code: str(unit) for unit in queries.party_units(plan)}
    return queries.item_labels([row.revision for row in rows]), names
