"""A file into the working draft: read, corrected row by row, entered all or nothing.

Reading and correcting change nothing of the plan and are no acts; entering is one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from plans.register.checks import check_kept
from plans.register.models import Item, ItemDraft, Plan
from plans.register.queries import co_maker_codes
from plans.register.rules import require
from plans.register.steps import lock_plan, version_content
from plans.text import steps
from plans.text.documents.matching import merged_order
from plans.text.documents.reading import read_document
from plans.text.documents.structure import RowKind
from plans.text.models import Chapter, Provision, TextImport
from plans.text.previews import (
    CORRECTABLE,
    Planned,
    PlannedChapter,
    Preview,
    base_of,
    good_key,
    packed,
    preview,
)
from plans.text.queries import get_import, present_draft
from plans.text.rules import ACTS, require_drafting
from plans.text.wording import Wording
from stakeholders.files import storage
from stakeholders.files.enums import Scan
from stakeholders.files.models import StoredFile
from stakeholders.record import steps as record
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict, Invalid

ACT = "text.import"
_CORRECTIONS = {*CORRECTABLE, "kind", "replaces", "strength", "concerned"}


@transaction.atomic
def start_import(
    *, actor: Actor, plan: Plan, file: StoredFile, takes_changes: bool = True
) -> TextImport:
    """Read a file into a preview that only its person sees; nothing of the plan changes.

    `takes_changes`: tracked changes of a Word document are accepted, else rejected.
    Raises NotVisible, Refused (also while frozen), Invalid ({"file": why}).
    """
    require(ACT, ACTS, actor=actor, plan=plan)
    if file.scan == Scan.INFECTED:
        raise Invalid({"file": _("A virus was found in this file. Choose another one.")})
    return TextImport.objects.create(
        plan=plan,
        file=file,
        user_id=actor.person,
        created_at=clock.now(),
        takes_changes=takes_changes,
        parsed=_parsed(file, plan=plan, takes_changes=takes_changes),
        base=base_of(present_draft(plan)),
    )


def _parsed(file: StoredFile, *, plan: Plan, takes_changes: bool) -> dict[str, Any]:
    reading, found = read_document(
        storage.place_of(file.sha256), plan=plan.key, is_accepted=takes_changes
    )
    kinds = {row.kind for row in found.rows}
    if not kinds & {RowKind.PROVISION, RowKind.CHAPTER}:
        raise Invalid({"file": _("No text was found in this file.")})
    return packed(reading, found)


@transaction.atomic
def take_changes(*, actor: Actor, plan: Plan, pk: UUID, takes_changes: bool) -> TextImport:
    """Read the file again with its tracked changes accepted or rejected.

    Rows stand elsewhere then, so corrections made before are dropped. NotVisible, Refused,
    Conflict when it is entered already, Invalid.
    """
    found = _open(actor=actor, plan=plan, pk=pk)
    if found.takes_changes != takes_changes:
        found.takes_changes, found.corrections = takes_changes, {}
        found.parsed = _parsed(found.file, plan=plan, takes_changes=takes_changes)
        found.edits += 1
        found.save(update_fields=["takes_changes", "corrections", "parsed", "edits"])
    return found


@transaction.atomic
def correct_row(
    *, actor: Actor, plan: Plan, pk: UUID, row: int, correction: Mapping[str, Any]
) -> TextImport:
    """Keep what a person changed of one row; {} takes the file's own again.

    Keys: kind, title_zh, title_en, text_zh, text_en, reason, replaces (a key, "new" or "" for
    the proposal), strength, concerned. NotVisible, Refused, Conflict, Invalid.
    """
    found = _open(actor=actor, plan=plan, pk=pk)
    if not 0 <= row < len(found.parsed["rows"]):
        raise Invalid({"row": _("There is no such row.")})
    _check_correction(correction)
    kept = dict(correction)
    if kept:
        found.corrections[str(row)] = kept
    else:
        found.corrections.pop(str(row), None)
    found.edits += 1
    found.save(update_fields=["corrections", "edits"])
    return found


def _check_correction(correction: Mapping[str, Any]) -> None:
    if set(correction) - _CORRECTIONS:
        raise Invalid({"": _("This is not one of the choices.")})
    kind = correction.get("kind", RowKind.OMITTED)
    if kind not in set(RowKind):
        raise Invalid({"kind": _("This is not one of the choices.")})
    if correction.get("kind") == RowKind.OMITTED and not str(correction.get("reason", "")).strip():
        raise Invalid({"reason": _("Say why this is left out.")})


@transaction.atomic
def compare_again(*, actor: Actor, plan: Plan, pk: UUID) -> TextImport:
    """Take the drafts as they stand now as what the preview was compared with.

    NotVisible, Refused, Conflict when it is entered already.
    """
    found = _open(actor=actor, plan=plan, pk=pk)
    found.base = base_of(present_draft(plan))
    found.edits += 1
    found.save(update_fields=["base", "edits"])
    return found


@transaction.atomic
def drop_import(*, actor: Actor, plan: Plan, pk: UUID) -> None:
    """Forget a preview and its corrections; housekeeping drops the file. NotVisible, Conflict."""
    _open(actor=actor, plan=plan, pk=pk).delete()


def _open(*, actor: Actor, plan: Plan, pk: UUID) -> TextImport:
    """The person's import, locked, not entered yet."""
    require(ACT, ACTS, actor=actor, plan=plan)
    get_import(actor=actor, plan=plan, pk=pk)
    found = (
        TextImport.objects.select_for_update(of=("self",), no_key=True)
        .select_related("file")
        .get(pk=pk)
    )
    if found.entered_at is not None:
        raise Conflict(_("This import is entered already."))
    return found


