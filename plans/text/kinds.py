"""The job that makes a file of a large text."""

from collections.abc import Mapping
from typing import Any

from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _

from plans.register.models import Plan, Revision
from plans.register.queries import get_plan, get_revision
from plans.text.rules import require_draft_sight
from plans.text.serving import asked
from stakeholders.files.enums import Kind
from stakeholders.files.steps import keep
from stakeholders.jobs.kinds import Step
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import NotVisible


class TextFile:
    """Writes the file and keeps it for who asked."""

    def step(
        self, *, actor: Actor, arguments: Mapping[str, Any], cursor: Mapping[str, Any] | None
    ) -> Step:
        """First how much there is to do, then all of it: a file is made in one piece."""
        plan, revision = _seen(actor, arguments)
        wanted = asked(plan, revision=revision, kind=arguments["kind"], said=arguments["said"])
        if cursor is None:
            text = _("The file is being made")
            return Step(cursor={"at": 1}, done=0, total=wanted.size, text=text)
        if actor.user_id is None:
            raise NotVisible
        stored = keep(
            upload=ContentFile(wanted.content(), name=wanted.name),
            person_id=actor.user_id,
            kinds=frozenset({Kind.DOCX, Kind.PDF, Kind.MARKDOWN}),
            plan_key=plan.key,
        )
        text = _("The file is ready")
        return Step(cursor=None, done=wanted.size, total=wanted.size, text=text, file_id=stored.pk)

    def require_result(self, *, actor: Actor, arguments: Mapping[str, Any]) -> None:
        """Asked at each download: what was visible once need not be any more. NotVisible."""
        _seen(actor, arguments)


def _seen(actor: Actor, arguments: Mapping[str, Any]) -> tuple[Plan, Revision | None]:
    plan = get_plan(actor=actor, key=arguments["plan"])
    if not arguments["revision"]:
        require_draft_sight(actor=actor, plan=plan)
        return plan, None
    return plan, get_revision(plan, number=int(arguments["revision"]))
