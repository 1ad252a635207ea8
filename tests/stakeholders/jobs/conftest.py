from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import override_settings

from tests.stakeholders.jobs.counting import KINDS


@pytest.fixture(autouse=True)
def _counting() -> Iterator[None]:
    with override_settings(JOB_KINDS={**settings.JOB_KINDS, **KINDS}):
        yield
