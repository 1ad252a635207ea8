"""The acts of a health check."""

from consult.health.actions.filling import fill_section, review_reservation
from consult.health.actions.findings import finding_to_matter, state_finding
from consult.health.actions.opening import add_border_item, open_check
from consult.health.actions.reports import (
    close_report_ballot,
    close_report_without_result,
    publish_check,
    put_forward,
    recall_report_ballot,
    take_report_position,
)
from consult.health.actions.stating import state_figure

__all__ = [
    "add_border_item",
    "close_report_ballot",
    "close_report_without_result",
    "fill_section",
    "finding_to_matter",
    "open_check",
    "publish_check",
    "put_forward",
    "recall_report_ballot",
    "review_reservation",
    "state_figure",
    "state_finding",
    "take_report_position",
]
