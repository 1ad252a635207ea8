"""The filters of the list of comments for programs: those of the page, by the same form."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request

from consult.matters.queries import party_units
from consult.phase2_preparation.api.given import S
from consult.phase2_preparation.enums import (
    Answered,
    CommentType,
    DispositionOutcome,
    QueueState,
    QueueTab,
    Source,
)
from consult.phase2_preparation.forms import FilterForm
from consult.phase2_preparation.queries.dispositions import UNDECIDED
from plans.register.models import Plan


class FilterSerializer(S):
    """What may stand in the address; a value that is none is refused, never passed over."""

    text = serializers.CharField(
        required=False, help_text="Held by the comment or its wording, or its sign: C12."
    )
    outcome = serializers.ChoiceField(
        required=False, choices=[UNDECIDED, *DispositionOutcome.values]
    )
    jurisdiction = serializers.CharField(required=False, help_text="Code of the commenter.")
    round = serializers.IntegerField(required=False)
    chapter = serializers.CharField(
        required=False, help_text="Key of a heading of the revision commented on."
    )
    article = serializers.CharField(
        required=False, help_text="Number of the item in the revision commented on."
    )
    source: Any = serializers.ChoiceField(required=False, choices=Source.values)
    type = serializers.ChoiceField(required=False, choices=CommentType.values)
    answered = serializers.ChoiceField(required=False, choices=Answered.values)
    open = serializers.BooleanField(
        required=False, help_text="Only those without a published disposition."
    )
    late = serializers.BooleanField(required=False)
    mine = serializers.BooleanField(
        required=False, help_text="Only those of the caller's own jurisdiction."
    )
    folded = serializers.BooleanField(
        required=False, help_text="Of a group of same comments the first one only."
    )
    item = serializers.CharField(required=False, help_text="Key of the item.")
    tab = serializers.ChoiceField(
        required=False, choices=QueueTab.values, help_text="A tab of the caller's role."
    )
    state = serializers.ChoiceField(
        required=False,
        choices=QueueState.values,
        help_text="Where a comment stands, as gate and duties count it; others' states are empty.",
    )
    sort = serializers.CharField(
        required=False,
        help_text="number, commenter, article or outcome; with - before it: falling.",
    )


def filters_given(request: Request, plan: Plan) -> dict[str, str]:
    """The filters of the address. Invalid where one is none that there is."""
    return FilterForm(request.query_params, units=party_units(plan=plan)).chosen()
