"""Row writes of a partial adoption: its revision, its statement, itself."""

import json
from collections.abc import Sequence

from consult.phase3_identification.models import CommonStatement, PartialAdoption, SignOff
from plans.register.enums import ChangeKind, Stage
from plans.register.manifest import Sealed
from plans.register.models import Plan, Revision
from plans.register.steps import Heading, Place, publish_revision
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor


def publish_part(*, plan: Plan, actor: Actor, frozen: Revision, items: Sequence[int]) -> Revision:
    """A revision of these items alone, as the frozen one holds them: wordings, numbers, chapters,
    order. The frozen one stays what the sign-off is on. The same queries for many items."""
    entries = list(
        frozen.entries.filter(item__in=items)
        .select_related("item__draft", "version")
        .order_by("position")
    )
    manifest = json.loads(frozen.manifest)
    used = {entry.heading for entry in entries}
    return publish_revision(
        plan=plan,
        actor=actor,
        stage=Stage.ADOPTED_PART.value,
        headings=[
            Heading(key=key, title_zh=zh, title_en=en)
            for key, zh, en in manifest.get("headings", [])
            if key in used
        ],
        places=[Place(item=e.item, number=e.number, heading=e.heading) for e in entries],
        changes={entry.item.key: ChangeKind.UNCHANGED.value for entry in entries},
        charter_version=manifest.get("charter", ""),
        sealed={e.item_id: Sealed(text=e.version.content, hash=e.version.hash) for e in entries},
    )


def write_adoption(
    *, actor: Actor, sign_off: SignOff, revision: Revision, content: str, reason: str
) -> PartialAdoption:
    """The statement of the part and the adoption that binds it to its revision. The ballots have
    ended before: what ends later is no part of it."""
    now = clock.now()
    statement = CommonStatement.objects.create(
        sign_off=sign_off,
        is_part=True,
        revision=revision,
        content=content,
        hash=canonical.digest(content),
        at=now,
    )
    return PartialAdoption.objects.create(
        sign_off=sign_off,
        statement=statement,
        revision=revision,
        reason=reason,
        mandate_id=actor.mandate_id or 0,
        at=now,
    )
