"""What the page of one item shows, gathered at a constant number of queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from plans.register import queries
from plans.register.models import Attachment, ConcernChange, Item, ItemDraft, Plan
from plans.register.queries import HeldVersion, Kin
from plans.register.reading import Reading
from stakeholders.jurisdictions.models import Jurisdiction


@dataclass(frozen=True, kw_only=True)
class Concern:
    """A jurisdiction and where it stands among the concerned; `in_draft` None: not to be seen."""

    code: str
    is_published: bool
    in_draft: bool | None


@dataclass(frozen=True, kw_only=True)
class ItemShown:
    """One item as its page shows it. `draft` and `working` are None without sight of the draft."""

    item: Item
    draft: ItemDraft | None
    working: Reading | None
    versions: Sequence[HeldVersion]
    in_force: Reading | None
    origins: Sequence[Kin]
    continuations: Sequence[Kin]
    changes: Sequence[ConcernChange]
    attachments: Sequence[Attachment]
    names: Mapping[str, Jurisdiction]

    @property
    def published(self) -> Reading | None:
        return self.versions[0].reading if self.versions else None

    @property
    def reading(self) -> Reading:
        """What stands at the head of the page: as published, else as drafted."""
        found = self.published or self.working
        assert found is not None  # noqa: S101 - `visible_item` lets no other item through
        return found

    @property
    def is_changed(self) -> bool:
        """Whether the working draft says something else than the newest version."""
        if self.working is None or self.published is None:
            return False
        return _said(self.working) != _said(self.published)

    @property
    def standing(self) -> Sequence[str]:
        """Whom the present state names: the draft where it is seen, else the newest version."""
        return (self.working or self.reading).concerned

    @property
    def concerned(self) -> list[Concern]:
        published = set(self.published.concerned if self.published else ())
        working = None if self.working is None else set(self.working.concerned)
        return [
            Concern(
                code=code,
                is_published=code in published,
                in_draft=None if working is None else code in working,
            )
            for code in sorted(published | (working or set()))
        ]


def item_shown(*, plan: Plan, item: Item, sees_draft: bool) -> ItemShown:
    """Everything its page shows of an item loaded by `visible_item`."""
    draft = queries.draft_of(item) if sees_draft else None
    working = queries.draft_reading(draft) if draft else None
    versions = queries.versions_of(item)
    in_force = next(
        (one.reading for one in versions for e in one.entries if e.revision_id == plan.in_force_id),
        None,
    )
    changes = list(queries.concern_changes(item))
    return ItemShown(
        item=item,
        draft=draft,
        working=working,
        versions=versions,
        in_force=in_force,
        origins=queries.origins_of(item, sees_draft=sees_draft),
        continuations=queries.continuations_of(item, sees_draft=sees_draft),
        changes=changes,
        attachments=list(queries.visible_attachments(plan, sees_draft=sees_draft, item=item.key)),
        names=queries.names_of(_codes(versions, working)),
    )


def _codes(versions: Sequence[HeldVersion], working: Reading | None) -> set[str]:
    """Whom the page names; the lead unit may be a code, too."""
    shown = [one.reading for one in versions[:1]] + ([working] if working else [])
    return {code for one in shown for code in (*one.concerned, one.lead)}


def _said(reading: Reading) -> tuple[object, ...]:
    return (
        reading.title_zh,
        reading.title_en,
        reading.text_zh,
        reading.text_en,
        reading.strength,
        reading.concerned,
    )
