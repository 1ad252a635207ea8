"""Publishing dispositions in one batch, the commenters' answers, and reasons of changes."""

from collections.abc import Collection, Mapping, Sequence

from django.db import transaction
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.matters.models import Matter
from consult.phase2_preparation import steps
from consult.phase2_preparation.models import ChangeReason, CommenterAnswer, Disposition
from consult.phase2_preparation.queries.dispositions import decided_unpublished, newest_shown
from consult.phase2_preparation.rules import require
from plans.register.models import Item, Plan
from plans.register.steps import lock_plan
from stakeholders.files.models import StoredFile
from stakeholders.notices.steps import notify
from stakeholders.people.queries import coordinators_of, people_of
from stakeholders.record import steps as record
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.duty import Text
from stakeholders.terms.errors import Conflict, Invalid

# So many of its comments a notice names; the page it leads to has the rest.
MOST_NAMED = 12


@transaction.atomic
def publish_dispositions(
    *,
    actor: Actor,
    plan: Plan,
    numbers: Collection[int] | None = None,
    note: str = "",
    file: StoredFile | None = None,
) -> list[Disposition]:
    """Show the decided dispositions to all in one batch: all, or those of the comments named.

    A note and an explanatory letter may go with them. Every commenter is told of its own
    comments, the other parties how many there were. Refused; Conflict when nothing waits.
    """
    require("disposition.publish", actor=actor, plan=plan)
    plan = lock_plan(plan)
    rows = decided_unpublished(plan=plan)
    if numbers is not None:
        wanted = set(numbers)
        rows = [row for row in rows if row.comment.number in wanted]
    if not rows:
        raise Conflict(_("No decided disposition waits for publishing."))
    batch = steps.publish(dispositions=rows, actor=actor)
    effects: dict[str, object] = {
        "batch": batch,
        "dispositions": [[str(row.comment), row.pk, row.outcome] for row in rows],
    }
    if note.strip() or file is not None:
        letter = steps.add_letter(plan=plan, actor=actor, batch=batch, note=note, file=file)
        effects["letter"] = {
            "note": canonical.digest(letter.note),
            "file": letter.file.sha256 if letter.file else None,
        }
    _tell_published(plan, rows, batch)
    _append(actor, plan, "disposition.publish", f"plan:{plan.key}", effects)
    return rows


def _tell_published(plan: Plan, rows: Sequence[Disposition], batch: str) -> None:
    """Each commenter learns of its own comments, every other party of the number."""
    parties = plan.parties.filter(left_at__isnull=True).values_list("jurisdiction_id", flat=True)
    own: dict[str, list[str]] = {}
    for row in rows:
        if row.comment.jurisdiction_id:
            own.setdefault(row.comment.jurisdiction_id, []).append(str(row.comment))
    people = people_of(
        codes={*parties, *own}, roles=[Role.CONTACT_POINT], at=clock.now(), plan_key=plan.key
    )
    answers = reverse("preparation:answers", args=[plan.key])
    mine = _("The dispositions of your comments were published: {comments}")
    for code in sorted(own):
        title = format_lazy(mine, comments=_named(own[code]))
        _tell(plan, {*people.get(code, [])}, title, answers, f"dispositions:{batch}")
    rest = {pk for code, ids in people.items() if code not in own for pk in ids}
    text = _("The dispositions of {count} comments were published")
    table = reverse("preparation:dispositions", args=[plan.key])
    _tell(plan, rest, format_lazy(text, count=str(len(rows))), table, f"dispositions:{batch}")


def _named(comments: Sequence[str]) -> str:
    """The comments by their signs, the first of them where there are many."""
    if len(comments) <= MOST_NAMED:
        return ", ".join(comments)
    return f"{', '.join(comments[:MOST_NAMED])} … ({len(comments)})"


