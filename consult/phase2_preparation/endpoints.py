"""The API views of joint preparation: read, or parse and call one action."""

from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from consult.matters.queries import get_matter
from consult.matters.steps import Wording
from consult.phase2_preparation import actions, audit, queries
from consult.phase2_preparation import disposition_queries as table
from consult.phase2_preparation import serializers as s
from consult.phase2_preparation.actions import NewMatter, Opinion
from consult.phase2_preparation.models import ChangeReason, Comment, CommentDraft, Round
from consult.phase2_preparation.steps import Letter
from plans.register.api.given import values_of
from plans.register.models import Item, Plan
from plans.register.queries import get_item, get_plan
from stakeholders.files.actions import take_upload
from stakeholders.files.enums import LETTERS
from stakeholders.files.serving import answer_file
from stakeholders.terms.errors import NotVisible


def _round(request: Request, key: str, number: int) -> tuple[Plan, Round]:
    plan = get_plan(actor=request.actor, key=key)
    return plan, queries.get_round(plan, number=number)


def _draft(
    request: Request, key: str, number: int, draft: UUID
) -> tuple[Plan, Round, CommentDraft]:
    plan, one = _round(request, key, number)
    return plan, one, queries.get_draft(actor=request.actor, one=one, key=draft)


def _letter(request: Request, plan: Plan, data: dict[str, Any]) -> Letter:
    """The letter with the upload it names. Invalid for one that is not the caller's."""
    pk = data["letter_file"]
    if pk is None:
        return s.letter_of(data, file=None)
    stored = take_upload(
        actor=request.actor, pk=pk, kinds=LETTERS, plan_key=plan.key, field="letter_file"
    )
    return s.letter_of(data, file=stored)


def _item(one: Round, key: str) -> Item | None:
    if not key:
        return None
    entry = queries.entries_by_key(one, [key]).get(key)
    if entry is None:
        raise NotVisible
    return entry.item


class RoundsView(generics.ListAPIView[Round]):
    """The rounds of a plan; POST opens one on the latest revision."""

    serializer_class = s.RoundSerializer
    queryset = Round.objects.none()

    def get_queryset(self) -> Any:
        plan = get_plan(actor=self.request.actor, key=self.kwargs["key"])
        return queries.rounds_of(plan)

    @extend_schema(request=s.OpenRoundSerializer, responses={201: s.RoundSerializer})
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        data = values_of(s.OpenRoundSerializer, request)
        one = actions.open_round(actor=request.actor, plan=plan, **data)
        return Response(s.RoundSerializer(one).data, status=201)


class RoundView(APIView):
    """Who was asked in a round and who has answered, as far as the caller may know."""

    @extend_schema(
        operation_id="plans_rounds_invited_list", responses=s.InvitedSerializer(many=True)
    )
    def get(self, request: Request, key: str, number: int) -> Response:
        _plan, one = _round(request, key, number)
        rows = queries.progress(actor=request.actor, one=one)
        return Response(s.InvitedSerializer(many=True, instance=rows).data)


class ExtendView(APIView):
    @extend_schema(request=s.ExtendSerializer, responses=s.RoundSerializer)
    def post(self, request: Request, key: str, number: int) -> Response:
        plan, one = _round(request, key, number)
        data = values_of(s.ExtendSerializer, request)
        one = actions.extend_round(actor=request.actor, plan=plan, one=one, **data)
        return Response(s.RoundSerializer(one).data)


class CloseView(APIView):
    @extend_schema(request=None, responses=s.RoundSerializer)
    def post(self, request: Request, key: str, number: int) -> Response:
        plan, one = _round(request, key, number)
        one = actions.close_round(actor=request.actor, plan=plan, one=one)
        return Response(s.RoundSerializer(one).data)


