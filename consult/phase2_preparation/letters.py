"""The text of an uploaded letter, read by the readers of plan documents."""

from django.utils.translation import gettext_lazy as _

from plans.text.documents.docx_reading import read_parts
from plans.text.documents.opening import is_word, open_markdown, open_word
from stakeholders.files.models import StoredFile
from stakeholders.files.storage import place_of
from stakeholders.terms.errors import Invalid

MOST = 200_000


def text_of(stored: StoredFile) -> str:
    """The paragraphs of a .docx with their printed numbers, or the text of a text file.

    Invalid ({"file": why}) for what cannot be read, holds no text, or too much of it.
    """
    path = place_of(stored.sha256)
    if is_word(path):
        blocks = read_parts(open_word(path)).blocks
        text = "\n".join(f"{one.number}{one.plain}" for one in blocks)
    else:
        text = open_markdown(path)[0]
    if not text.strip():
        raise Invalid({"file": _("The file holds no text.")})
    if len(text) > MOST:
        raise Invalid({"file": _("The letter is too long: at most 200,000 characters.")})
    return text
