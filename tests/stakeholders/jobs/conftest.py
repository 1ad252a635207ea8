from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import override_settings

from tests.stakeholders.jobs.counting import KINDS


@pytest.fixture(autouse=True)
def _counting() -> Iterator[None]:
    jobs = {**settings.JOBS, "KINDS": {**settings.JOBS["KINDS"], **KINDS}}
    with override_settings(JOBS=jobs):
        yield
