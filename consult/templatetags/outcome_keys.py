"""The keys that decide on a comment in its row of the work queue.

The same six stand in every row: they are made once for a page, with places for the comment's own
address and sign.
"""

from collections.abc import Collection, Sequence
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from consult.phase2_preparation.enums import DispositionOutcome
from consult.phase2_preparation.models import Comment

register = template.Library()
ADDRESS, SIGN = "\0", "\1"  # stand where those go: no text of ours holds them
_KEPT = "_outcome_keys"
_LOOK = 'class="btn btn-secondary btn-sm"'
_SWAP = 'hx-target="closest tr" hx-swap="outerHTML"'
_END = 'data-key="{key}" title="{label}">{key}<span class="visually-hidden"> {label}</span>'
QUICK = (
    f'<button {_LOOK} type="submit" form="queue" formaction="{{address}}" name="outcome"'
    f' value="{{value}}" hx-post="{{address}}" {_SWAP} {_END}</button>'
)
ASKING = (
    f'<a {_LOOK} href="{{address}}?outcome={{value}}" hx-get="{{address}}?outcome={{value}}"'
    f" {_SWAP} {_END}</a>"
)


@register.simple_tag(takes_context=True)
def outcome_keys(context: template.Context, comment: Comment) -> SafeString:
    """`{% outcome_keys comment %}`: reads plan, outcomes [(key, outcome)] and quick, those that are
    taken at once; of a group none is, because it is decided on together."""
    quick: Collection[DispositionOutcome] = context["quick"]
    if getattr(comment, "membership", None):
        quick = ()
    request: Any = context.get("request")
    kept = vars(request).setdefault(_KEPT, {}) if request is not None else {}
    if bool(quick) not in kept:
        kept[bool(quick)] = _keys(context["outcomes"], quick)
    address = reverse("preparation:decide", args=[context["plan"].key, comment.number])
    # A key is a slug and a number a number: nothing in them is to be escaped.
    return SafeString(kept[bool(quick)].replace(ADDRESS, address).replace(SIGN, str(comment)))


def _keys(
    outcomes: Sequence[tuple[int, DispositionOutcome]], quick: Collection[DispositionOutcome]
) -> SafeString:
    keys = [
        format_html(
            QUICK if outcome in quick else ASKING,
            address=ADDRESS,
            value=outcome.value,
            key=key,
            label=outcome.label,
        )
        for key, outcome in outcomes
    ]
    return format_html(
        '<div class="outcome-keys" role="group" aria-label="{}">{}</div>',
        _("Decide on %(comment)s") % {"comment": SIGN},
        format_html_join("", "{}", ((one,) for one in keys)),
    )
