"""What the API's description says of every operation alike: how it refuses, how an hour is written.

The refusals are those of `config.api.answer_exception`; they stand in one place there and here.
"""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _

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
        "properties": {"detail": DETAIL, "blockers": {"type": "array", "items": BLOCKER}},
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
