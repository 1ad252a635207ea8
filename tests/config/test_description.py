"""The groups of the API's description."""

import pytest
from django.utils import translation
from drf_spectacular.generators import SchemaGenerator

MATTER = "/api/v1/plans/{key}/matters/{matter}/"


@pytest.mark.parametrize(
    ("language", "first", "of_matters"),
    [("en", "Plans", "Matters"), ("zh-hans", "规划", "协调事项")],
)
def test_every_operation_stands_in_the_group_of_its_slice(
    language: str, first: str, of_matters: str
) -> None:
    """In the order in which a plan meets them; no group is empty."""
    with translation.override(language):
        schema = SchemaGenerator().get_schema(public=True)
    groups = [one["name"] for one in schema["tags"]]
    used = [one["tags"] for found in schema["paths"].values() for one in found.values()]
    assert {len(tags) for tags in used} == {1}
    assert {tags[0] for tags in used} == set(groups)
    assert schema["paths"][MATTER]["get"]["tags"] == [of_matters]
    assert (groups[0], len(groups)) == (first, len(set(groups)))
