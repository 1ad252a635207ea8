"""The frame of every plan page: the rooms on the left and the stepper of the four phases.

Rooms of consult are known here by the names of their URLs only; one that is not there is left out.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.template.context import RequestContext
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from plans.register.enums import JOINT_OFFICE, ChangeKind, Phase, Stage
from plans.register.models import Plan
from plans.text.enums import Theme

register = template.Library()

# What belongs together, each room as namespace and label. The entry page of a room bears the
# first of ENTRIES that exists. The order is the order of the work.
GROUPS: list[tuple[str | Promise, list[tuple[str, str | Promise]]]] = [
    ("", [("register", _("Overview")), ("workflow", _("Gate"))]),
    (
        pgettext_lazy("rooms", "Organization"),
        [("organization", _("Parties and charter")), ("demands", _("Lists of demands"))],
    ),
    (
        _("Content of the plan"),
        [
            ("reading", pgettext_lazy("room", "Text")),
            ("text", _("Working draft")),
            ("standards", _("Common standards")),
            ("indicators", _("Indicators")),
            ("projects", _("Projects")),
            ("attachments", _("Attachments")),
            ("revisions", _("Revisions")),
            ("changes", _("Changes of the text in force")),
        ],
    ),
    (
        _("Consultation and sign-off"),
        [
            ("preparation", _("Comment rounds")),
            ("matters", _("Matters")),
            ("meetings", _("Meetings")),
            ("identification", _("Sign-off")),
            ("approval", _("Approval and publication")),
        ],
    ),
    (
        _("After approval"),
        [
            ("dashboard", _("Plan at a glance")),
            ("implementation", _("Implementation")),
            ("tasks", pgettext_lazy("room", "Tasks")),
            ("balance", _("Balance of the parties")),
            ("health", pgettext_lazy("room", "Health checks")),
        ],
    ),
]
ENTRIES = ("home", "index", "room", "rounds", "list", "overview", "gate", "detail")
FIXED = {
    "register": "register:detail",
    "standards": "text:standards",
    "attachments": "register:attachments",
    "reading": "text:read",
    "revisions": "register:revisions",
    "changes": "workflow:changes",
}
PHASE_ROOMS = {
    Phase.ORGANIZATION: "organization",
    Phase.PREPARATION: "preparation",
    Phase.IDENTIFICATION: "identification",
    Phase.IMPLEMENTATION: "implementation",
}


def _entry(room: str, key: str) -> str:
    """The address of a room of the plan, or "" where no such page exists."""
    names = [FIXED[room]] if room in FIXED else [f"{room}:{entry}" for entry in ENTRIES]
    for name in names:
        try:
            return reverse(name, kwargs={"key": key})
        except NoReverseMatch:
            continue
    return ""


def _present(context: RequestContext) -> str:
    """The room the request is in: its namespace; pages of revisions are a room of their own."""
    request = context.get("request")
    match = getattr(request, "resolver_match", None)
    if match is None:
        return ""
    name = match.url_name or ""
    if match.namespace == "register" and name.startswith("attachment"):
        return "attachments"
    if match.namespace == "register" and name.startswith(("item", "version", "concern")):
        return "revisions"
    if name == "revision" or name.startswith("export"):
        return "reading"
    if name.startswith("change") and match.namespace == "workflow":
        return "changes"
    if name == "publish" and match.namespace == "workflow":
        return "text"
    if name.startswith(("revision", "differences")):
        return "revisions"
    if name.startswith("standard"):
        return "standards"
    if match.namespace == "archive":
        return "approval"
    return str(match.namespace)


@register.simple_tag(takes_context=True)
def plan_rooms(context: RequestContext, plan: Plan) -> list[dict[str, Any]]:
    """The groups for `components/rooms.html`: label, rooms (label, url, is_current). No query."""
    present = _present(context)
    groups = []
    for label, rooms in GROUPS:
        found = [(room, words, _entry(room, plan.key)) for room, words in rooms]
        shown = [
            {"label": words, "url": url, "is_current": room == present}
            for room, words, url in found
            if url
        ]
        groups.append({"label": label, "rooms": shown})
    return groups


@register.simple_tag
def plan_phases(plan: Plan) -> list[dict[str, object]]:
    """The steps for `components/stepper.html`: number, title, state, url. No query."""
    return [
        {
            "number": phase.value,
            "title": phase.label,
            "state": _state(phase.value, plan.phase),
            "url": _entry(PHASE_ROOMS[phase], plan.key),
        }
        for phase in Phase
    ]


def _state(number: int, present: int) -> str:
    if number == present:
        return "current"
    return "done" if number < present else "ahead"


@register.filter
def named(codes: Iterable[str], names: Mapping[str, object]) -> str:
    """`{{ item.concerned|named:names }}`: the names of codes, `names` being code -> unit."""
    return pgettext("between names", ", ").join(str(names.get(code, code)) for code in codes)


@register.filter
def theme_label(theme: str) -> str | Promise:
    """The words of a theme's code; a code unknown to us is shown as it is."""
    return dict(Theme.choices).get(theme, theme)


@register.filter
def stage_label(stage: str) -> str | Promise:
    """The words of a stage's code; a code unknown to us is shown as it is."""
    return dict(Stage.choices).get(stage, stage)


@register.filter
def named_one(code: str, names: Mapping[str, object]) -> str:
    """The name of one code."""
    if code == JOINT_OFFICE:
        return gettext("Joint office")
    return str(names.get(code, code))


@register.filter
def article_label(number: str) -> str | Promise:
    """ "Article 16" for the number of a provision; other items bear their own signs (I1)."""
    return _("Article %(number)s") % {"number": number} if str(number).isdigit() else number


@register.simple_tag
def version_url(plan: str, item: str, digest: str) -> str:
    """The lasting address of a published wording, "" for a draft or where no such page exists."""
    digits = digest.partition(":")[2]
    if not digits:
        return ""
    try:
        return reverse("register:version", kwargs={"key": plan, "item": item, "digits": digits})
    except NoReverseMatch:
        return ""


@register.filter
def change_label(kind: str) -> str | Promise:
    """The words of a kind of change."""
    return dict(ChangeKind.choices).get(kind, kind)
