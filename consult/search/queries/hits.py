"""What was found as lines of a page: what it is, where it stands, and the passage that holds it.

The rows are read anew within what the actor sees, a query or two for each table that is met.
"""

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation.models import Disposition
from consult.phase2_preparation.queries import with_unit
from consult.search.enums import Kind, State
from consult.search.queries.sources import SOURCES
from plans.register.enums import Stage
from plans.register.models import Plan, RevisionItem
from plans.register.queries import draft_reading, last_readings, newest_revisions, reading_of
from plans.templatetags.plan_rooms import article_label
from stakeholders.finding.words import Piece, marked, snippet
from stakeholders.templatetags.in_language import in_language
from stakeholders.terms.actor import Actor
from stakeholders.terms.duty import Text

Loaded = dict[int, "Hit"]


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One thing found. `label`: its number; `who`: whose it is; `standing`: how far it has come,
    `state` that in one of three words ("" where it is none of them); `plan` None: the library."""

    kind: str
    label: Text
    title: Sequence[Piece]
    pieces: Sequence[Piece]
    standing: Text
    state: str
    url: str
    at: datetime | None
    plan: Plan | None
    who: str = ""

    @property
    def kind_label(self) -> Text:
        return Kind(self.kind).label

    @property
    def title_text(self) -> str:
        return "".join(piece.text for piece in self.title)

    @property
    def tone(self) -> str:
        tones = {State.SETTLED.value: "success", State.OPEN.value: "info"}
        return tones.get(self.state, "neutral")


@dataclass(frozen=True)
class _Reader:
    """Who reads, and what it looked for."""

    actor: Actor
    terms: Sequence[str]

    def title(self, text: str) -> list[Piece]:
        return marked(text, self.terms)

    def passage(self, thing: object, *names: str) -> list[Piece]:
        """The passage of the texts kept in two languages under `names`, the reader's first."""
        codes = ("en", "zh") if (get_language() or "").startswith("en") else ("zh", "en")
        texts = [_text(thing, f"{name}_{code}") for code in codes for name in names]
        return snippet(texts, self.terms)


def _text(thing: object, name: str) -> str:
    value = thing.get(name) if isinstance(thing, Mapping) else getattr(thing, name, "")
    return str(value or "")


def hits_of(pairs: Sequence[tuple[str, int]], *, actor: Actor, terms: Sequence[str]) -> list[Hit]:
    """The hits of (source, id), in the order given."""
    wanted: dict[str, list[int]] = {}
    for source, pk in pairs:
        wanted.setdefault(source, []).append(pk)
    reader = _Reader(actor, terms)
    loaded = {
        (source, pk): hit
        for source, pks in wanted.items()
        for pk, hit in _LOADERS[source](reader, pks).items()
    }
    return [loaded[pair] for pair in pairs if pair in loaded]


def _rows(source: str, reader: _Reader, pks: Collection[int]) -> Any:
    return SOURCES[source].seen(reader.actor).filter(pk__in=pks)


def _versions(reader: _Reader, pks: Collection[int]) -> Loaded:
    newest = set(newest_revisions().values_list("pk", flat=True))
    seen = _rows("version", reader, pks).values("pk")
    entries = (
        RevisionItem.objects.filter(version__in=seen)
        .select_related("revision__plan", "item", "version")
        .defer("revision__manifest")
        .order_by("version", "-revision__number")
    )
    found: dict[int, list[RevisionItem]] = {}
    for entry in entries:
        found.setdefault(entry.version_id, []).append(entry)
    return {pk: _version(reader, held, newest) for pk, held in found.items()}


def _version(reader: _Reader, held: Sequence[RevisionItem], newest: Collection[int]) -> Hit:
    plan = held[0].revision.plan
    whole = [one for one in held if one.revision.stage != Stage.ADOPTED_PART] or held
    entry = next((one for one in whole if one.revision_id == plan.in_force_id), whole[0])
    standing: Text = pgettext_lazy("search", "Former wording")
    state = State.FORMER.value
    if entry.revision_id == plan.in_force_id:
        standing, state = pgettext_lazy("search", "In force"), State.SETTLED.value
    elif entry.revision_id in newest:
        standing, state = entry.revision.get_stage_display(), State.OPEN.value
    reading = reading_of(entry)
    address = reverse("register:revision", args=[plan.key, entry.revision.number])
    return Hit(
        kind=entry.item.kind,
        label=reading.number_label,
        title=reader.title(in_language(reading, "title")),
        pieces=reader.passage(reading, "text", "title"),
        standing=standing,
        state=state,
        url=f"{address}?item={entry.item.key}#{entry.item.key}",
        at=entry.version.created_at,
        plan=plan,
    )


