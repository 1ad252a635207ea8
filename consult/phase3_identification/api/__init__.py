"""The sign-off for programs: reading it, opening, closing and ending it.

A position and a signature bind a jurisdiction and ask for signing in again, so both are given by
form only.
"""

from consult.phase3_identification.api import (
    differences,
    evaluate,
    life,
    matrix,
    prepared,
    sign_offs,
    statements,
)

urlpatterns = [
    *evaluate.urlpatterns,
    *sign_offs.urlpatterns,
    *life.urlpatterns,
    *matrix.urlpatterns,
    *prepared.urlpatterns,
    *differences.urlpatterns,
    *statements.urlpatterns,
]
