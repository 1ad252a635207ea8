"""The consensus rules over HTTP: open to all, bounded, and bad cases answered with the path."""

import json
from typing import Any

import pytest
from django.test import Client

from consult.consensus import evaluate
from consult.phase3_identification.api.cases import EXAMPLES, MOST_BYTES

URL = "/api/v1/consensus/evaluate"
CASE: dict[str, Any] = EXAMPLES[0].value


def post(raw: bytes | str, kind: str = "application/json") -> tuple[int, dict[str, Any]]:
    answer = Client().post(URL, raw, content_type=kind)
    return answer.status_code, answer.json()


@pytest.mark.django_db
def test_a_stranger_gets_the_answer_of_the_pure_function() -> None:
    assert post(json.dumps(CASE)) == (200, evaluate(CASE))


def test_the_examples_of_the_description_are_true() -> None:
    assert evaluate(CASE) == EXAMPLES[1].value


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("raw", "error", "at"),
    [
        (json.dumps(CASE | {"closed": "yes"}), "must be true or false", "closed"),
        (json.dumps(CASE | {"extra": 1}), "unknown key 'extra'", "extra"),
        ("", "missing key 'rule'", "rule"),
        ("[]", "must be an object", ""),
        ('{"closed": true, "closed": false}', "the key 'closed' stands twice in one object",
         "closed"),
        ('{"closed": NaN}', "NaN is no JSON number", ""),
        ('{"closed": "\\ud800"}', "a text holds half a character", ""),
        (b"\xff\xfe", "is not UTF-8", ""),
        ("[" * 100_000, None, ""),
        (b" " * (MOST_BYTES + 1), "is longer than 2000000 bytes", ""),
    ],
)  # fmt: skip
def test_a_bad_case_is_400_with_error_and_path(
    raw: str | bytes, error: str | None, at: str
) -> None:
    status, told = post(raw)
    assert (status, sorted(told), told["at"]) == (400, ["at", "error"], at)
    assert error is None or told["error"] == error


@pytest.mark.django_db
def test_what_is_no_json_at_all_is_415() -> None:
    assert post(b"a=1", "application/x-www-form-urlencoded")[0] == 415


@pytest.mark.django_db
def test_strangers_are_limited_in_number(settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "evaluate": "2/m/ip"}
    statuses = [post(json.dumps(CASE))[0] for _number in range(3)]
    assert statuses == [200, 200, 429]
