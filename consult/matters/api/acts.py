"""One operation for each act on a matter; GET lists facts, options, commitments and drafts."""

from collections.abc import Callable
from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from consult.matters import actions, queries
from consult.matters.api.matters import MatterSerializer, load
from consult.matters.api.said import (
    AgreementSerializer,
    AnswerAgreementSerializer,
    AnswerOptionSerializer,
    CloseMatterSerializer,
    CommitmentSerializer,
    FactSerializer,
    GiveSerializer,
    JoinSerializer,
    LinkSerializer,
    MatterReasonSerializer,
    OptionSerializer,
    ProposeAgreementSerializer,
    ProposeCommitmentSerializer,
    ProposeOptionSerializer,
    RaiseSerializer,
    RescheduleSerializer,
    StateFactSerializer,
    agreements_out,
    commitments_out,
    facts_out,
    options_out,
)
from consult.matters.models import Matter
from consult.matters.steps import Wording
from plans.register.api.given import values_of
from plans.register.models import Plan
from stakeholders.files.actions import take_upload
from stakeholders.files.enums import Kind
from stakeholders.terms import clock

Names = dict[str, Any]
Shape = type[serializers.Serializer[Any]]


def act_view(
    name: str,
    shape: Shape,
    run: Callable[..., object],
    *,
    target: Callable[[Matter, Names], Names] = lambda _matter, _names: {},
    values: Callable[[Request, Plan, Matter, Names], Names] = lambda _r, _p, _m, data: data,
    listing: tuple[Shape, Callable[[Matter], Any]] | None = None,
) -> type[APIView]:
    """The view of one act: POST does it and answers with the matter as it stands then."""

    class View(APIView):
        @extend_schema(request=shape, responses=MatterSerializer)
        def post(self, request: Request, key: str, matter: str, **names: Any) -> Response:
            plan, found = load(request, key, matter)
            aim = target(found, names)
            data = values(request, plan, found, values_of(shape, request))
            run(actor=request.actor, plan=plan, matter=found, **aim, **data)
            _plan, found = load(request, key, matter)
            return Response(MatterSerializer(found).data)

    View.__name__ = View.__qualname__ = name
    View.__doc__ = (run.__doc__ or "").partition("\n\n")[0]
    if listing is None:
        return View
    row, rows = listing

    class Listing(View):
        @extend_schema(responses=row(many=True))
        def get(self, request: Request, key: str, matter: str) -> Response:
            _plan, found = load(request, key, matter)
            return Response(row(rows(found), many=True).data)

    Listing.__name__ = Listing.__qualname__ = name
    Listing.__doc__ = View.__doc__
    return Listing


def _option(matter: Matter, names: Names) -> Names:
    return {"option": queries.get_option(matter, label=names["option"])}


def _commitment(matter: Matter, names: Names) -> Names:
    return {"commitment": queries.get_commitment(matter, number=names["commitment"])}


def _agreement(matter: Matter, names: Names) -> Names:
    return {"agreement": queries.get_agreement(matter, number=names["agreement"])}


def _texts(_request: Request, _plan: Plan, _matter: Matter, data: Names) -> Names:
    """The two languages as one text."""
    rest = {name: value for name, value in data.items() if name not in ("text_zh", "text_en")}
    return {**rest, "text": Wording(zh=data["text_zh"], en=data["text_en"])}


def _raised(_request: Request, _plan: Plan, _matter: Matter, data: Names) -> Names:
    proposal = Wording(zh=data["proposal_zh"], en=data["proposal_en"])
    return {"note": data["note"], "proposal": proposal}


def _stated(request: Request, plan: Plan, matter: Matter, data: Names) -> Names:
    number, pk = data["corrects"], data["file"]
    data["corrects"] = queries.get_fact(matter, number=number) if number else None
    if pk:
        data["file"] = take_upload(
            actor=request.actor, pk=pk, kinds=frozenset(Kind), plan_key=plan.key, field="file"
        )
    return _texts(request, plan, matter, data)


def _optioned(request: Request, plan: Plan, matter: Matter, data: Names) -> Names:
    data["effects"] = {
        one["jurisdiction"]: Wording(zh=one["text_zh"], en=one["text_en"])
        for one in data["effects"]
    }
    return _texts(request, plan, matter, data)


def _agreed(request: Request, plan: Plan, matter: Matter, data: Names) -> Names:
    label = data["option"]
    data["option"] = queries.get_option(matter, label=label) if label else None
    return _texts(request, plan, matter, data)


def _commitments(matter: Matter) -> list[Names]:
    return commitments_out(queries.commitments_of(matter, at=clock.now()))


