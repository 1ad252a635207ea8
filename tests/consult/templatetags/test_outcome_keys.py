"""The keys of a row name their own comment, whatever row was rendered before."""

import re

from django.template import Context, Template
from django.test import RequestFactory

from consult.phase2_preparation.enums import DispositionOutcome
from consult.phase2_preparation.models import Comment
from plans.register.models import Plan

KEYS = Template(
    "{% load outcome_keys %}{% for one in comments %}{% outcome_keys one %}\n{% endfor %}"
)


def keys_of(*comments: Comment) -> list[str]:
    context = {
        "request": RequestFactory().get("/"),
        "plan": Plan(key="QWJ"),
        "outcomes": list(enumerate(DispositionOutcome, start=1)),
        "quick": [DispositionOutcome.ADOPTED, DispositionOutcome.NOTED],
        "comments": comments,
    }
    return KEYS.render(Context(context)).splitlines()


def test_each_row_decides_on_its_own_comment() -> None:
    rows = keys_of(Comment(number=3), Comment(number=12))
    for number, row in zip((3, 12), rows, strict=True):
        assert set(re.findall(r"/comments/(\d+)/decide/", row)) == {str(number)}
        assert f"C{number:02d}" in row.partition(">")[0]
        assert row.count("data-key=") == len(DispositionOutcome)
        assert not set(row) & {"\0", "\1"}


def test_only_quick_ones_are_posted_at_once_and_every_link_works_without_script() -> None:
    (row,) = keys_of(Comment(number=1))
    assert re.findall(r'<button[^>]* value="(\w+)"', row) == ["adopted", "noted"]
    links = re.findall(r'href="([^"]+)" hx-get="([^"]+)"', row)
    assert len(links) == len(DispositionOutcome) - 2
    assert all(href == get for href, get in links)


def test_a_comment_of_a_group_has_no_quick_key() -> None:
    alone, member = Comment(number=1), Comment(number=2)
    member.membership = object()
    first, second, third = keys_of(alone, member, Comment(number=3))
    assert [row.count("<button") for row in (first, second, third)] == [2, 0, 2]
