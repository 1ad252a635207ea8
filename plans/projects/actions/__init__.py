"""The acts on the register of joint projects: each requires its right and puts itself on record."""

from plans.projects.actions.known import import_known_projects
from plans.projects.actions.milestones import (
    Words,
    add_milestone,
    edit_milestone,
    link_milestone,
    remove_milestone,
)
from plans.projects.actions.projects import add_project, edit_project

__all__ = [
    "Words",
    "add_milestone",
    "add_project",
    "edit_milestone",
    "edit_project",
    "import_known_projects",
    "link_milestone",
    "remove_milestone",
]
