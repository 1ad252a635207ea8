"""Dispositions and reasons of changes for programs: the same acts as the pages."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from consult.matters.queries import get_matter
from consult.matters.steps import Wording
from consult.phase2_preparation import actions, audit, rules
from consult.phase2_preparation.actions import NewMatter
from consult.phase2_preparation.api.filters import FilterSerializer, filters_given
from consult.phase2_preparation.api.given import S
from consult.phase2_preparation.api.handling import advice_given, file_given
from consult.phase2_preparation.enums import (
    DispositionOutcome,
)
from consult.phase2_preparation.models import ChangeReason, Comment
from consult.phase2_preparation.queries import dispositions as table
from consult.phase2_preparation.queries.dispositions import Row
from consult.phase2_preparation.queries.replacing import replacing
from plans.register.api.given import values_of
from plans.register.queries import get_item, get_plan
from stakeholders.terms.errors import NotVisible


class CommentSerializer(serializers.ModelSerializer[Comment]):
    """A comment the caller may see, with the disposition it may see.

    The number is null while the comment is sealed from others: it would count them.
    """

    number = serializers.SerializerMethodField()
    round = serializers.IntegerField(source="reply.round.number")
    item = serializers.CharField(source="item.key", allow_null=True, default=None)
    source: Any = serializers.CharField(source="reply.source")
    is_late = serializers.BooleanField(source="reply.is_admitted_late")

    class Meta:
        model = Comment
        fields = [
            "number",
            "round",
            "jurisdiction",
            "source",
            "is_late",
            "item",
            "type",
            "text_zh",
            "text_en",
            "wording_zh",
            "wording_en",
        ]

    def get_number(self, comment: Comment) -> int | None:
        return comment.number if getattr(comment, "is_revealed", False) else None


class RowSerializer(serializers.Serializer[Row]):
    comment = CommentSerializer()
    disposition = serializers.IntegerField(source="disposition.pk", default=None, allow_null=True)
    outcome = serializers.CharField(source="disposition.outcome", default=None, allow_null=True)
    reason_zh = serializers.CharField(source="disposition.reason_zh", default="")
    reason_en = serializers.CharField(source="disposition.reason_en", default="")
    matter = serializers.CharField(source="disposition.matter.key", default=None, allow_null=True)
    is_published = serializers.BooleanField()
    accepts = serializers.BooleanField(source="answer.accepts", default=None, allow_null=True)


class DecideSerializer(S):
    outcome = serializers.ChoiceField(choices=DispositionOutcome.choices)
    reason_zh = serializers.CharField(default="", allow_blank=True)
    reason_en = serializers.CharField(default="", allow_blank=True)
    matter = serializers.CharField(default="", allow_blank=True)
    title_zh = serializers.CharField(default="", allow_blank=True, max_length=120)
    title_en = serializers.CharField(default="", allow_blank=True, max_length=200)
    codes = serializers.ListField(child=serializers.CharField(max_length=6), default=list)
    superseded = serializers.CharField(default="", allow_blank=True, max_length=60)
    follows = serializers.IntegerField(default=None, allow_null=True)
    seen = serializers.IntegerField(default=None, allow_null=True, min_value=0)


class PublishSerializer(S):
    numbers = serializers.ListField(child=serializers.IntegerField(), default=None, allow_null=True)
    note = serializers.CharField(default="", allow_blank=True, max_length=5_000)
    file = serializers.UUIDField(
        default=None, allow_null=True, help_text="The id of an upload of one's own."
    )


class PublishedSerializer(S):
    published = serializers.ListField(child=serializers.IntegerField())


class GiveAnswerSerializer(S):
    disposition = serializers.IntegerField()
    accepts = serializers.BooleanField()
    text = serializers.CharField(default="", allow_blank=True, max_length=5_000)


class ChangeReasonSerializer(serializers.ModelSerializer[ChangeReason]):
    item = serializers.CharField(source="item.key")
    matter = serializers.CharField(source="matter.key", default=None, allow_null=True)
    comment = serializers.IntegerField(
        source="disposition.comment.number", default=None, allow_null=True
    )

    class Meta:
        model = ChangeReason
        fields = ["item", "comment", "matter", "note", "at"]


class ExplainSerializer(S):
    item = serializers.CharField()
    comment = serializers.IntegerField(default=None, allow_null=True)
    matter = serializers.CharField(default="", allow_blank=True)
    note = serializers.CharField(default="", allow_blank=True, max_length=300)


class CommentsView(generics.GenericAPIView[Any]):
    """The dispositions table, with the filters of its page."""

    serializer_class = RowSerializer
    queryset = Comment.objects.none()

    @extend_schema(parameters=[FilterSerializer], responses=RowSerializer(many=True))
    def get(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        filters = filters_given(request, plan)
        found = table.disposition_table(actor=request.actor, plan=plan, filters=filters)
        page = self.paginate_queryset(found) or []
        rows = table.rows_of(page)
        return self.get_paginated_response(self.get_serializer(rows, many=True).data)


class DecideView(APIView):
    @extend_schema(request=DecideSerializer, responses={201: RowSerializer})
    def post(self, request: Request, key: str, number: int) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        comment = table.get_comment(actor=request.actor, plan=plan, number=number)
        data = values_of(DecideSerializer, request)
        title = Wording(zh=data["title_zh"], en=data["title_en"])
        matter = data["matter"]
        other, item = replacing(actor=request.actor, plan=plan, text=data["superseded"])
        actions.decide_disposition(
            actor=request.actor,
            plan=plan,
            comment=comment,
            outcome=data["outcome"],
            reason_zh=data["reason_zh"],
            reason_en=data["reason_en"],
            matter=get_matter(actor=request.actor, plan=plan, key=matter) if matter else None,
            new_matter=NewMatter(title=title, codes=tuple(data["codes"])) if title else None,
            superseded_by=other,
            superseded_item=item,
            follows=advice_given(request, plan, comment, data["follows"]),
            seen=data["seen"],
        )
        comment = table.get_comment(actor=request.actor, plan=plan, number=number)
        return Response(RowSerializer(table.rows_of([comment])[0]).data, status=201)


class AnswerView(APIView):
    """Answers the published disposition named for the token's jurisdiction."""

    @extend_schema(request=GiveAnswerSerializer, responses={201: RowSerializer})
    def post(self, request: Request, key: str, number: int) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        comment = table.get_comment(actor=request.actor, plan=plan, number=number)
        data = values_of(GiveAnswerSerializer, request)
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
        return Response(RowSerializer(table.rows_of([comment])[0]).data, status=201)


