"""A comment form as a download, for pages and programs alike."""

from django.http import HttpResponse

from consult.phase2_preparation.comment_sheets.csv_files import write_csv
from consult.phase2_preparation.comment_sheets.files import MEDIA_TYPES, write_form
from consult.phase2_preparation.models import Round
from consult.phase2_preparation.sheet_forms import comment_form, file_name
from plans.register.models import Plan
from stakeholders.files.serving import answer_made
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import NotVisible

GB = "gb18030"


def answer_form(
    *, actor: Actor, plan: Plan, one: Round, what: str, kind: str, language: str, encoding: str = ""
) -> HttpResponse:
    """The form `what` as a file of `kind`. NotVisible for one that is not there for this reader."""
    if kind not in MEDIA_TYPES:
        raise NotVisible
    form = comment_form(actor=actor, plan=plan, one=one, what=what, language=language)
    if kind == "csv" and encoding == GB:
        content, media_type = write_csv(form, encoding=GB), "text/csv; charset=gb18030"
    else:
        content, media_type = write_form(form, kind=kind), MEDIA_TYPES[kind]
    return answer_made(content, name=file_name(form, kind=kind), media_type=media_type)
