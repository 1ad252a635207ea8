"""A form that was read as plain data and back, to be kept while people look at it."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from consult.phase2_preparation.comment_sheets.shape import (
    FormRow,
    ReadForm,
    ReadRow,
    reference_in,
)


def packed(form: ReadForm) -> dict[str, Any]:
    return {
        "language": form.language,
        "reference": str(form.reference) if form.reference else "",
        "columns": [str(column) for column in form.columns],
        "encoding": form.encoding,
        "rows": [
            {
                "number": row.number,
                "cells": {name: text for name, text in asdict(row.cells).items() if text},
                "places": dict(row.places),
                "flaws": {name: str(flaw) for name, flaw in row.flaws.items()},
            }
            for row in form.rows
        ],
    }


def unpacked(kept: Mapping[str, Any]) -> ReadForm:
    return ReadForm(
        language=kept["language"],
        reference=reference_in(kept["reference"]),
        columns=kept["columns"],
        encoding=kept["encoding"],
        rows=[
            ReadRow(
                number=row["number"],
                cells=FormRow(**row["cells"]),
                places=row["places"],
                flaws=row["flaws"],
            )
            for row in kept["rows"]
        ],
    )