def _drafts(reader: _Reader, pks: Collection[int]) -> Loaded:
    drafts = list(_rows("draft", reader, pks).select_related("item__plan"))
    numbers = last_readings(draft.item_id for draft in drafts)
    found = {}
    for draft in drafts:
        reading, item = draft_reading(draft), draft.item
        known = numbers.get(draft.item_id)
        found[draft.pk] = Hit(
            kind=item.kind,
            label=known.number_label if known else "",
            title=reader.title(in_language(reading, "title")),
            pieces=reader.passage(reading, "text", "title"),
            standing=_("Working draft"),
            state=State.OPEN.value,
            url=reverse("register:item", args=[item.plan.key, item.key]),
            at=draft.edited_at,
            plan=item.plan,
        )
    return found


def _comments(reader: _Reader, pks: Collection[int]) -> Loaded:
    shown = Disposition.objects.filter(comment=OuterRef("pk"), publication__isnull=False)
    rows = with_unit(_rows("comment", reader, pks)).select_related("plan")
    return {row.pk: _comment(reader, row) for row in rows.annotate(is_answered=Exists(shown))}


def _comment(reader: _Reader, row: Any) -> Hit:  # a Comment with what was annotated
    standing = pgettext_lazy("comment", "Not answered yet")
    if row.is_answered:
        standing = pgettext_lazy("search", "Answered")
    # Until all see it, its number would tell how many others have spoken.
    is_shown = bool(row.is_revealed)
    subject: Text = _("On the whole plan")
    if row.article:
        subject = format_lazy(_("On {item}"), item=article_label(row.article))
    elif row.item:
        subject = format_lazy(_("On {item}"), item=row.item.key)
    url = reverse("preparation:round", args=[row.plan.key, row.reply.round.number])
    if is_shown:
        url = reverse("preparation:comment", args=[row.plan.key, row.number])
    return Hit(
        kind=Kind.COMMENT.value,
        label=str(row) if is_shown else "",
        title=[Piece(str(subject))],
        pieces=reader.passage(row, "text", "wording"),
        standing=standing,
        state=State.SETTLED.value if row.is_answered else State.OPEN.value,
        url=url,
        at=row.reply.at,
        plan=row.plan,
        who=row.commenter,
    )


def _matters(reader: _Reader, pks: Collection[int]) -> Loaded:
    rows = _rows("matter", reader, pks).select_related("plan")
    return {
        row.pk: _matter(reader, row, row, "description", "facts", "title", at=row.opened_at)
        for row in rows
    }


def _matter(
    reader: _Reader,
    matter: Any,
    said: Any,
    *names: str,
    at: datetime | None,
    label: Text = "",
    who: str = "",
    anchor: str = "",
) -> Hit:
    standing: Text = pgettext_lazy("matters", "Library")
    state, url = "", reverse("matters:entry", args=[matter.key])
    if matter.plan is not None:
        is_open = matter.is_open
        standing = pgettext_lazy("matter", "Open") if is_open else matter.get_outcome_display()
        state = State.OPEN.value if is_open else State.SETTLED.value
        url = reverse("matters:detail", args=[matter.plan.key, matter.key]) + anchor
    return Hit(
        kind=Kind.MATTER.value,
        label=format_lazy("{key} · {label}", key=matter.key, label=label) if label else matter.key,
        title=reader.title(in_language(matter, "title")),
        pieces=reader.passage(said, *names),
        standing=standing,
        state=state,
        url=url,
        at=at,
        plan=matter.plan,
        who=who,
    )


def _said(
    source: str, name: Callable[[Any], Text], anchor: Callable[[Any], str], *, path: str = ""
) -> Callable[[_Reader, Collection[int]], Loaded]:
    """The loader of what is said on matters. `path`: from the row to what names matter and unit."""

    def load(reader: _Reader, pks: Collection[int]) -> Loaded:
        start = f"{path}__" if path else ""
        rows = _rows(source, reader, pks).select_related(
            f"{start}matter__plan", f"{start}jurisdiction"
        )
        found = {}
        for row in rows.defer(f"{start}jurisdiction__boundary"):
            held = getattr(row, path) if path else row
            found[row.pk] = _matter(
                reader,
                held.matter,
                row,
                "text",
                at=row.at,
                label=name(row),
                who=str(held.jurisdiction or ""),
                anchor=anchor(row),
            )
        return found

    return load


