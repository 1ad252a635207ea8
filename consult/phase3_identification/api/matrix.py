"""The consent matrix for programs."""

from django.urls import path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from consult.phase3_identification.api.sign_offs import find_sign_off
from consult.phase3_identification.board import board
from consult.phase3_identification.queries import (
    revision_at,
    sees,
)
from stakeholders.terms import clock


class MatrixView(APIView):
    @extend_schema(responses=OpenApiTypes.OBJECT)
    def get(self, request: Request, key: str) -> Response:
        plan, sign_off = find_sign_off(request, key)
        sight = sees(sign_off, actor=request.actor, at=clock.now())
        state = board(sign_off=sign_off, revision=revision_at(sign_off, plan=plan), sees=sight)
        rows = [
            {
                "item": row.key,
                "number": row.number,
                "strength": row.ballot.version.strength,
                "passes": row.passes,
                "overridden": row.override is not None and not row.passes,
                "still_needed": row.needed,
                "cells": {cell.code: cell.state for cell in row.cells},
            }
            for row in state.rows
        ]
        parties = [party.code for party in state.parties]
        return Response({"parties": parties, "totals": state.totals, "rows": rows})


urlpatterns = [
    path("plans/<slug:key>/matrix/", MatrixView.as_view()),
]