class OpinionsView(APIView):
    @extend_schema(request=s.EnterOpinionSerializer, responses={201: s.ReplyMadeSerializer})
    def post(self, request: Request, key: str, number: int) -> Response:
        plan, one = _round(request, key, number)
        data = values_of(s.EnterOpinionSerializer, request)
        reply = actions.enter_opinion(
            actor=request.actor,
            plan=plan,
            one=one,
            source=data["source"],
            letter=_letter(request, plan, data),
            opinions=[
                Opinion(remark=s.remark_of(given), item_key=given["item"])
                for given in data["opinions"]
            ],
        )
        return Response(s.ReplyMadeSerializer(reply).data, status=201)


class ReplyView(APIView):
    """Submits the cleared comments of the token's jurisdiction, or says that it has none."""

    @extend_schema(request=s.SubmitReplySerializer, responses={201: s.ReplyMadeSerializer})
    def post(self, request: Request, key: str, number: int) -> Response:
        plan, one = _round(request, key, number)
        data = values_of(s.SubmitReplySerializer, request)
        reply = actions.submit_reply(
            actor=request.actor,
            plan=plan,
            one=one,
            letter=_letter(request, plan, data),
            is_nil=data["is_nil"],
            text=data["text"],
        )
        return Response(s.ReplyMadeSerializer(reply).data, status=201)


class LetterView(APIView):
    """The letter that came with a reply, for who sees the reply."""

    @extend_schema(operation_id="plans_rounds_letter", responses={200: OpenApiTypes.BINARY})
    def get(self, request: Request, key: str, reply: int) -> HttpResponseBase:
        plan = get_plan(actor=request.actor, key=key)
        stored = queries.get_letter(actor=request.actor, plan=plan, reply=reply)
        return answer_file(stored, request=request._request)


class DraftsView(generics.ListAPIView[CommentDraft]):
    """The working comments of the caller's own jurisdiction; POST writes one."""

    serializer_class = s.DraftSerializer
    queryset = CommentDraft.objects.none()

    def get_queryset(self) -> Any:
        _plan, one = _round(self.request, self.kwargs["key"], self.kwargs["number"])
        return queries.visible_drafts(actor=self.request.actor, one=one)

    @extend_schema(request=s.WriteDraftSerializer, responses={201: s.DraftSerializer})
    def post(self, request: Request, key: str, number: int) -> Response:
        plan, one = _round(request, key, number)
        data = values_of(s.WriteDraftSerializer, request)
        draft = actions.draft_comment(
            actor=request.actor,
            plan=plan,
            one=one,
            key=data["key"],
            remark=s.remark_of(data),
            item=_item(one, data["item"]),
            share=data["share"],
        )
        return Response(s.DraftSerializer(draft).data, status=201)


class DraftView(APIView):
    @extend_schema(request=s.EditDraftSerializer, responses=s.DraftSerializer)
    def put(self, request: Request, key: str, number: int, draft: UUID) -> Response:
        plan, _one, found = _draft(request, key, number, draft)
        data = values_of(s.EditDraftSerializer, request)
        found = actions.edit_comment(
            actor=request.actor,
            plan=plan,
            draft=found,
            remark=s.remark_of(data),
            share=data["share"],
        )
        return Response(s.DraftSerializer(found).data)

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request, key: str, number: int, draft: UUID) -> Response:
        plan, _one, found = _draft(request, key, number, draft)
        actions.delete_comment(actor=request.actor, plan=plan, draft=found)
        return Response(status=204)


class ClearView(APIView):
    @extend_schema(request=None, responses=s.DraftSerializer)
    def post(self, request: Request, key: str, number: int, draft: UUID) -> Response:
        plan, _one, found = _draft(request, key, number, draft)
        found = actions.clear_comment(actor=request.actor, plan=plan, draft=found)
        return Response(s.DraftSerializer(found).data)


