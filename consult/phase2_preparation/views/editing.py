"""The editor of a comment: its form, what was typed and not saved, and two colleagues at once."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from consult.phase2_preparation import actions, queries, rules
from consult.phase2_preparation.checks import with_quote
from consult.phase2_preparation.forms import (
    CommentForm,
    initial_of_draft,
    initial_of_typed,
)
from consult.phase2_preparation.forms.comments import SAID
from consult.phase2_preparation.models import CommentAutosave, CommentDraft, Round
from consult.phase2_preparation.proposals import Proposed, proposals_of
from consult.phase2_preparation.views.inside import uuids
from plans.register.models import Item, Plan, RevisionItem
from plans.register.queries import get_plan
from plans.text.differences import pieces
from stakeholders.terms.errors import Conflict, Invalid, NotVisible

ANY = ["GET", "HEAD", "POST"]


@dataclass(frozen=True, kw_only=True)
class Editor:
    """What one editor is about: a draft that is there, or a new comment on an item or the whole."""

    plan: Plan
    one: Round
    draft: CommentDraft | None = None
    entry: RevisionItem | None = None

    @property
    def item(self) -> Item | None:
        """The item a new comment is on."""
        return None if self.draft or self.entry is None else self.entry.item

    @property
    def back(self) -> str:
        url = reverse("preparation:round", args=[self.plan.key, self.one.number])
        key = self.entry.item.key if self.entry else ""
        return f"{url}?item={key}#{key}" if key else url

    def url(self, name: str) -> str:
        """The address that keeps or forgets what is typed here."""
        base = reverse(f"preparation:{name}", args=[self.plan.key, self.one.number])
        if self.draft:
            return f"{base}?draft={self.draft.key}"
        return f"{base}?item={self.item.key}" if self.item else base


def open_editor(
    request: HttpRequest, key: str, number: int, *, item: str = "", draft: str = ""
) -> Editor:
    """NotVisible for a draft or an item that is not there; Refused without the right to write."""
    plan = get_plan(actor=request.actor, key=key)
    one = queries.get_round(plan, number=number)
    one.plan = plan
    if draft:
        found = queries.get_draft(actor=request.actor, one=one, key=draft)
        rules.require("comment.edit", actor=request.actor, plan=plan, code=found.jurisdiction_id)
        item_key = found.item.key if found.item else ""
        return Editor(plan=plan, one=one, draft=found, entry=entry_of(one, item_key))
    code = request.actor.jurisdiction_code
    rules.require("comment.draft", actor=request.actor, plan=plan, code=code)
    return Editor(plan=plan, one=one, entry=entry_of(one, item))


def entry_of(one: Round, item_key: str) -> RevisionItem | None:
    if not item_key:
        return None
    entry = queries.entries_by_key(one, [item_key]).get(item_key)
    if entry is None:
        raise NotVisible
    return entry


@require_http_methods(ANY)
def draft_comment(request: HttpRequest, key: str, number: int, item: str = "") -> HttpResponse:
    editor = open_editor(request, key, number, item=item)
    if request.method != "POST":
        return _opened(request, editor)
    form = _form(request, editor)
    if not form.is_valid() or request.POST.get("do") == "preview":
        return _page(request, editor, form, is_preview=True)
    try:
        actions.draft_comment(
            actor=request.actor,
            plan=editor.plan,
            one=editor.one,
            key=form.cleaned_data["key"],
            item=editor.item,
            **form.values(),
        )
    except Invalid as error:
        form.show(error)
    except Conflict as error:
        if isinstance(error.theirs, CommentDraft):  # sent again with another text
            return _conflict_page(request, editor, form, theirs=error.theirs)
        form.add_error(None, str(error.text))
        return _page(request, editor, form, status=409)
    else:
        return redirect(editor.back)
    return _page(request, editor, form)


@require_http_methods(ANY)
def edit_comment(request: HttpRequest, key: str, number: int, draft: str) -> HttpResponse:
    editor = open_editor(request, key, number, draft=str(draft))
    found = editor.draft
    if request.method != "POST" or found is None:
        return _opened(request, editor)
    form = _form(request, editor)
    if not form.is_valid() or request.POST.get("do") == "preview":
        return _page(request, editor, form, is_preview=True)
    try:
        actions.edit_comment(
            actor=request.actor,
            plan=editor.plan,
            draft=found,
            edits=form.cleaned_data["edits"],
            **form.values(),
        )
    except Invalid as error:
        form.show(error)
    except Conflict as error:
        if isinstance(error.theirs, CommentDraft):
            return _conflict_page(request, editor, form, theirs=error.theirs)
        form.add_error(None, str(error.text))
        return _page(request, editor, form, status=409)
    else:
        return redirect(editor.back)
    return _page(request, editor, form)


@require_POST
def typed(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """The form as it stands, from time to time; an empty one is not kept."""
    editor = _asked_editor(request, key, number)
    form = _form(request, editor)
    about: dict[str, Any] = {
        "plan": editor.plan,
        "one": editor.one,
        "draft": editor.draft,
        "item": editor.item,
    }
    if form.is_empty():
        actions.discard_typed_comment(actor=request.actor, **about)
        return _typed(request)
    form.is_valid()
    edits = getattr(form, "cleaned_data", {}).get("edits") or 0
    try:
        row = actions.keep_typed_comment(
            actor=request.actor, fields=form.typed(), edits=edits, **about
        )
    except Invalid as error:
        said = " ".join(str(text) for text in error.errors.values())
        return _typed(request, status=422, error=said)
    return _typed(request, row=row)


@require_POST
def discard(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Forget what was typed and open the form anew."""
    editor = _asked_editor(request, key, number)
    actions.discard_typed_comment(
        actor=request.actor,
        plan=editor.plan,
        one=editor.one,
        draft=editor.draft,
        item=editor.item,
    )
    if editor.draft:
        return redirect("preparation:edit", key, number, editor.draft.key)
    if editor.item:
        return redirect("preparation:draft_on", key, number, editor.item.key)
    return redirect("preparation:draft", key, number)


