"""Who was told of what, and when: notices by their keys. Unscoped, for sweeps."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.db import connection
from django.db.models import Max
from django.utils.module_loading import import_string

from stakeholders.notices.models import Notice
from stakeholders.terms.batches import batched

TOLD_BATCH = 5_000
# Pair by pair through the unique index: neither all of a key nor all of a person is read.
TOLD = """
    SELECT notice.user_id, notice.key
    FROM unnest(%s::bigint[], %s::varchar[]) AS pair (person, key)
    JOIN stakeholders_notice AS notice
        ON notice.user_id = pair.person AND notice.key = pair.key
"""


def plan_titles(keys: Collection[str]) -> Mapping[str, tuple[str, str]]:
    """Key -> (Chinese, English) title of plans. One query; none for no key."""
    titles: Callable[[Collection[str]], Mapping[str, tuple[str, str]]]
    titles = import_string(settings.PLAN_TITLES)
    return titles(keys) if keys else {}


def told_pairs(pairs: Sequence[tuple[int, str]]) -> set[tuple[int, str]]:
    """Which of the (person, key) pairs have a notice already, in batches; unscoped, for sweeps."""
    told: set[tuple[int, str]] = set()
    with connection.cursor() as cursor:
        for some in batched(pairs, TOLD_BATCH):
            cursor.execute(TOLD, [[one for one, _key in some], [key for _one, key in some]])
            told.update(cursor.fetchall())
    return told


def told_keys(*, keys: Iterable[str]) -> set[tuple[int, str]]:
    """Which (person, key) pairs have a notice already. One query; unscoped, for sweeps."""
    rows = Notice.objects.filter(key__in=list(keys)).values_list("user_id", "key")
    return set(rows)


def told_at(*, plan_key: str, kinds: Iterable[str]) -> list[tuple[str, datetime]]:
    """(key, when it last reached somebody) of the notices of a plan. One query; unscoped."""
    rows = Notice.objects.filter(plan_key=plan_key, kind__in=list(kinds)).order_by()
    return list(rows.values("key").annotate(at=Max("created_at")).values_list("key", "at"))


def reached_at(*, keys: Iterable[str]) -> dict[str, datetime]:
    """Key -> when its notice last reached somebody, of those that did. One query; unscoped."""
    rows = Notice.objects.filter(key__in=list(keys)).order_by()
    return dict(rows.values("key").annotate(at=Max("created_at")).values_list("key", "at"))
