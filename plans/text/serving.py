"""The plan text as a download, for the pages and for programs."""

from django.http import HttpResponse, QueryDict

from plans.register.models import Plan, Revision
from plans.text import queries
from plans.text.documents.files import KINDS, write
from plans.text.forms.export import ChoiceForm
from stakeholders.files.names import disposition
from stakeholders.terms.errors import Invalid, NotVisible


def answer(plan: Plan, *, revision: Revision | None, kind: str, said: QueryDict) -> HttpResponse:
    """The file as a download. NotVisible for an unknown kind; Invalid for an unknown choice."""
    if kind not in KINDS:
        raise NotVisible
    form = ChoiceForm(
        said, chapters=queries.chapter_names(plan, revision=revision), units=queries.units(plan)
    )
    if not form.is_valid():
        raise Invalid({name: str(texts[0]) for name, texts in form.errors.items()})
    document, edition = queries.exported(plan, revision=revision, choice=form.choice())
    response = HttpResponse(write(document, edition, kind=kind), content_type=KINDS[kind])
    state = f"R{revision.number}" if revision else "draft"
    response["Content-Disposition"] = disposition(f"{plan.key}-{state}.{kind}")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-cache"
    return response
