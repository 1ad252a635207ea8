"""What takes the place of a superseded comment, as a person names it."""

import re

from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation.models import Comment
from consult.phase2_preparation.queries.dispositions import get_comment
from plans.register.models import Item, Plan
from plans.register.queries import latest_revision
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Invalid, NotVisible

SIGN = re.compile(r"[Cc]\s?([0-9]{1,9})")


def replacing(*, actor: Actor, plan: Plan, text: str) -> tuple[Comment | None, Item | None]:
    """(comment, item) for `C05`, the number of an article or the key of an item; none for nothing.

    Invalid for what the plan does not have or the actor does not see.
    """
    text = text.strip()
    if not text:
        return None, None
    sign = SIGN.fullmatch(text)
    if sign:
        try:
            return get_comment(actor=actor, plan=plan, number=int(sign[1])), None
        except NotVisible:
            raise _unknown() from None
    last = latest_revision(plan)
    entry = last.entries.filter(number=text).select_related("item").first() if last else None
    item = entry.item if entry else plan.items.filter(key=text).first()
    if item is None:
        raise _unknown()
    return None, item


def _unknown() -> Invalid:
    return Invalid({"superseded": _("The plan has no such comment, article or item.")})
