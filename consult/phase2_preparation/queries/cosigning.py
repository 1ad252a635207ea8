"""Reading who signed a comment beside its commenter, and the files of comments."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from consult.phase2_preparation.models import Comment, CommentSupport
from consult.phase2_preparation.queries.comments import visible_comments
from plans.register.models import Plan
from stakeholders.files.models import StoredFile
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import NotVisible


@dataclass(frozen=True, kw_only=True)
class Signed:
    """A comment with those who sign it now."""

    comment: Comment
    supports: Sequence[CommentSupport]

    @property
    def codes(self) -> set[str]:
        return {one.jurisdiction_id for one in self.supports}


def supports_of(comments: Sequence[Comment]) -> dict[int, list[CommentSupport]]:
    """Comment id -> the signatures that stand, in the order of their units; of comments the caller
    has read by `visible_comments`. Two queries, however many."""
    newest = (
        CommentSupport.objects.filter(comment__in=[c.pk for c in comments])
        .order_by("comment_id", "jurisdiction_id", "-pk")
        .distinct("comment_id", "jurisdiction_id")
    )
    unit = Prefetch("jurisdiction", Jurisdiction.objects.defer("boundary"))
    found: dict[int, list[CommentSupport]] = {}
    for row in newest.prefetch_related(unit):
        if not row.is_withdrawn:
            found.setdefault(row.comment_id, []).append(row)
    return found


def signs_now(comment: Comment, *, code: str) -> bool:
    """Unscoped, for actions: whether the jurisdiction's signature stands under the comment."""
    rows = comment.supports.filter(jurisdiction=code).order_by("-pk")
    newest = rows.values_list("is_withdrawn", flat=True).first()
    return newest is False


def with_files(comments: QuerySet[Comment]) -> QuerySet[Comment]:
    """With their files, in two more queries."""
    return comments.prefetch_related("files__file")


def get_comment_file(*, actor: Actor, plan: Plan, pk: UUID) -> StoredFile:
    """A file of a comment the actor sees; sealed while the comment is. NotVisible else."""
    rows = visible_comments(actor=actor, plan=plan).filter(files__file=pk)
    found = StoredFile.objects.filter(pk=pk).first() if rows.exists() else None
    if found is None:
        raise NotVisible
    return found