@transaction.atomic
def import_text(*, actor: Actor, plan: Plan, pk: UUID, edits: int) -> TextImport:
    """Enter what the preview shows: all of it, or nothing. `edits` is the preview's state as seen.

    Raises NotVisible, Refused (also for a chapter of others, also while frozen), Invalid while a
    row has a fault, Conflict when the corrections or a draft to be overwritten changed meanwhile.
    """
    plan = lock_plan(plan)
    found = _open(actor=actor, plan=plan, pk=pk)
    if found.edits != edits:
        raise Conflict(_("The preview changed in another window. Look at it again."))
    drafts = ItemDraft.objects.select_for_update(of=("self",), no_key=True).order_by("pk")
    list(drafts.filter(item__plan=plan).values_list("pk"))
    view = preview(actor=actor, plan=plan, text_import=found)
    _require_ready(view)
    entry = _Entry(actor, plan, view)
    effects = entry.enter()
    found.entered_at = clock.now()
    counts = {name: view.counts[name] for name in ("new", "edited", "same", "omitted")}
    found.result = {**counts, "chapter": entry.first}
    found.save(update_fields=["entered_at", "result"])
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act=ACT,
        subject=f"import:{found.pk}",
        effects={"file": f"sha256:{found.file.sha256}", "counts": counts, **effects},
    )
    return found


def _require_ready(view: Preview) -> None:
    if view.faulty:
        text = _("{count} rows cannot be entered yet; the first is row {row}.")
        first = view.faulty[0].index + 1
        raise Invalid({"": format_lazy(text, count=len(view.faulty), row=first)})
    if view.stale:
        text = _("Somebody saved these provisions since the file was compared: {keys}.")
        raise Conflict(format_lazy(text, keys=", ".join(view.stale[:10])), theirs=view.stale)
    if not view.may_enter:
        raise Invalid({"": _("Nothing in this file differs from the working draft.")})