class SendBackView(APIView):
    @extend_schema(request=s.SendBackReasonSerializer, responses=s.DraftSerializer)
    def post(self, request: Request, key: str, number: int, draft: UUID) -> Response:
        plan, _one, found = _draft(request, key, number, draft)
        data = values_of(s.SendBackReasonSerializer, request)
        found = actions.send_back(actor=request.actor, plan=plan, draft=found, **data)
        return Response(s.DraftSerializer(found).data)


class CommentsView(generics.GenericAPIView[Any]):
    """The dispositions table, with the filters of its page."""

    serializer_class = s.RowSerializer
    queryset = Comment.objects.none()

    def get(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        filters = {name: str(value) for name, value in request.query_params.items() if value}
        found = table.disposition_table(actor=request.actor, plan=plan, filters=filters)
        page = self.paginate_queryset(found) or []
        rows = table.rows_of(page)
        return self.get_paginated_response(self.get_serializer(rows, many=True).data)


class DecideView(APIView):
    @extend_schema(request=s.DecideSerializer, responses={201: s.RowSerializer})
    def post(self, request: Request, key: str, number: int) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        comment = table.get_comment(actor=request.actor, plan=plan, number=number)
        data = values_of(s.DecideSerializer, request)
        title = Wording(zh=data["title_zh"], en=data["title_en"])
        matter = data["matter"]
        actions.decide_disposition(
            actor=request.actor,
            plan=plan,
            comment=comment,
            outcome=data["outcome"],
            reason_zh=data["reason_zh"],
            reason_en=data["reason_en"],
            matter=get_matter(actor=request.actor, plan=plan, key=matter) if matter else None,
            new_matter=NewMatter(title=title, codes=tuple(data["codes"])) if title else None,
        )
        comment = table.get_comment(actor=request.actor, plan=plan, number=number)
        return Response(s.RowSerializer(table.rows_of([comment])[0]).data, status=201)


class AnswerView(APIView):
    """Answers the published disposition named for the token's jurisdiction."""

    @extend_schema(request=s.GiveAnswerSerializer, responses={201: s.RowSerializer})
    def post(self, request: Request, key: str, number: int) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        comment = table.get_comment(actor=request.actor, plan=plan, number=number)
        data = values_of(s.GiveAnswerSerializer, request)
        shown = comment.dispositions.filter(publication__isnull=False)
        asked = shown.filter(pk=data["disposition"]).first()
        if asked is None:
            raise NotVisible
        actions.answer_disposition(
            actor=request.actor,
            plan=plan,
            disposition=asked,
            accepts=data["accepts"],
            text=data["text"],
        )
        return Response(s.RowSerializer(table.rows_of([comment])[0]).data, status=201)


class PublishView(APIView):
    @extend_schema(request=s.PublishSerializer, responses=s.PublishedSerializer)
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        data = values_of(s.PublishSerializer, request)
        rows = actions.publish_dispositions(actor=request.actor, plan=plan, **data)
        return Response({"published": [row.comment.number for row in rows]})


class ChangesView(generics.ListAPIView[ChangeReason]):
    """The reasons of changes; POST gives one."""

    serializer_class = s.ChangeReasonSerializer
    queryset = ChangeReason.objects.none()

    def get_queryset(self) -> Any:
        plan = get_plan(actor=self.request.actor, key=self.kwargs["key"])
        return audit.reasons_of(actor=self.request.actor, plan=plan)

    @extend_schema(request=s.ExplainSerializer, responses={201: s.ChangeReasonSerializer})
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        data = values_of(s.ExplainSerializer, request)
        shown = {d.comment.number: d for d in audit.newest_published(plan=plan)}
        if data["comment"] is not None and data["comment"] not in shown:
            raise NotVisible
        matter = data["matter"]
        row = actions.explain_change(
            actor=request.actor,
            plan=plan,
            item=get_item(plan, key=data["item"]),
            disposition=shown.get(data["comment"]),
            matter=get_matter(actor=request.actor, plan=plan, key=matter) if matter else None,
            note=data["note"],
        )
        return Response(s.ChangeReasonSerializer(row).data, status=201)
