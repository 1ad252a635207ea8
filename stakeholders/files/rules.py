"""Who uploads, how much, and who is refused a file because of the virus check."""

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from stakeholders.files.enums import MOST_FILES, Scan
from stakeholders.files.inspecting import FIELD
from stakeholders.files.models import StoredFile
from stakeholders.terms.actor import Actor, ActorKind
from stakeholders.terms.errors import Conflict, Invalid, Refused
from stakeholders.terms.rights import Reason, Verdict


def require_person(*, actor: Actor, act: str) -> int:
    """The id of the person who uploads. Refused for who is none (the public, a link)."""
    if actor.user_id is None:
        raise Refused(Verdict(allowed=False, reason=Reason.NO_MANDATE, act=act))
    return actor.user_id


def require_system(*, actor: Actor, act: str) -> None:
    """Only the sweep tidies and checks files. Refused for everybody else."""
    if actor.kind is not ActorKind.SYSTEM:
        raise Refused(Verdict(allowed=False, reason=Reason.NO_MANDATE, act=act))


def require_room(*, size: int, used: int, number: int) -> None:
    """Refuse (Invalid) what does not fit into a person's share."""
    if number >= MOST_FILES:
        text = _("You keep {number} files here; more are not taken. Remove unused uploads first.")
        raise Invalid({FIELD: format_lazy(text, number=number)})
    if used + size > settings.FILE_QUOTA_PERSON:
        text = _("Your uploads would exceed your share: {used} of {allowed} are used.")
        raise Invalid({FIELD: _quota(text, used=used, allowed=settings.FILE_QUOTA_PERSON)})


def require_room_in_plan(*, size: int, used: int) -> None:
    """Refuse (Invalid) what does not fit into a plan's share."""
    if used + size > settings.FILE_QUOTA_PLAN:
        text = _("The files of this plan would exceed its share: {used} of {allowed} are used.")
        raise Invalid({FIELD: _quota(text, used=used, allowed=settings.FILE_QUOTA_PLAN)})


def _quota(text: object, *, used: int, allowed: int) -> object:
    return format_lazy(text, used=filesizeformat(used), allowed=filesizeformat(allowed))


def require_served(*, stored: StoredFile, is_own: bool) -> None:
    """Refuse (Conflict) an infected file, and to others one the virus check has not seen yet."""
    if stored.scan == Scan.INFECTED:
        raise Conflict(_("A virus was found in this file: it is not given out."))
    if stored.scan == Scan.UNSCANNED and settings.FILE_SCAN_COMMAND and not is_own:
        raise Conflict(_("This file is being checked for viruses. Try again in a few minutes."))