class _Entry:
    """Writes one preview; the caller has locked the plan and the drafts."""

    def __init__(self, actor: Actor, plan: Plan, view: Preview) -> None:
        self.actor, self.plan, self.view = actor, plan, view
        self.taken = set(view.draft.taken)
        self.chapter_keys = {one.key for one in view.draft.chapters}
        self.free = iter(self._free("provision"))
        self.fresh: dict[str, tuple[Chapter, Wording]] = {}
        # Nothing is written there, and their order is not this person's to set.
        present = (one.chapter for one in view.chapters if one.chapter is not None)
        self.chapters_of_others = {one.pk for one in present} - view.editable
        self.first = ""  # key of the first chapter that something was entered into
        self.added: dict[str, Provision] = {}
        self.placed: dict[str, Provision] = dict(view.draft.provisions)
        self.by_chapter: dict[int, list[str]] = {}
        for key, one in view.draft.provisions.items():
            if not one.item.draft.is_removed:
                self.by_chapter.setdefault(one.chapter_id, []).append(key)
        self.allowed: set[tuple[str, int]] = set()
        self.co_makers = co_maker_codes(plan)

    def enter(self) -> dict[str, object]:
        """Everything, and what it did, as effects of the record."""
        edited = self._edit()
        chapters_added, chapters_edited = [], []
        targets = []
        for planned in self.view.chapters:
            chapter = planned.chapter
            if chapter is None:
                require("chapter.add", ACTS, actor=self.actor, plan=self.plan)
                chapter = self._add_chapter(planned)
                chapters_added.append(chapter.key)
            elif planned.is_changed:
                require("chapter.add", ACTS, actor=self.actor, plan=self.plan)
                self._rename(chapter, planned)
                chapters_edited.append(chapter.key)
            targets.append((chapter, planned, self._keys(chapter, planned)))
            if not self.first and _touches(planned):
                self.first = chapter.key
        self._add_items()
        moved = self._place(targets)
        return {
            "chapters_added": chapters_added,
            "chapters_edited": chapters_edited,
            "added": {key: _digest(one.item) for key, one in self.added.items()},
            "edited": {key: _digest(self.placed[key].item) for key in edited},
            "moved": moved,
        }

    def _edit(self) -> list[str]:
        edits = []
        for planned in self._planned():
            if planned.is_new or not planned.is_changed:
                continue
            present = self.placed[planned.key]
            chapter = present.chapter
            self._require("provision.edit", chapter)
            wording = self._concerned(planned)
            check_kept(draft=present.item.draft, concerned=wording.concerned)
            edits.append((present.item.draft, wording))
        steps.edit_drafts(edits=edits, actor=self.actor)
        return [draft.item.key for draft, _wording in edits]

    def _planned(self) -> Iterator[Planned]:
        for chapter in self.view.chapters:
            yield from chapter.provisions

    def _concerned(self, planned: Planned) -> Wording:
        wording = planned.wording
        return wording if wording.concerned else replace(wording, concerned=self.co_makers)

    def _require(self, act: str, chapter: Chapter) -> None:
        if (act, chapter.pk) not in self.allowed:
            require_drafting(act, actor=self.actor, plan=self.plan, chapter=chapter)
            self.allowed.add((act, chapter.pk))

    def _add_chapter(self, planned: PlannedChapter) -> Chapter:
        key = planned.wanted_key
        if not good_key(key) or key in self.chapter_keys:
            key = next(k for k in self._free("chapter") if k not in self.chapter_keys)
        self.chapter_keys.add(key)
        return steps.create_chapter(
            plan=self.plan,
            key=key,
            title_zh=planned.title_zh,
            title_en=planned.title_en,
            drafting=planned.drafting,
        )

    @staticmethod
    def _rename(chapter: Chapter, planned: PlannedChapter) -> None:
        chapter.title_zh, chapter.title_en = planned.title_zh, planned.title_en
        chapter.save(update_fields=["title_zh", "title_en"])

    def _keys(self, chapter: Chapter, planned: PlannedChapter) -> list[str]:
        """The keys of a chapter's provisions in the order of the file, those of new ones too."""
        keys = []
        for one in planned.provisions:
            key = one.key
            if one.is_new:
                key = self._key(one.wanted_key)
                self._require("provision.add", chapter)
                self.fresh[key] = (chapter, self._concerned(one))
            keys.append(key)
        return keys

    def _add_items(self) -> None:
        made = steps.add_items(plan=self.plan, wordings=self.fresh, actor=self.actor)
        self.added = {one.item.key: one for one in made}
        self.placed |= self.added

    def _key(self, wanted: str) -> str:
        key = wanted if good_key(wanted) and wanted not in self.taken else ""
        key = key or next(one for one in self.free if one not in self.taken)
        self.taken.add(key)
        return key

    @staticmethod
    def _free(lead: str) -> Iterator[str]:
        number = 0
        while True:
            number += 1
            yield f"{lead}-{number}"

    def _place(self, targets: Sequence[tuple[Chapter, PlannedChapter, list[str]]]) -> list[str]:
        """Set the order of every chapter the file speaks of; says which provisions moved over."""
        into = {key: chapter for chapter, _planned, keys in targets for key in keys}
        moved = []
        for key, chapter in into.items():
            present = self.placed[key]
            if key not in self.added and present.chapter_id != chapter.pk:
                self._require("provision.move", present.chapter)
                self._require("provision.move", chapter)
                moved.append(key)
        wanted: dict[int, list[str]] = {}
        chapters = {chapter.pk: chapter for chapter, _planned, _keys in targets}
        for chapter, _planned, keys in targets:
            wanted.setdefault(chapter.pk, []).extend(keys)
        orders = []
        for pk, keys in wanted.items():
            if pk in self.chapters_of_others:
                continue
            present_keys = [
                key for key in self.by_chapter.get(pk, ()) if into.get(key, chapters[pk]).pk == pk
            ]
            order = merged_order(keys, present_keys)
            standing = [key for key in order if key in present_keys]
            if standing != present_keys:
                self._require("provision.move", chapters[pk])
            orders.append((chapters[pk], [self.placed[key] for key in order]))
        steps.place_all(orders=orders)
        return sorted(moved)


def _touches(planned: PlannedChapter) -> bool:
    """Whether the chapter or a provision of it is new or changed."""
    is_own = planned.chapter is None or planned.is_changed
    return is_own or any(one.is_new or one.is_changed for one in planned.provisions)


def _digest(item: Item) -> str:
    return canonical.digest_of(version_content(item.draft))
