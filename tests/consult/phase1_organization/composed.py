"""What a browser posts of the editor of a charter that nobody touched, and other fields put in."""

from collections.abc import Iterator, Mapping, Sequence

from django.forms import BaseForm
from django.http import QueryDict

from consult.phase1_organization.content import CharterContent
from consult.phase1_organization.forms import CharterEditor

NAMES = {
    "310118": {"zh": "青浦区", "en": "Qingpu District"},
    "320509": {"zh": "吴江区", "en": "Wujiang District"},
    "330421": {"zh": "嘉善县", "en": "Jiashan County"},
}
PARTIES = [(code, name["en"]) for code, name in NAMES.items()]


def posted(content: CharterContent, **fields: object) -> dict[str, object]:
    """The fields of the editor on `content`; `fields` replace some (`__` stands for `-`)."""
    editor = CharterEditor(content, parties=PARTIES, names=NAMES)
    data: dict[str, object] = {
        "clause-TOTAL_FORMS": str(len(editor.clauses.forms)),
        "clause-INITIAL_FORMS": str(editor.clauses.initial_form_count()),
        "weight-TOTAL": str(len(editor.weights.forms)),
    }
    for rule in editor.rules:
        data[f"{rule.prefix}-TOTAL"] = str(len(rule.lines))
    for form in _forms(editor):
        data.update(_fields(form))
    return {**data, **{name.replace("__", "-"): value for name, value in fields.items()}}


def query(data: Mapping[str, object]) -> QueryDict:
    """The fields as a request carries them."""
    found = QueryDict(mutable=True)
    for name, value in data.items():
        if isinstance(value, Sequence) and not isinstance(value, str):
            found.setlist(name, list(value))
        else:
            found[name] = str(value)
    return found


def edited(content: CharterContent, **fields: object) -> CharterEditor:
    """The editor after what was posted."""
    return CharterEditor(
        content, parties=PARTIES, names=NAMES, data=query(posted(content, **fields))
    )


def _forms(editor: CharterEditor) -> Iterator[BaseForm]:
    yield editor.form
    yield from editor.clauses.forms
    yield from editor.weights.forms
    for rule in editor.rules:
        yield rule.head
        yield from rule.lines


def _fields(form: BaseForm) -> dict[str, object]:
    found: dict[str, object] = {}
    for field in form:
        value = field.value()
        if value in (None, False, ""):
            continue
        found[field.html_name] = "on" if value is True else value
    return found