def _editions(reader: _Reader, pks: Collection[int]) -> Loaded:
    rows = _rows("edition", reader, pks).select_related("meeting__plan", "meeting__lock")
    last: dict[int, int] = {}
    for meeting, number in (
        SOURCES["edition"]
        .seen(reader.actor)
        .filter(meeting__in=rows.values("meeting"))
        .values_list("meeting", "number")
    ):
        last[meeting] = max(number, last.get(meeting, 0))
    found = {}
    for row in rows:
        lock = getattr(row.meeting, "lock", None)
        standing, state = pgettext_lazy("search", "Former edition"), State.FORMER.value
        if lock is not None and lock.edition_id == row.pk:
            standing, state = pgettext_lazy("minutes", "Confirmed by all"), State.SETTLED.value
        elif row.number == last[row.meeting_id]:
            standing, state = pgettext_lazy("minutes", "Put forward"), State.OPEN.value
        url = reverse("meetings:edition", args=[*_meeting(row), row.number])
        found[row.pk] = _minutes_hit(reader, row, _spoken(row.content), standing, state, url)
    return found


def _minutes(reader: _Reader, pks: Collection[int]) -> Loaded:
    rows = _rows("minutes", reader, pks).select_related("meeting__plan")
    standing, state = pgettext_lazy("minutes", "Being written"), State.OPEN.value
    found = {}
    for row in rows:
        url = reverse("meetings:minutes", args=_meeting(row))
        texts = _in_order(row.text_zh, row.text_en)
        found[row.pk] = _minutes_hit(reader, row, texts, standing, state, url)
    return found


def _meeting(row: Any) -> list[Any]:
    return [row.meeting.plan.key, row.meeting.number]


def _in_order(zh: str, en: str) -> list[str]:
    return [en, zh] if (get_language() or "").startswith("en") else [zh, en]


def _spoken(content: str) -> list[str]:
    """Every text of an edition, the reader's language first, as `minutes_words` has them."""
    texts: dict[str, list[str]] = {"zh": [], "en": []}

    def collect(value: Any) -> None:
        if isinstance(value, Mapping):
            for key, one in value.items():
                if key in texts and isinstance(one, str):
                    texts[key].append(one)
                collect(one)
        elif isinstance(value, list):
            for one in value:
                collect(one)

    collect(json.loads(content))
    first, second = ("en", "zh") if (get_language() or "").startswith("en") else ("zh", "en")
    return [*texts[first], *texts[second]]


def _minutes_hit(
    reader: _Reader, row: Any, texts: Iterable[str], standing: Text, state: str, url: str
) -> Hit:
    meeting = row.meeting
    return Hit(
        kind=Kind.MINUTES.value,
        label=format_lazy(_("Meeting {number}"), number=meeting.number),
        title=reader.title(in_language(meeting, "title")),
        pieces=snippet(texts, reader.terms),
        standing=standing,
        state=state,
        url=url,
        at=row.changed_at if hasattr(row, "changed_at") else row.at,
        plan=meeting.plan,
    )


def _projects(reader: _Reader, pks: Collection[int]) -> Loaded:
    rows = _rows("project", reader, pks).select_related("plan")
    return {
        row.pk: Hit(
            kind=Kind.PROJECT.value,
            label=row.key,
            title=reader.title(in_language(row, "name")),
            pieces=reader.passage(row, "description", "place", "name"),
            standing="",
            state="",
            url=row.get_absolute_url(),
            at=row.created_at,
            plan=row.plan,
        )
        for row in rows
    }


_LOADERS: Mapping[str, Callable[[_Reader, Collection[int]], Loaded]] = {
    "version": _versions,
    "draft": _drafts,
    "comment": _comments,
    "matter": _matters,
    "fact": _said(
        "fact",
        lambda row: format_lazy(_("Fact {number}"), number=row.number),
        lambda row: f"#fact-{row.number}",
    ),
    "stand": _said(
        "stand",
        lambda row: format_lazy(_("Stand: {value}"), value=row.get_value_display()),
        lambda row: f"#said-{row.pk}",
    ),
    "option": _said(
        "option",
        lambda row: format_lazy(pgettext_lazy("matter", "Option {label}"), label=row.option.label),
        lambda row: "",
        path="option",
    ),
    "agreement": _said(
        "agreement",
        lambda row: format_lazy(_("Draft agreement {number}"), number=row.number),
        lambda row: "",
    ),
    "edition": _editions,
    "minutes": _minutes,
    "project": _projects,
}
