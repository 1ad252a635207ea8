"""Whether the claim a wording carries can stand, before it is saved."""

import json
from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from plans.register.enums import ChangeKind
from plans.register.models import ItemVersion, Plan
from plans.register.queries import co_maker_codes
from plans.register.reading import read
from plans.text.changes import WORDS, Standing, change_kind
from plans.text.claiming import Fault, FaultKind, faults
from plans.text.enums import EDITORIAL
from plans.text.models import Provision
from plans.text.names import protected_names
from plans.text.queries import published_entry
from plans.text.wording import Wording
from stakeholders.terms.errors import Invalid, Text

HARMLESS = (ChangeKind.UNCHANGED, ChangeKind.MOVED, ChangeKind.TRANSLATION)
FAULTS: Mapping[FaultKind, Text] = {
    FaultKind.NUMBER: _(
        "A number, a date or a unit changes (%(before)s → %(after)s): this is not editorial."
    ),
    FaultKind.WORD: _(
        "A negation, a modal word or a limit changes (%(before)s → %(after)s): "
        "this is not editorial."
    ),
    FaultKind.NAME: _("A name changes (%(before)s → %(after)s): this is not editorial."),
    FaultKind.ORDER: _("Numbers, names or modal words change places: this is not editorial."),
}


def require_editorial(*, plan: Plan, provision: Provision, wording: Wording) -> ItemVersion | None:
    """Check the claim a wording carries. The version it is measured against, None where nothing
    is claimed or nothing that binds changes. Raises Invalid for a claim that cannot stand."""
    if wording.change_claim != EDITORIAL:
        return None
    entry = published_entry(provision)
    if entry is None:
        text = _("Nothing published to compare with: a new provision is no editorial change.")
        raise Invalid({"change_claim": text})
    before = json.loads(entry.version.content)
    after = _wording_with(
        before, wording=wording, concerned=wording.concerned or co_maker_codes(plan)
    )
    old, new = (
        Standing(wording=one, number=entry.number, heading=entry.heading, claim=claim)
        for one, claim in ((before, ""), (after, EDITORIAL))
    )
    kind = change_kind(old, new, authentic=plan.authentic_language)
    if kind in HARMLESS:
        return None
    if kind is not ChangeKind.EDITORIAL:
        text = _("More changes than the title and the text: this is not editorial.")
        raise Invalid({"change_claim": text})
    names = protected_names(plan)
    readings = read(before), read(after)
    for name in sorted(WORDS):
        field = f"{name}_{plan.authentic_language}"
        for fault in faults(*(str(getattr(one, field)) for one in readings), names=names):
            raise Invalid({"change_claim": _text_of(fault)})
    return entry.version


def _wording_with(
    before: Mapping[str, object], *, wording: Wording, concerned: tuple[str, ...]
) -> dict[str, object]:
    """What the hash of a version would cover with this wording."""
    return {
        **before,
        "content": wording.content(),
        "strength": wording.strength,
        "competence": wording.competence,
        "given": wording.is_given,
        "given_source": wording.given_source,
        "concerned": sorted(concerned),
    }


def _text_of(fault: Fault) -> Text:
    words = {"before": fault.before or "–", "after": fault.after or "–"}
    return str(FAULTS[fault.kind]) % words
