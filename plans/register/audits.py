"""What is missing in the drafts of items of any kind."""

from collections.abc import Iterator

from django.urls import NoReverseMatch, reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from plans.register.auditing import Audit
from plans.register.enums import ItemKind
from plans.register.manifest import version_content
from plans.register.models import Item, Plan
from plans.register.queries import drafts_of
from plans.register.reading import Reading, read
from stakeholders.templatetags.in_language import in_language
from stakeholders.terms.errors import Text

UNTITLED = "item_without_title"
SOURCELESS = "given_without_source"
UNTRANSLATED = "translation_missing"
TEXTS: dict[str, Text] = {
    UNTITLED: _("“{item}” has no title in the authentic language."),
    SOURCELESS: _("“{item}” is given, but its source document is not named."),
    UNTRANSLATED: _("“{item}” is not translated in full."),
}
LABELS: dict[str, Text] = {
    UNTITLED: _("Items without a title"),
    SOURCELESS: _("Given items without their source document"),
    UNTRANSLATED: _("Items without a full translation"),
}
# Where an item of a kind is mended; the slices are known by the names of their pages only.
MENDED: dict[str, str] = {
    ItemKind.PROVISION.value: "text:provision",
    ItemKind.INDICATOR.value: "indicators:indicator",
}


def item_audits(plan: Plan) -> list[Audit]:
    """No title, given without source, not translated: over all items that are not removed.

    One query.
    """
    drafts = drafts_of(plan).filter(is_removed=False).order_by("pk")
    return [
        Audit(
            kind=kind,
            item=draft.item.key,
            text=format_lazy(TEXTS[kind], item=_name(reading)),
            url=mended_at(plan, draft.item),
            label=LABELS[kind],
        )
        for draft in drafts.iterator()
        for reading in [read(version_content(draft))]
        for kind in gaps_of(reading, authentic=plan.authentic_language)
    ]


def gaps_of(reading: Reading, *, authentic: str) -> Iterator[str]:
    """The kinds of gaps of one item. Pure."""
    other = "en" if authentic == "zh" else "zh"
    if not _said(reading, "title", authentic):
        yield UNTITLED
    if reading.is_given and not reading.given_source.strip():
        yield SOURCELESS
    fields = ("title", "text")
    if any(_said(reading, f, authentic) and not _said(reading, f, other) for f in fields):
        yield UNTRANSLATED


def mended_at(plan: Plan, item: Item) -> str:
    """The page where the item is edited; its own page for a kind that has none."""
    try:
        return reverse(MENDED.get(item.kind, "register:item"), args=[plan.key, item.key])
    except NoReverseMatch:
        return reverse("register:item", args=[plan.key, item.key])


def _said(reading: Reading, field: str, language: str) -> str:
    return str(getattr(reading, f"{field}_{language}")).strip()


def _name(reading: Reading) -> str:
    return in_language(reading, "title") or reading.key
