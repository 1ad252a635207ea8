"""The way of a plan through its phases, and the changes of its text in force."""

from consult.workflow.models.phases import PhaseStep
from consult.workflow.models.text_changes import TextChange, TextChangeStep

__all__ = ["PhaseStep", "TextChange", "TextChangeStep"]
