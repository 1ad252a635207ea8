"""What the API's description says of every operation alike: its group, how it refuses, how an hour
is written.

The refusals are those of `config.api.answer_exception`; they stand in one place there and here.
"""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from drf_spectacular.openapi import AutoSchema

DETAIL: Final = {"type": "string"}
TEXTS: Final = {"type": "array", "items": {"type": "string"}}
BLOCKER: Final = {
    "type": "object",
    "properties": {"code": DETAIL, "text": DETAIL, "url": DETAIL},
    "required": ["code", "text", "url"],
}
SCHEMAS: Final[Mapping[str, Mapping[str, Any]]] = {
    "Refusal": {
        "type": "object",
        "description": "Why not; of a right that is missing also which, and the roles that hold it.",
        "properties": {"detail": DETAIL, "reason": DETAIL, "holders": TEXTS, "code": DETAIL},
        "required": ["detail"],
    },
    "Obstacle": {
        "type": "object",
        "description": "What stands in the way now; of a gate what is missing, and where to do it.",
        "properties": {
            "detail": DETAIL,
            "code": DETAIL,
            "blockers": {"type": "array", "items": BLOCKER},
        },
        "required": ["detail"],
    },
    "Mistakes": {
        "description": "What is wrong with what was sent: texts by field, or one detail.",
        "oneOf": [{"type": "object", "additionalProperties": {}}, {"type": "array", "items": {}}],
    },
}
# code -> (schema, when)
ALWAYS: Final = {
    "400": ("Mistakes", "What was sent cannot be read or taken."),
    "401": ("Refusal", "Nobody is signed in, or the token no longer counts."),
    "403": ("Refusal", "Seen, but not for this person under this mandate now."),
    "404": ("Refusal", "Not there, or not to be seen."),
    "503": ("Refusal", "Not at the moment: no room, no database, or a file that cannot be read."),
}
WRITING: Final = {"409": ("Obstacle", "Something else comes first, or somebody was faster.")}
# An hour of the day without a zone; "time" of JSON Schema is RFC 3339's, which has one.
HOUR: Final = {"pattern": r"^\d\d:\d\d(:\d\d(\.\d+)?)?$"}
READING_A_BODY: Final = {"415": ("Refusal", "The body is of a media type not read here.")}

# Slice -> the heading its operations stand under, in the order in which a plan meets them.
GROUPS: Final[Mapping[str, str]] = {
    "plans.register": gettext_noop("Plans"),
    "consult.phase1_organization": gettext_noop("Joint organization"),
    "plans.text": gettext_noop("Text"),
    "plans.indicators": gettext_noop("Indicators"),
    "consult.demands": gettext_noop("Demands"),
    "consult.phase2_preparation": gettext_noop("Joint preparation"),
    "consult.matters": gettext_noop("Matters"),
    "consult.meetings": gettext_noop("Meetings"),
    "consult.phase3_identification": gettext_noop("Common identification"),
    "consult.spoken": gettext_noop("Entered for a party"),
    "consult.workflow": gettext_noop("Phases and changes"),
    "consult.approval": gettext_noop("Approval and publication"),
    "consult.phase4_implementation": gettext_noop("Common implementation"),
    "plans.projects": gettext_noop("Joint projects"),
    "consult.tasks": gettext_noop("Tasks"),
    "consult.balance": gettext_noop("Balance"),
    "consult.health": gettext_noop("Health checks"),
    "consult.dashboard": gettext_noop("Plan at a glance"),
    "consult.archive": gettext_noop("Archive"),
    "consult.desk": gettext_noop("Desk"),
    "consult.search": gettext_noop("Search"),
    "stakeholders.notices": gettext_noop("Inbox"),
    "stakeholders.people": gettext_noop("Mandates"),
    "stakeholders.jurisdictions": gettext_noop("Jurisdictions"),
    "stakeholders.files": gettext_noop("Files"),
    "stakeholders.jobs": gettext_noop("My jobs"),
    "config.api": gettext_noop("Description of the API"),
}


class Operation(AutoSchema):
    """An operation as described: in the group of the slice that answers it."""

    def get_tags(self) -> list[str]:
        app, slice_name, *_more = type(self.view).__module__.split(".")
        return [_(GROUPS[f"{app}.{slice_name}"])]


def describe_alike(
    result: dict[str, Any], generator: object, request: object, public: bool
) -> dict[str, Any]:
    """The description with what holds of every operation: how it refuses, how hours are written.

    What it says of itself is translated here: settings are read before there are translations.
    """
    result["info"]["description"] = _(
        "What the pages do, with the same refusals, except what is done by form only: positions, "
        "signatures and what else binds a jurisdiction, what opens an account, and the page of an "
        "invited expert."
    )
    result["tags"] = [{"name": _(heading)} for heading in GROUPS.values()]
    _describe_refusals(result)
    _describe_hours(result)
    return result


def _describe_refusals(result: dict[str, Any]) -> None:
    """Add to each operation the refusals it does not describe itself."""
    result.setdefault("components", {}).setdefault("schemas", {}).update(SCHEMAS)
    for operations in result["paths"].values():
        for method, operation in operations.items():
            refusals = {**ALWAYS} if method == "get" else {**ALWAYS, **WRITING}
            refusals |= READING_A_BODY if method in ("post", "put", "delete") else {}
            for code, (schema, when) in refusals.items():
                operation["responses"].setdefault(code, _response(schema, when))


def _describe_hours(part: Any) -> None:
    """Describe hours of the day as they are sent and read: local, without an offset."""
    if isinstance(part, dict):
        if part.get("type") == "string" and part.get("format") == "time":
            del part["format"]
            part |= HOUR
        for inner in part.values():
            _describe_hours(inner)
    elif isinstance(part, list):
        for inner in part:
            _describe_hours(inner)


def _response(schema: str, when: str) -> dict[str, Any]:
    named = {"$ref": f"#/components/schemas/{schema}"}
    return {"description": when, "content": {"application/json": {"schema": named}}}
