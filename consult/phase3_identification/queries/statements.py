"""Reading common statements."""

import json
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet

from consult.phase3_identification.models import (
    CommonStatement,
    Signature,
    SignOff,
    StatementNumber,
)
from plans.register.models import Plan
from stakeholders.people.models import Mandate
from stakeholders.terms.errors import NotVisible


def statement_of(sign_off: SignOff | None) -> CommonStatement | None:
    """The statement of the whole text; None before the sign-off has passed. One query."""
    if sign_off is None:
        return None
    return CommonStatement.objects.filter(sign_off=sign_off, is_part=False).first()


def passed_statements(plans: Iterable[Plan]) -> QuerySet[CommonStatement]:
    """The statements of plans whose newest sign-off passed."""
    newer = SignOff.objects.filter(plan=OuterRef("sign_off__plan"), pk__gt=OuterRef("sign_off"))
    return CommonStatement.objects.filter(
        ~Exists(newer), is_part=False, sign_off__plan__in=list(plans)
    ).select_related("sign_off")


def statements_of(plan: Plan) -> QuerySet[CommonStatement]:
    """Every statement of a plan, newest first, with its number, its part and its signatures.

    Two queries for any number of them."""
    rows = CommonStatement.objects.filter(sign_off__plan=plan).order_by("-pk")
    return rows.select_related(
        "revision", "sign_off", "numbered", "partial_adoption"
    ).prefetch_related("signatures")


def get_statement(plan: Plan, *, pk: int) -> CommonStatement:
    """One statement of the plan. Raises NotVisible."""
    found = statements_of(plan).filter(pk=pk).first()
    if found is None:
        raise NotVisible
    return found


def number_of(statement: CommonStatement) -> StatementNumber | None:
    """The document number of a statement, None before it has one."""
    return getattr(statement, "numbered", None)


def signatures_of(statement: CommonStatement) -> QuerySet[Signature]:
    """The signatures under a statement, with who gave them under which mandate."""
    return statement.signatures.select_related(
        "jurisdiction", "mandate__user", "mandate__jurisdiction", "mandate__organization"
    ).defer("jurisdiction__boundary", "mandate__jurisdiction__boundary")


def party_codes_of(statement: CommonStatement) -> list[str]:
    """The codes of the parties a statement names."""
    return [str(row["code"]) for row in json.loads(statement.content)["parties"]]


def mandates_named(ids: Iterable[int]) -> dict[int, Mandate]:
    """The mandates a statement names, with their persons."""
    return Mandate.objects.select_related("user").in_bulk(set(ids))
