"""An agreed standard goes the way of a sentence: published, changed, frozen, agreed, signed."""

from dataclasses import replace

import pytest
from django.test import Client

from consult.ballots.steps import Letter
from consult.phase1_organization.queries import rule_for
from consult.phase3_identification.actions import (
    close_sign_off,
    declare,
    open_sign_off,
    sign_statement,
)
from consult.phase3_identification.board import board
from consult.phase3_identification.papers import bundle_text, docx_bytes
from consult.phase3_identification.queries import current_sign_off
from consult.phase3_identification.steps import Stand
from consult.workflow.actions import publish
from consult.workflow.queries import pending
from plans.register.models import Plan
from plans.register.queries import entries_of, reading_of
from plans.register.steps import set_phase
from plans.text.actions import add_standard, edit_standard
from plans.text.comparing import compare
from stakeholders.terms.actor import Role
from tests.consult.phase1_organization.scene import adopted
from tests.plans.text.standards import DRAINS, HEIGHT, SETBACK
from tests.world import JIASHAN, QINGPU, WUJIANG, World
