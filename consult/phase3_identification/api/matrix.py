"""The consent matrix for programs: what the page shows, under the same filter, whole."""

from django.urls import path
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from consult.phase3_identification.api.sign_offs import find_sign_off
from consult.phase3_identification.board import BoardCell, BoardRow, board
from consult.phase3_identification.consent_matrix.cells import sums
from consult.phase3_identification.consent_matrix.looks import LOOKS
from consult.phase3_identification.consent_matrix.wanted import (
    Wanted,
    chosen_cells,
    chosen_parties,
    chosen_rows,
    counts_of,
    wanted_in,
)
from consult.phase3_identification.queries import (
    revision_at,
    sees,
)
from stakeholders.terms import clock


class TextSerializer(serializers.Serializer):
    zh = serializers.CharField()
    en = serializers.CharField()


class StandingSerializer(serializers.Serializer):
    kind = serializers.CharField()
    state = serializers.ChoiceField(choices=["met", "unmet", "reachable", "unreachable"])
    have = serializers.CharField()
    need = serializers.CharField()
    explain = TextSerializer()


class CellSerializer(serializers.Serializer):
    """`value` is null for what is silent, sealed or not concerned."""

    state = serializers.CharField()
    value = serializers.CharField(allow_null=True)
    counts = serializers.BooleanField()
    counting = serializers.CharField()
    supporting = serializers.BooleanField()
    why = TextSerializer(allow_null=True)


class MatrixRowSerializer(serializers.Serializer):
    """`passes` and what follows from it are null while the sign-off is sealed, and where the item is
    not decided here: no signing party is competent for it."""

    item = serializers.CharField()
    number = serializers.CharField()
    title = serializers.CharField()
    chapter = serializers.CharField()
    strength = serializers.CharField()
    given = serializers.BooleanField()
    passes = serializers.BooleanField(allow_null=True)
    decided_here = serializers.BooleanField()
    overridden = serializers.BooleanField()
    adopted = serializers.IntegerField(
        allow_null=True, help_text="Number of the revision in which it was adopted first."
    )
    adopted_before = serializers.IntegerField(
        allow_null=True, help_text="The same of an earlier wording: this one is asked anew."
    )
    agreed = serializers.IntegerField(allow_null=True)
    asked = serializers.IntegerField()
    still_needed = TextSerializer(allow_null=True)
    requirements = StandingSerializer(many=True)
    cells = serializers.DictField(child=CellSerializer())


class MatrixSerializer(serializers.Serializer):
    """`totals` and `stale` are of the whole matrix, whatever the filter."""

    revision = serializers.CharField()
    sealed = serializers.BooleanField()
    parties = serializers.ListField(child=serializers.CharField())
    totals = serializers.DictField(child=serializers.IntegerField())
    stale = serializers.IntegerField()
    passing = serializers.IntegerField(allow_null=True)
    items = serializers.IntegerField()
    decided = serializers.IntegerField()
    rows = MatrixRowSerializer(many=True)


FILTER = [
    OpenApiParameter("jurisdiction", str),
    OpenApiParameter("chapter", str),
    OpenApiParameter("strength", str),
    OpenApiParameter("only", str, enum=["open", "differences"]),
    OpenApiParameter("state", str, many=True, enum=list(LOOKS)),
    OpenApiParameter("q", str),
]


class MatrixView(APIView):
    @extend_schema(parameters=FILTER, responses=MatrixSerializer)
    def get(self, request: Request, key: str) -> Response:
        plan, sign_off = find_sign_off(request, key)
        sight = sees(sign_off, actor=request.actor, at=clock.now())
        revision = revision_at(sign_off, plan=plan)
        state = board(sign_off=sign_off, revision=revision, sees=sight, with_positions=False)
        wanted = wanted_in(request.query_params)
        return Response(
            {
                "revision": revision.hash,
                "sealed": state.is_sealed,
                "parties": [party.code for party in chosen_parties(state, wanted)],
                "totals": state.totals,
                "stale": counts_of(state).stale,
                "passing": None if state.is_sealed else state.passing,
                "items": len(state.rows),
                "decided": state.decided,
                "rows": [_row(row, wanted) for row in chosen_rows(state, wanted)],
            }
        )


def _row(row: BoardRow, wanted: Wanted) -> dict[str, object]:
    agreed, asked = sums(row.cells)
    return {
        "item": row.key,
        "number": row.number,
        "title": row.title,
        "chapter": row.heading,
        "strength": row.ballot.version.strength,
        "given": row.ballot.version.is_given,
        "passes": row.passes,
        "decided_here": row.is_decided_here,
        "overridden": row.override is not None and not row.passes,
        "adopted": row.adopted,
        "adopted_before": row.adopted_before,
        "agreed": None if row.passes is None else agreed,
        "asked": asked,
        "still_needed": row.needed,
        "requirements": row.result.get("requirements", []),
        "cells": {cell.code: _cell(cell) for cell in chosen_cells(row, wanted)},
    }


def _cell(cell: BoardCell) -> dict[str, object]:
    return {
        "state": cell.state,
        "value": cell.value,
        "counts": cell.counts,
        "counting": cell.counting,
        "supporting": cell.is_supporting,
        "why": cell.why,
    }


urlpatterns = [
    path("plans/<slug:key>/matrix/", MatrixView.as_view()),
]
