"""The plan text as a file: at once where it is small, by a job where it is large."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpResponse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from plans.register.models import Plan, Revision
from plans.text import queries
from plans.text.documents.edition import Edition
from plans.text.documents.files import KINDS, write
from plans.text.documents.shape import PlanDocument
from plans.text.forms.export import ChoiceForm
from stakeholders.files.serving import answer_made
from stakeholders.jobs.actions import start_job
from stakeholders.jobs.models import Job
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Invalid, NotVisible

JOB = "text.file"
QUICK = frozenset({"md"})  # kinds that thousands of provisions are written as in a moment


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A file somebody asks for: `said` is the choice as it was named."""

    plan: Plan
    revision: Revision | None
    kind: str
    said: Mapping[str, str]
    document: PlanDocument
    edition: Edition

    @property
    def size(self) -> int:
        """How many provisions it holds."""
        return sum(len(chapter.provisions) for chapter in self.document.chapters)

    @property
    def is_large(self) -> bool:
        return self.kind not in QUICK and self.size > settings.EXPORT_DIRECT

    @property
    def name(self) -> str:
        state = f"R{self.revision.number}" if self.revision else "draft"
        return f"{self.plan.key}-{state}.{self.kind}"

    def content(self) -> bytes:
        return write(self.document, self.edition, kind=self.kind)


def asked(plan: Plan, *, revision: Revision | None, kind: str, said: Mapping[str, str]) -> Asked:
    """What is asked for. Whether the actor may have it, the caller has asked.

    NotVisible for an unknown kind; Invalid for an unknown choice.
    """
    if kind not in KINDS:
        raise NotVisible
    form = ChoiceForm(
        said, chapters=queries.chapter_names(plan, revision=revision), units=queries.units(plan)
    )
    if not form.is_valid():
        raise Invalid({name: str(texts[0]) for name, texts in form.errors.items()})
    document, edition = queries.exported(plan, revision=revision, choice=form.choice())
    return Asked(
        plan=plan,
        revision=revision,
        kind=kind,
        said={name: said[name] for name in form.fields if said.get(name)},
        document=document,
        edition=edition,
    )


def answer(wanted: Asked) -> HttpResponse:
    """The file as a download."""
    return answer_made(wanted.content(), name=wanted.name, media_type=KINDS[wanted.kind])


def start_file(*, actor: Actor, wanted: Asked) -> Job:
    """Have a job make the file; only `actor` gets it, as long as it may see that text. Refused."""
    return start_job(
        actor=actor,
        kind=JOB,
        arguments={
            "plan": wanted.plan.key,
            "revision": str(wanted.revision.number) if wanted.revision else "",
            "kind": wanted.kind,
            "said": dict(wanted.said),
        },
        title=format_lazy(_("Text as a file: {name}"), name=wanted.name),
    )
