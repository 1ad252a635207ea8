"""What several parts of this API take from a request."""

from typing import Any
from uuid import UUID

from rest_framework import serializers
from rest_framework.request import Request

from consult.phase2_preparation import queries
from consult.phase2_preparation.enums import (
    CommentType,
)
from consult.phase2_preparation.models import CommentDraft, Round
from consult.phase2_preparation.steps import Letter, Opinion, Remark
from plans.register.models import Item, Plan
from plans.register.queries import get_plan
from stakeholders.files.actions import take_upload
from stakeholders.files.enums import LETTERS
from stakeholders.files.models import StoredFile
from stakeholders.terms.errors import NotVisible

S = serializers.Serializer[Any]


class RemarkFields(S):
    """The words of a comment, shared by drafts and entered opinions."""

    type = serializers.ChoiceField(choices=CommentType.choices)
    text_zh = serializers.CharField(default="", allow_blank=True, max_length=20_000)
    text_en = serializers.CharField(default="", allow_blank=True, max_length=20_000)
    wording_zh = serializers.CharField(default="", allow_blank=True, max_length=20_000)
    wording_en = serializers.CharField(default="", allow_blank=True, max_length=20_000)


def remark_of(data: dict[str, Any]) -> Remark:
    names = ("type", "text_zh", "text_en", "wording_zh", "wording_en")
    return Remark(**{name: data[name] for name in names})


class OpinionFields(RemarkFields):
    item = serializers.CharField(default="", allow_blank=True)


def opinions_of(data: dict[str, Any]) -> list[Opinion]:
    """The opinions of an answer that was entered."""
    return [Opinion(remark=remark_of(row), item_key=row["item"]) for row in data["opinions"]]


class LetterFields(S):
    letter_number = serializers.CharField(default="", allow_blank=True, max_length=80)
    letter_on = serializers.DateField(default=None, allow_null=True)
    issuer = serializers.CharField(default="", allow_blank=True, max_length=120)
    letter_file = serializers.UUIDField(
        default=None, allow_null=True, help_text="The id of an upload of one's own."
    )


def letter_of(data: dict[str, Any], *, file: StoredFile | None) -> Letter:
    return Letter(
        number=data["letter_number"], on=data["letter_on"], issuer=data["issuer"], file=file
    )


def round_given(request: Request, key: str, number: int) -> tuple[Plan, Round]:
    plan = get_plan(actor=request.actor, key=key)
    return plan, queries.get_round(plan, number=number)


def draft_given(
    request: Request, key: str, number: int, draft: UUID
) -> tuple[Plan, Round, CommentDraft]:
    plan, one = round_given(request, key, number)
    return plan, one, queries.get_draft(actor=request.actor, one=one, key=draft)


def letter_given(request: Request, plan: Plan, data: dict[str, Any]) -> Letter:
    """The letter with the upload it names. Invalid for one that is not the caller's."""
    pk = data["letter_file"]
    if pk is None:
        return letter_of(data, file=None)
    stored = take_upload(
        actor=request.actor, pk=pk, kinds=LETTERS, plan_key=plan.key, field="letter_file"
    )
    return letter_of(data, file=stored)


def item_given(one: Round, key: str) -> Item | None:
    if not key:
        return None
    entry = queries.entries_by_key(one, [key]).get(key)
    if entry is None:
        raise NotVisible
    return entry.item