@transaction.atomic
def answer_disposition(
    *, actor: Actor, plan: Plan, disposition: Disposition, accepts: bool, text: str = ""
) -> CommenterAnswer:
    """Say for the commenter whether it accepts the disposition; a newer answer counts.

    Refused, Invalid, Conflict.
    """
    comment = disposition.comment
    row = _answer(actor, plan, [disposition], accepts, text)[0]
    title = _("The commenter answered the disposition of {comment}")
    _tell(
        plan,
        set(coordinators_of(plan_key=plan.key, at=clock.now())),
        format_lazy(title, comment=str(comment)),
        reverse("preparation:comment", args=[plan.key, comment.number]),
        f"answer:{row.pk}",
    )
    effects = {
        "disposition": disposition.pk,
        "accepts": accepts,
        "text": canonical.digest(row.text),
    }
    _append(actor, plan, "disposition.answer", f"comment:{comment}", effects)
    return row


@transaction.atomic
def answer_dispositions(
    *,
    actor: Actor,
    plan: Plan,
    dispositions: Sequence[Disposition],
    accepts: bool,
    text: str = "",
) -> list[CommenterAnswer]:
    """Answer several dispositions of one's own comments alike, with one record entry.

    Refused, Invalid; Conflict where a newer one was published, or none is named.
    """
    if not dispositions:
        raise Conflict(_("Choose at least one disposition."))
    rows = _answer(actor, plan, dispositions, accepts, text)
    title = _("The commenter answered the dispositions of {count} comments")
    _tell(
        plan,
        set(coordinators_of(plan_key=plan.key, at=clock.now())),
        format_lazy(title, count=str(len(rows))),
        reverse("preparation:answers", args=[plan.key]),
        f"answer:{rows[0].pk}",
    )
    effects = {
        "dispositions": [[str(row.comment), row.pk] for row in dispositions],
        "accepts": accepts,
        "text": canonical.digest(rows[0].text),
    }
    _append(actor, plan, "disposition.answer", f"plan:{plan.key}", effects)
    return rows


def _answer(
    actor: Actor, plan: Plan, dispositions: Sequence[Disposition], accepts: bool, text: str
) -> list[CommenterAnswer]:
    for code in {row.comment.jurisdiction_id for row in dispositions}:
        require("disposition.answer", actor=actor, plan=plan, code=code)
    if not accepts and not text.strip():
        raise Invalid({"text": _("Say why it is not accepted.")})
    plan = lock_plan(plan)
    shown = newest_shown(comments=[row.comment_id for row in dispositions])
    newer = [shown.get(row.comment_id) for row in dispositions if shown.get(row.comment_id) != row]
    if newer:
        raise Conflict(_("A newer disposition was published: read it first."), theirs=newer[0])
    return steps.write_answers(dispositions=dispositions, actor=actor, accepts=accepts, text=text)


@transaction.atomic
def explain_change(
    *,
    actor: Actor,
    plan: Plan,
    item: Item,
    disposition: Disposition | None = None,
    matter: Matter | None = None,
    note: str = "",
) -> ChangeReason:
    """Say why an item is changed: by a disposition, a matter or a named decision.

    Refused, Invalid.
    """
    require("change.explain", actor=actor, plan=plan)
    if disposition is None and matter is None and not note.strip():
        raise Invalid({"note": _("Name the comment, the matter or the decision.")})
    foreign = (
        item.plan_id != plan.pk
        or (disposition is not None and disposition.comment.plan_id != plan.pk)
        or (matter is not None and matter.plan_id != plan.pk)
    )
    if foreign:
        raise Invalid({"item": _("This does not belong to this plan.")})
    row = steps.explain(
        plan=plan, item=item, actor=actor, disposition=disposition, matter=matter, note=note
    )
    effects = {
        "reason": row.pk,
        "disposition": disposition.pk if disposition else None,
        "matter": matter.key if matter else None,
        "note": canonical.digest(row.note),
    }
    _append(actor, plan, "change.explain", f"item:{item.key}", effects)
    return row


def _tell(plan: Plan, people: set[int], title: Text, url: str, key: str) -> None:
    notify(people=people, kind="disposition", title=title, url=url, key=key, plan_key=plan.key)


def _append(
    actor: Actor, plan: Plan, act: str, subject: str, effects: Mapping[str, object]
) -> None:
    record.append(
        chain=record.plan_chain(plan.key), actor=actor, act=act, subject=subject, effects=effects
    )