ONE = "plans/<slug:key>/matters/<slug:matter>/"
OPTION = ONE + "options/<slug:option>/"
COMMITMENT = ONE + "commitments/<int:commitment>/"
a = actions
urlpatterns = [
    path(
        ONE + "raise/",
        act_view("RaiseView", RaiseSerializer, a.raise_matter, values=_raised).as_view(),
        name="matter-raise",
    ),
    path(
        ONE + "ask-raise/",
        act_view("AskRaiseView", MatterReasonSerializer, a.ask_raise).as_view(),
        name="matter-ask-raise",
    ),
    path(
        ONE + "due/",
        act_view("RescheduleView", RescheduleSerializer, a.reschedule).as_view(),
        name="matter-due",
    ),
    path(
        ONE + "close/",
        act_view("CloseView", CloseMatterSerializer, a.close_matter).as_view(),
        name="matter-close",
    ),
    path(
        ONE + "reopen/",
        act_view("ReopenView", MatterReasonSerializer, a.reopen_matter).as_view(),
        name="matter-reopen",
    ),
    path(
        ONE + "withdraw/",
        act_view("WithdrawView", MatterReasonSerializer, a.withdraw_matter).as_view(),
        name="matter-withdraw",
    ),
    path(
        ONE + "object/",
        act_view("ObjectView", MatterReasonSerializer, a.object_to_withdrawal).as_view(),
        name="matter-object",
    ),
    path(
        ONE + "join/",
        act_view("JoinView", JoinSerializer, a.join_matter).as_view(),
        name="matter-join",
    ),
    path(
        ONE + "leave/",
        act_view("LeaveView", MatterReasonSerializer, a.leave_matter).as_view(),
        name="matter-leave",
    ),
    path(
        ONE + "provisions/",
        act_view("LinkView", LinkSerializer, a.link_items).as_view(),
        name="matter-provisions",
    ),
    path(
        ONE + "facts/",
        act_view(
            "FactsView",
            StateFactSerializer,
            a.state_fact,
            values=_stated,
            listing=(FactSerializer, facts_out),
        ).as_view(),
        name="matter-facts",
    ),
    path(
        ONE + "options/",
        act_view(
            "OptionsView",
            ProposeOptionSerializer,
            a.propose_option,
            values=_optioned,
            listing=(OptionSerializer, options_out),
        ).as_view(),
        name="matter-options",
    ),
    path(
        OPTION + "edit/",
        act_view(
            "OptionView",
            ProposeOptionSerializer,
            a.revise_option,
            target=_option,
            values=_optioned,
        ).as_view(),
        name="matter-option",
    ),
    path(
        OPTION + "answer/",
        act_view(
            "AnswerOptionView",
            AnswerOptionSerializer,
            a.answer_option,
            target=_option,
            values=_texts,
        ).as_view(),
        name="matter-option-answer",
    ),
    path(
        OPTION + "withdraw/",
        act_view(
            "WithdrawOptionView",
            MatterReasonSerializer,
            a.withdraw_option,
            target=_option,
            values=lambda _r, _p, _m, data: {"reason": data["note"]},
        ).as_view(),
        name="matter-option-withdraw",
    ),
    path(
        ONE + "commitments/",
        act_view(
            "CommitmentsView",
            ProposeCommitmentSerializer,
            a.propose_commitment,
            values=_texts,
            listing=(CommitmentSerializer, _commitments),
        ).as_view(),
        name="matter-commitments",
    ),
    *[
        path(
            COMMITMENT + name.replace("_", "-") + "/",
            act_view(f"{view}View", shape, run, target=_commitment).as_view(),
            name=f"matter-commitment-{name.replace('_', '-')}",
        )
        for name, view, shape, run in (
            ("give", "GiveCommitment", GiveSerializer, a.give_commitment),
            ("take_back", "TakeBackCommitment", MatterReasonSerializer, a.take_back_commitment),
            ("report", "ReportCommitment", MatterReasonSerializer, a.report_commitment),
            ("confirm", "ConfirmCommitment", GiveSerializer, a.confirm_commitment),
        )
    ],
    path(
        ONE + "agreements/",
        act_view(
            "AgreementsView",
            ProposeAgreementSerializer,
            a.propose_agreement,
            values=_agreed,
            listing=(AgreementSerializer, agreements_out),
        ).as_view(),
        name="matter-agreements",
    ),
    path(
        ONE + "agreements/<int:agreement>/answer/",
        act_view(
            "AnswerAgreementView",
            AnswerAgreementSerializer,
            a.answer_agreement,
            target=_agreement,
        ).as_view(),
        name="matter-agreement-answer",
    ),
]
