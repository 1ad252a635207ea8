"""What an edit of any item's draft has to respect."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from plans.register.enums import ConcernStep
from plans.register.models import ItemDraft, RevisionItem
from plans.register.queries import names_of, unknown_codes
from stakeholders.terms.errors import Invalid


def check_codes(field: str, codes: Iterable[str]) -> None:
    """Refuse codes that are no jurisdiction's. One query. Raises Invalid ({field: ...})."""
    unknown = unknown_codes(codes)
    if unknown:
        text = _("There is no jurisdiction with the code %(codes)s.")
        raise Invalid({field: text % {"codes": ", ".join(unknown)}})


def check_concerned(*, draft: ItemDraft, edits: int, concerned: Iterable[str]) -> None:
    """Refuse to edit a party out of an item: only the party itself renounces.

    `concerned` is whom the draft, read as its save number `edits`, would name. Protected is every
    party of the plan that stands in the draft or in the version published last and has not
    renounced since. Raises Invalid ({"concerned": ...}) with their names.
    """
    if draft.edits != edits:
        return  # somebody saved meanwhile: the save itself answers with what stands now
    lost = (set(draft.concerned) | _published_and_kept(draft)) - set(concerned)
    parties = draft.item.plan.parties.filter(left_at__isnull=True, jurisdiction__in=lost)
    codes = sorted(parties.values_list("jurisdiction_id", flat=True)) if lost else []
    if codes:
        names = names_of(codes)
        text = _("Only %(names)s may renounce being concerned; an editor may add, not remove.")
        said = ", ".join(str(names[code]) for code in codes)
        raise Invalid({"concerned": text % {"names": said}})


def check_kept(*, draft: ItemDraft, concerned: Iterable[str]) -> None:
    """`check_concerned` for what is written over many drafts as they stand now: nothing is asked
    of the database for a draft that keeps whom it concerns. Raises Invalid."""
    said = set(concerned)
    if set(draft.concerned) - said:
        check_concerned(draft=draft, edits=draft.edits, concerned=said)


def _published_and_kept(draft: ItemDraft) -> set[str]:
    """Those the version published last names, without whoever renounced last of all."""
    entry = (
        RevisionItem.objects.filter(item=draft.item_id)
        .select_related("version")
        .defer("version__content")
        .order_by("-revision__number")
        .first()
    )
    if entry is None:
        return set()
    newest = dict(draft.item.concern_changes.order_by("pk").values_list("jurisdiction_id", "kind"))
    gone = {code for code, kind in newest.items() if kind == ConcernStep.RENOUNCED}
    return set(entry.version.concerned) - gone
