"""Words of a preview's rows."""

from django import template
from django.utils.functional import Promise

from plans.register.enums import Strength
from plans.text.differences import Piece, pieces
from plans.text.forms.importing import KIND_LABELS, REASONS
from plans.text.previews import Line

register = template.Library()


@register.filter
def row_kind_label(kind: str) -> str | Promise:
    return dict(KIND_LABELS).get(str(kind), str(kind))


@register.filter
def reason_label(reason: str) -> str | Promise:
    """Why a row is left out: a code of ours in words, or what a person wrote."""
    return REASONS.get(reason, reason)


@register.filter
def strength_label(strength: str) -> str | Promise:
    return dict(Strength.choices).get(strength, strength)


@register.filter
def pieces_of(line: Line, name: str) -> list[Piece]:
    """How a text of the wording differs from the one it would replace."""
    if line.before is None or line.wording is None:
        return []
    return pieces(getattr(line.before, name), getattr(line.wording, name))
