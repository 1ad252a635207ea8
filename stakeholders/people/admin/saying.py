"""What an action refused, in a sentence for administrators."""

from django.utils.translation import gettext_lazy as _

from stakeholders.terms.errors import Conflict, Invalid, Refused


def said(error: Exception) -> str:
    if isinstance(error, Invalid):
        return " ".join(str(text) for text in error.errors.values())
    if isinstance(error, Conflict):
        return str(error.text)
    if isinstance(error, Refused) and error.text is not None:
        return str(error.text)
    return str(_("Nobody grants or confirms a mandate for oneself."))
