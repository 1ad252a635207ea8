"""Advice, bulk dispositions, groups, text blocks and answers for programs."""

from typing import Any
from uuid import UUID

from django.urls import path
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from consult.matters.queries import get_matter
from consult.phase2_preparation import actions, rules
from consult.phase2_preparation.api.given import S
from consult.phase2_preparation.enums import DispositionOutcome
from consult.phase2_preparation.models import Advice, AdviceRequest, DispositionBatch, TextBlock
from consult.phase2_preparation.queries import advice, answering, batches, groups
from consult.phase2_preparation.queries import dispositions as table
from consult.phase2_preparation.queries.blocks import blocks_for, get_block
from consult.phase2_preparation.queries.replacing import replacing
from consult.phase2_preparation.steps.blocks import BlockText
from plans.register.api.given import InstantField, values_of
from plans.register.models import Plan
from plans.register.queries import get_plan
from stakeholders.files.actions import take_upload
from stakeholders.files.enums import LETTERS
from stakeholders.files.models import StoredFile
from stakeholders.terms import clock
from stakeholders.terms.errors import Invalid, NotVisible

MOST = 10_000


class AdviceSerializer(serializers.ModelSerializer[Advice]):
    class Meta:
        model = Advice
        fields = ["id", "outcome", "reason_zh", "reason_en", "wording_zh", "wording_en", "at"]


class AdviceRequestSerializer(serializers.ModelSerializer[AdviceRequest]):
    """Who was asked: a mandate, a jurisdiction or an organization, by its id."""

    advices = AdviceSerializer(many=True, read_only=True)

    class Meta:
        model = AdviceRequest
        fields = [
            "id",
            "person",
            "jurisdiction",
            "organization",
            "question",
            "until",
            "at",
            "advices",
        ]


class AskSerializer(S):
    whom = serializers.CharField(
        max_length=40, help_text="unit-310118, body-7 or person-12: as the list of advisers says."
    )
    question = serializers.CharField(default="", allow_blank=True, max_length=5_000)
    until = InstantField(default=None, allow_null=True)


class GiveAdviceSerializer(S):
    outcome = serializers.ChoiceField(choices=DispositionOutcome.choices)
    reason_zh = serializers.CharField(default="", allow_blank=True, max_length=20_000)
    reason_en = serializers.CharField(default="", allow_blank=True, max_length=20_000)
    wording_zh = serializers.CharField(default="", allow_blank=True, max_length=20_000)
    wording_en = serializers.CharField(default="", allow_blank=True, max_length=20_000)


class AdvicesView(APIView):
    """The requests for advice on a comment that the caller may see; POST asks somebody."""

    @extend_schema(responses=AdviceRequestSerializer(many=True))
    def get(self, request: Request, key: str, number: int) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        comment = table.get_comment(actor=request.actor, plan=plan, number=number)
        rows = advice.visible_requests(actor=request.actor, plan=plan).filter(comment=comment)
        return Response(AdviceRequestSerializer(rows, many=True).data)

    @extend_schema(request=AskSerializer, responses={201: AdviceRequestSerializer})
    def post(self, request: Request, key: str, number: int) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        comment = table.get_comment(actor=request.actor, plan=plan, number=number)
        rules.require("disposition.ask_advice", actor=request.actor, plan=plan)
        data = values_of(AskSerializer, request)
        known = advice.advisers_of(plan=plan, comment=comment, at=clock.now())
        whom = next((one for one in known if one.code == data["whom"]), advice.Adviser())
        row = actions.ask_advice(
            actor=request.actor,
            plan=plan,
            comment=comment,
            whom=whom,
            question=data["question"],
            until=data["until"],
        )
        return Response(AdviceRequestSerializer(row).data, status=201)


class GiveAdviceView(APIView):
    @extend_schema(
        operation_id="plans_comments_advice_give",
        request=GiveAdviceSerializer,
        responses={201: AdviceSerializer},
    )
    def post(self, request: Request, key: str, number: int, asked: int) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        rules.require("disposition.give_advice", actor=request.actor, plan=plan)
        found = advice.get_request(actor=request.actor, plan=plan, pk=asked)
        if found.comment.number != number:
            raise NotVisible
        data = values_of(GiveAdviceSerializer, request)
        row = actions.give_advice(actor=request.actor, plan=plan, request=found, **data)
        return Response(AdviceSerializer(row).data, status=201)


