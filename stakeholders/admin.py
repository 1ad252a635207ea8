"""The administrators' pages of the slices, for Django to find."""

import stakeholders.files.admin
import stakeholders.jurisdictions.admin
import stakeholders.notices.admin
import stakeholders.people.admin
import stakeholders.record.admin  # noqa: F401 - imported to register