def _asked_editor(request: HttpRequest, key: str, number: int) -> Editor:
    draft = request.GET.get("draft", "")
    if draft:
        draft = uuids([draft])[0]
    return open_editor(request, key, number, item=request.GET.get("item", ""), draft=draft)


def _typed(request: HttpRequest, *, status: int = 200, **context: Any) -> HttpResponse:
    return render(request, "plans/text/typed.html", context, status=status)


def _form(request: HttpRequest, editor: Editor, *, initial: Any = None) -> CommentForm:
    """The form over the files a draft has, bound to what was sent."""
    files = _files(editor.draft)
    stands = initial or (initial_of_draft(editor.draft, files=files) if editor.draft else {})
    posted = (request.POST, request.FILES) if request.method == "POST" and not initial else ()
    return CommentForm(
        *posted,
        initial=stands,
        actor=request.actor,
        plan_key=editor.plan.key,
        has_wording=editor.entry is not None,
    )


def _files(draft: CommentDraft | None) -> list[Any]:
    rows = draft.files.select_related("file") if draft else []
    return [row.file for row in rows]


def _opened(request: HttpRequest, editor: Editor) -> HttpResponse:
    """An empty form or the draft in it, or over it what the person had typed and not saved."""
    row = queries.typed_comment(
        actor=request.actor, one=editor.one, draft=editor.draft, item=editor.item
    )
    initial: dict[str, object] = {}
    if editor.draft:
        initial = initial_of_draft(editor.draft, files=_files(editor.draft))
    if row:
        initial = initial_of_typed(row, before=initial)
    for name in ("quote", "before"):
        if request.GET.get(name) and not row:
            initial[name] = request.GET[name][:2_000]
    form = _form(request, editor, initial=initial or {"share": True})
    return _page(request, editor, form, typed=row)


def _page(
    request: HttpRequest,
    editor: Editor,
    form: CommentForm,
    *,
    typed: CommentAutosave | None = None,
    is_preview: bool = False,
    status: int = 0,
) -> HttpResponse:
    wording = queries.wording_of(editor.entry.version) if editor.entry else None
    preview = _preview(editor, form) if is_preview and not form.errors else None
    context = {
        **_context(editor, form),
        "wording": wording,
        "action": request.path,
        "typed": typed,
        "is_stale": bool(typed and editor.draft and typed.edits != editor.draft.edits),
        "is_over": not queries.still_takes(actor=request.actor, one=editor.one),
        "preview": preview,
    }
    template = "consult/phase2_preparation/comment_form.html"
    if request.htmx and request.method != "POST":
        template += "#comment-form"
    return render(request, template, context, status=status or (422 if form.errors else 200))


def _preview(editor: Editor, form: CommentForm) -> list[Proposed] | None:
    """What the form proposes, as a difference; None, with the fault in the form, where its passage
    is not in the wording."""
    version = editor.entry.version if editor.entry else None
    try:
        remark = with_quote(form.remark(), version, before=form.values()["before"])
    except Invalid as error:
        form.show(error)
        return None
    return proposals_of(remark, wording=queries.wording_of(version) if version else None)


def _context(editor: Editor, form: CommentForm) -> dict[str, object]:
    return {
        "plan": editor.plan,
        "one": editor.one,
        "form": form,
        "entry": editor.entry,
        "draft": editor.draft,
        "form_id": f"comment-{editor.entry.item.key if editor.entry else 'whole'}",
        "typed_url": editor.url("comment_typed"),
        "discard_url": editor.url("comment_discard"),
        "cancel_url": editor.back,
    }


def _conflict_page(
    request: HttpRequest, editor: Editor, form: CommentForm, *, theirs: CommentDraft
) -> HttpResponse:
    """Theirs and mine beside each other; the form holds mine, to be saved over theirs."""
    mine = form.cleaned_data
    names = [name for name in SAID[1:] if getattr(theirs, name) != mine[name]]
    files = [mine[name] for name in ("file_1", "file_2", "file_3") if mine[name]]
    initial = {**mine, "edits": theirs.edits}
    merged = CommentForm(
        initial=initial,
        actor=request.actor,
        plan_key=editor.plan.key,
        has_wording=editor.entry is not None,
    )
    context = {
        **_context(editor, merged),
        "action": reverse(
            "preparation:edit", args=[editor.plan.key, editor.one.number, theirs.key]
        ),
        "theirs": theirs,
        "files": files,
        "texts": [
            {
                "name": name,
                "label": form.fields[name].label,
                "theirs": getattr(theirs, name),
                "mine": mine[name],
                "pieces": pieces(getattr(theirs, name), mine[name]),
            }
            for name in names
        ],
    }
    return render(request, "consult/phase2_preparation/comment_conflict.html", context, status=409)