class ManySerializer(S):
    """One decision on many comments. `seen`: the newest disposition the caller has read."""

    numbers = serializers.ListField(child=serializers.IntegerField(min_value=1), max_length=MOST)
    outcome = serializers.ChoiceField(choices=DispositionOutcome.choices)
    reason_zh = serializers.CharField(default="", allow_blank=True, max_length=20_000)
    reason_en = serializers.CharField(default="", allow_blank=True, max_length=20_000)
    matter = serializers.CharField(default="", allow_blank=True)
    superseded = serializers.CharField(default="", allow_blank=True, max_length=60)
    again = serializers.BooleanField(default=False)
    seen = serializers.IntegerField(default=None, allow_null=True, min_value=0)


class BatchSerializer(serializers.ModelSerializer[DispositionBatch]):
    class Meta:
        model = DispositionBatch
        fields = ["id", "kind", "outcome", "size", "at"]


class BatchesView(APIView):
    """The bulk dispositions; POST decides on many comments at once."""

    @extend_schema(responses=BatchSerializer(many=True))
    def get(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        rules.require("disposition.undo", actor=request.actor, plan=plan)
        rows = [one.batch for one in batches.batches_of(plan=plan)]
        return Response(BatchSerializer(rows, many=True).data)

    @extend_schema(request=ManySerializer, responses={201: BatchSerializer})
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        rules.require("disposition.decide", actor=request.actor, plan=plan)
        data = values_of(ManySerializer, request)
        other, item = replacing(actor=request.actor, plan=plan, text=data["superseded"])
        matter = data["matter"]
        seen = batches.newest_seen(plan=plan) if data["seen"] is None else data["seen"]
        batch = actions.decide_many(
            actor=request.actor,
            plan=plan,
            numbers=data["numbers"],
            decision=actions.Decision(
                outcome=data["outcome"],
                reason_zh=data["reason_zh"],
                reason_en=data["reason_en"],
                matter=get_matter(actor=request.actor, plan=plan, key=matter) if matter else None,
                superseded_by=other,
                superseded_item=item,
            ),
            seen=seen,
            again=data["again"],
        )
        return Response(BatchSerializer(batch).data, status=201)


class UndoneSerializer(S):
    undone = serializers.IntegerField()


class UndoView(APIView):
    @extend_schema(request=None, responses=UndoneSerializer)
    def post(self, request: Request, key: str, batch: int) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        rules.require("disposition.undo", actor=request.actor, plan=plan)
        found = batches.get_batch(plan=plan, pk=batch)
        undone = actions.undo_batch(actor=request.actor, plan=plan, batch=found)
        return Response({"undone": undone})


class GroupSerializer(S):
    id = serializers.IntegerField(source="group.pk", read_only=True)
    numbers = serializers.ListField(child=serializers.IntegerField(min_value=1), max_length=1_000)


class GroupsView(APIView):
    """Comments that say the same; POST groups some, so that they are decided as one."""

    @extend_schema(responses=GroupSerializer(many=True))
    def get(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        rules.require("comment.group", actor=request.actor, plan=plan)
        rows = groups.groups_of(actor=request.actor, plan=plan)
        return Response(GroupSerializer(rows, many=True).data)

    @extend_schema(request=GroupSerializer, responses={201: GroupSerializer})
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        data = values_of(GroupSerializer, request)
        made = actions.group_comments(actor=request.actor, plan=plan, numbers=data["numbers"])
        found = groups.get_group(actor=request.actor, plan=plan, pk=made.pk)
        return Response(GroupSerializer(found).data, status=201)


class EndGroupView(APIView):
    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request, key: str, group: int) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        rules.require("comment.ungroup", actor=request.actor, plan=plan)
        found = groups.get_group(actor=request.actor, plan=plan, pk=group)
        actions.end_group(actor=request.actor, plan=plan, group=found)
        return Response(status=204)


class BlockSerializer(serializers.ModelSerializer[TextBlock]):
    """A text block; without a plan it is kept by the administrators of the site."""

    class Meta:
        model = TextBlock
        fields = ["id", "plan", "title", "outcome", "text_zh", "text_en"]
        read_only_fields = ["id", "plan"]


class BlockFields(S):
    title = serializers.CharField(max_length=80)
    outcome = serializers.ChoiceField(
        choices=DispositionOutcome.choices, default="", allow_blank=True
    )
    text_zh = serializers.CharField(default="", allow_blank=True, max_length=5_000)
    text_en = serializers.CharField(default="", allow_blank=True, max_length=5_000)


class BlocksView(generics.GenericAPIView[TextBlock]):
    """The text blocks of the plan and of the site; POST keeps one for the plan."""

    serializer_class = BlockSerializer
    queryset = TextBlock.objects.none()
    pagination_class = None

    @extend_schema(responses=BlockSerializer(many=True))
    def get(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        rules.require("text_block.add", actor=request.actor, plan=plan)
        return Response(BlockSerializer(blocks_for(plan=plan), many=True).data)

    @extend_schema(request=BlockFields, responses={201: BlockSerializer})
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        text = BlockText(**values_of(BlockFields, request))
        block = actions.add_block(actor=request.actor, plan=plan, text=text)
        return Response(BlockSerializer(block).data, status=201)


class BlockView(APIView):
    @extend_schema(request=BlockFields, responses=BlockSerializer)
    def put(self, request: Request, key: str, block: int) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        rules.require("text_block.edit", actor=request.actor, plan=plan)
        text = BlockText(**values_of(BlockFields, request))
        found = get_block(plan=plan, pk=block)
        found = actions.edit_block(actor=request.actor, plan=plan, block=found, text=text)
        return Response(BlockSerializer(found).data)


class RemoveBlockView(APIView):
    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request, key: str, block: int) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        rules.require("text_block.remove", actor=request.actor, plan=plan)
        found = get_block(plan=plan, pk=block)
        actions.remove_block(actor=request.actor, plan=plan, block=found)
        return Response(status=204)


class AnswersSerializer(S):
    dispositions = serializers.ListField(child=serializers.IntegerField(), max_length=1_000)
    accepts = serializers.BooleanField()
    text = serializers.CharField(default="", allow_blank=True, max_length=5_000)


class AnsweredSerializer(S):
    answered = serializers.ListField(child=serializers.IntegerField())


class AnswersView(APIView):
    """Answers several dispositions of the token's own jurisdiction alike."""

    @extend_schema(request=AnswersSerializer, responses={201: AnsweredSerializer})
    def post(self, request: Request, key: str) -> Response:
        plan = get_plan(actor=request.actor, key=key)
        data = values_of(AnswersSerializer, request)
        ids = data.pop("dispositions")
        rows = answering.own_dispositions(actor=request.actor, plan=plan, ids=ids)
        if len(rows) != len(set(ids)):
            raise NotVisible
        given = actions.answer_dispositions(
            actor=request.actor, plan=plan, dispositions=rows, **data
        )
        return Response({"answered": [row.disposition_id for row in given]}, status=201)


def advice_given(request: Request, plan: Plan, comment: Any, pk: int | None) -> Advice | None:
    """The advice on a comment that a decision says it follows. Invalid for another's."""
    if pk is None:
        return None
    asked = advice.visible_requests(actor=request.actor, plan=plan).filter(comment=comment)
    found = {one.pk: one for row in asked for one in row.advices.all()}
    if pk not in found:
        raise Invalid({"follows": _("This advice was given on another comment.")})
    return found[pk]


def file_given(request: Request, plan: Plan, pk: UUID | None) -> StoredFile | None:
    """The explanatory letter that goes with a publication."""
    if pk is None:
        return None
    return take_upload(actor=request.actor, pk=pk, kinds=LETTERS, plan_key=plan.key, field="file")


PLAN = "plans/<slug:key>/"
HANDLING = PLAN + "dispositions/"
ADVICE = PLAN + "comments/<int:number>/advice/"
urlpatterns = [
    path(ADVICE, AdvicesView.as_view(), name="comment-advice"),
    path(ADVICE + "<int:asked>/", GiveAdviceView.as_view(), name="advice-given"),
    path(HANDLING + "batches/", BatchesView.as_view(), name="disposition-batches"),
    path(HANDLING + "batches/<int:batch>/undo/", UndoView.as_view(), name="batch-undo"),
    path(HANDLING + "groups/", GroupsView.as_view(), name="comment-groups"),
    path(HANDLING + "groups/<int:group>/end/", EndGroupView.as_view(), name="group-end"),
    path(HANDLING + "blocks/", BlocksView.as_view(), name="text-blocks"),
    path(HANDLING + "blocks/<int:block>/", BlockView.as_view(), name="text-block"),
    path(
        HANDLING + "blocks/<int:block>/remove/", RemoveBlockView.as_view(), name="text-block-remove"
    ),
    path(PLAN + "answers/", AnswersView.as_view(), name="disposition-answers"),
]
