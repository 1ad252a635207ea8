"""What a program sends, read before an action sees it."""

import pytest
from rest_framework.exceptions import ValidationError

from plans.register.api.given import InstantField


@pytest.mark.parametrize(
    "text", ["0001-01-01", "0001-01-01T00:00", "9999-12-31T23:59:59-14:00", "2026-02-30"]
)
def test_an_instant_out_of_range_is_an_error_at_its_field(text: str) -> None:
    with pytest.raises(ValidationError):
        InstantField().run_validation(text)
