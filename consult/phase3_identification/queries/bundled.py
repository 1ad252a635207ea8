"""Reading what the bundle of a statement holds. Unscoped: of ended sign-offs, as the statement is."""

from collections.abc import Iterable
from unicodedata import is_normalized

from consult.phase3_identification.models import (
    CommonStatement,
    ConditionReport,
    Declaration,
    ReservationLift,
)
from plans.register.models import Item, Plan
from stakeholders.people.models import Mandate
from stakeholders.terms.canonical import canonical, digest


def declarations_in(plan: Plan) -> list[Declaration]:
    """Every declaration of the plan's sign-offs, oldest first, with its sign-off's end."""
    rows = Declaration.objects.filter(sign_off__plan=plan).select_related("sign_off__end")
    return list(rows.order_by("pk"))


def ancestors(plan: Plan) -> dict[str, list[str]]:
    """Item key -> the items it came from, over as many changes as it took, nearest first."""
    origins: dict[str, list[str]] = {}
    rows = Item.predecessors.through.objects.filter(from_item__plan=plan).order_by("pk")
    for item, former in rows.values_list("from_item__key", "to_item__key"):
        origins.setdefault(item, []).append(former)
    found = {}
    for item, own in origins.items():
        chain = list(own)
        for former in chain:
            chain += [one for one in origins.get(former, ()) if one not in (*chain, item)]
        found[item] = chain
    return found


def mandates_in(ids: Iterable[int]) -> dict[str, dict[str, object]]:
    """Id of a mandate -> whom it lets speak, in which role, by which letter, from when until when."""
    rows = Mandate.objects.filter(pk__in=set(ids)).order_by("pk")
    return {
        str(row.pk): {
            "jurisdiction": str(row.jurisdiction_id or ""),
            "role": row.role,
            "document": row.document,
            "from": row.valid_from,
            "until": row.valid_until,
        }
        for row in rows
    }


def written_in(statement: CommonStatement, declarations: Iterable[Declaration]) -> dict[str, str]:
    """Digest -> text, of what was written beside these declarations and under the statement: why
    reservations were lifted, what was reported on conditions and answered, letters of signatures,
    the number of the statement. Two queries besides the statement's own."""
    sign_offs = {row.sign_off_id for row in declarations}
    lifts = ReservationLift.objects.filter(
        reservation__item__plan=statement.sign_off.plan_id, mandate__isnull=False
    )
    texts = list(lifts.values_list("reason", flat=True))
    reports = ConditionReport.objects.filter(condition__declaration__sign_off__in=sign_offs)
    for report in reports.select_related("confirmation").order_by("pk"):
        texts.append(canonical({"text": report.text}))
        word = getattr(report, "confirmation", None)
        if word is not None:
            met = "yes" if word.is_met else "no"
            texts.append(canonical({"met": met, "reason": word.reason}))
    for row in statement.signatures.all():
        texts.append(canonical({"number": row.letter_number, "on": row.letter_on}))
    number = getattr(statement, "numbered", None)
    if number is not None:
        texts.append(number.number)
    # A bundle is in NFC: what was written otherwise would not give the digest of the record there.
    return {digest(text): text for text in texts if is_normalized("NFC", text)}
