"""What an entered act says, as label and text for people."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from consult.ballots.enums import PositionValue
from consult.matters.enums import StandValue
from consult.phase1_organization.enums import Answer
from consult.phase2_preparation.enums import CommentType
from consult.phase2_preparation.queries import wording_of
from consult.spoken.content import Said, said_in
from consult.spoken.enums import ActKind
from consult.spoken.models import EnteredAct
from plans.register.enums import PartyRole
from plans.register.models import Revision
from plans.register.queries import entries_of
from stakeholders.templatetags.in_language import in_language

Line = tuple[str, str]
WORDS: Mapping[str, object] = {
    **dict(Answer.choices),
    **dict(StandValue.choices),
    **dict(PositionValue.choices),
}


def item_names(revision: Revision) -> list[tuple[str, str]]:
    """(key, number and title) of every item of a revision, for choices and lines."""
    return [
        (entry.item.key, f"{entry.number} {in_language(wording_of(entry.version), 'title')}")
        for entry in entries_of(revision)
    ]


def lines_of(act: EnteredAct) -> list[Line]:
    """What the party is said to have said, filled parts only."""
    said = said_in(act)
    lines = [
        (_("Answer"), str(WORDS.get(str(said.get("answer")), ""))),
        (_("Role asked for"), str(dict(PartyRole.choices).get(str(said.get("role_asked")), ""))),
        (_("Answer"), _("No comments") if said.get("is_nil") else ""),
        (_("Says"), str(WORDS.get(str(said.get("value")), ""))),
        (_("Text"), str(said.get("text") or in_language(said, "text"))),
        (_("Decided by"), str(said.get("decided_by") or "")),
        *_rows(act, said),
    ]
    return [(label, text) for label, text in lines if text]


def _rows(act: EnteredAct, said: Said) -> list[Line]:
    rows = said.get("remarks") or said.get("exceptions") or []
    if not rows:
        return []
    revision = act.subject.revision if act.kind == ActKind.REPLY else act.plan.frozen
    names = dict(item_names(revision)) if revision else {}
    types = dict(CommentType.choices)
    found = []
    for row in rows:
        label = names.get(row.get("item", ""), row.get("item") or _("On the whole"))
        word = types.get(row.get("type")) or WORDS.get(row.get("value"), "")
        texts = [str(word), str(row.get("text") or in_language(row, "text"))]
        texts += [str(row.get(name) or "") for name in ("wording", "wording_zh", "scope")]
        found.append((str(label), " · ".join(text for text in texts if text)))
    return found
