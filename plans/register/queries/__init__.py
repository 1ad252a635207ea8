"""Reading plans and revisions, within what the actor may see."""

from plans.register.queries.bodies import (
    Body,
    Granted,
    bodies_of,
    get_body,
    grants_of,
)
from plans.register.queries.plans import (
    get_plan,
    names_of,
    parties_of,
    plan_rows,
    visible_plans,
    visible_to_any,
)
from plans.register.queries.revisions import (
    Section,
    drafts_of,
    entries_of,
    get_item,
    get_revision,
    latest_revision,
    reading_of,
    readings_of,
    revisions_of,
    sections_of,
    titles_of,
)

__all__ = [
    "Body",
    "Granted",
    "Section",
    "bodies_of",
    "drafts_of",
    "entries_of",
    "get_body",
    "get_item",
    "get_plan",
    "get_revision",
    "grants_of",
    "latest_revision",
    "names_of",
    "parties_of",
    "plan_rows",
    "reading_of",
    "readings_of",
    "revisions_of",
    "sections_of",
    "titles_of",
    "visible_plans",
    "visible_to_any",
]
