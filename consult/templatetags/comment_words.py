"""What templates need to show a comment beside its wording."""

from collections.abc import Sequence

from django import template

from consult.phase2_preparation.models import Comment, CommentDraft, CommentSupport
from consult.phase2_preparation.proposals import Proposed, Worded, proposals_of

register = template.Library()


@register.simple_tag
def proposals(one: Comment | CommentDraft, wording: Worded | None) -> Sequence[Proposed]:
    """`{% proposals comment wording as rows %}`: what it proposes, language by language."""
    return proposals_of(one, wording=wording)


@register.filter
def of_key(mapping: dict[object, object], key: object) -> object:
    """`{{ passes|of_key:step.pk }}`: the value of a key that is no word, or None."""
    return mapping.get(key)


@register.filter
def codes_of(supports: Sequence[CommentSupport] | None) -> set[str]:
    """The codes of those who sign."""
    return {one.jurisdiction_id for one in supports or ()}