class PublishView(APIView):
    @extend_schema(request=PublishSerializer, responses=PublishedSerializer)
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        rules.require("disposition.publish", actor=request.actor, plan=plan)
        data = values_of(PublishSerializer, request)
        data["file"] = file_given(request, plan, data["file"])
        rows = actions.publish_dispositions(actor=request.actor, plan=plan, **data)
        return Response({"published": [row.comment.number for row in rows]})


class ChangesView(generics.ListAPIView[ChangeReason]):
    """The reasons of changes; POST gives one."""

    serializer_class = ChangeReasonSerializer
    queryset = ChangeReason.objects.none()

    def get_queryset(self) -> Any:
        plan = get_plan(actor=self.request.actor, key=self.kwargs["key"])
        return audit.reasons_of(actor=self.request.actor, plan=plan)

    @extend_schema(request=ExplainSerializer, responses={201: ChangeReasonSerializer})
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        data = values_of(ExplainSerializer, request)
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
        return Response(ChangeReasonSerializer(row).data, status=201)


PLAN = "plans/<slug:key>/"
COMMENT = PLAN + "comments/<int:number>/"
urlpatterns = [
    path(PLAN + "comments/", CommentsView.as_view(), name="comments"),
    path(COMMENT + "disposition/", DecideView.as_view(), name="comment-disposition"),
    path(COMMENT + "answer/", AnswerView.as_view(), name="comment-answer"),
    path(PLAN + "dispositions/publish/", PublishView.as_view(), name="dispositions-publish"),
    path(PLAN + "changes/", ChangesView.as_view(), name="changes"),
]
