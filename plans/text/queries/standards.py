"""Reading the common standards of the working draft."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from plans.register.models import ItemDraft, Plan
from plans.register.queries import co_maker_codes, names_of
from plans.register.steps import Heading, Place, version_content
from plans.text.deviations import Deviation, deviation
from plans.text.enums import SourceKind
from plans.text.models import Standard
from plans.text.norms import Norm, Source, norm_of
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.terms import canonical
from stakeholders.terms.errors import NotVisible

HEADING = Heading(key="common-standards", title_zh="统一标准", title_en="Common standards")


@dataclass(frozen=True, kw_only=True)
class StandardRow:
    """A standard of the working draft under the number it would be published with."""

    number: str
    standard: Standard
    norm: Norm

    @property
    def key(self) -> str:
        return self.standard.item.key

    @property
    def draft(self) -> ItemDraft:
        return self.standard.item.draft

    def compared(self, key: str) -> tuple[Source, Deviation]:
        """The source `key` and where its value stands beside the agreed one."""
        source = self.norm.source(key)
        return source, deviation(norm=self.norm, own=source.value)


def standards_of(plan: Plan) -> QuerySet[Standard]:
    """The standards of the working draft in order, removed ones left out."""
    return (
        Standard.objects.filter(item__plan=plan, item__draft__is_removed=False)
        .select_related("item__draft")
        .order_by("position", "pk")
    )


def get_standard(plan: Plan, *, key: str) -> Standard:
    """One standard by the key of its item, removed or not. NotVisible when missing."""
    rows = Standard.objects.filter(item__plan=plan, item__key=key)
    found = rows.select_related("item__draft", "item__plan").first()
    if found is None:
        raise NotVisible
    return found


def standard_rows(plan: Plan) -> list[StandardRow]:
    """The standards as they stand, numbered S1.. One query."""
    return [
        StandardRow(number=f"S{number}", standard=one, norm=norm_of(one.item.draft))
        for number, one in enumerate(standards_of(plan), start=1)
    ]


def makers(
    plan: Plan, *, rows: Iterable[StandardRow] = (), norms: Iterable[Norm] = ()
) -> dict[str, Jurisdiction]:
    """Code -> jurisdiction of those with own values: the co-makers, and who left one behind."""
    codes = set(co_maker_codes(plan))
    for norm in [*norms, *(row.norm for row in rows)]:
        codes |= {source.key for source in norm.of_kind(SourceKind.PARTY)}
    found = names_of(codes)
    return {code: found[code] for code in sorted(found)}


def standards_outline(plan: Plan) -> tuple[list[Heading], list[Place]]:
    """What the next revision would hold of standards; no heading where there is none."""
    places = [
        Place(item=one.item, number=f"S{number}", heading=HEADING.key)
        for number, one in enumerate(standards_of(plan), start=1)
    ]
    return ([HEADING] if places else []), places


def check_of(draft: ItemDraft) -> str:
    """A short mark of what a draft says, by which a sheet shows that it is out of date."""
    return canonical.digest_of(version_content(draft)).removeprefix("sha256:")[:16]
