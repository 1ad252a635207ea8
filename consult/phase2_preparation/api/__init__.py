"""Joint preparation for programs: the same acts and the same sight as the pages."""

from consult.phase2_preparation.api import (
    answers,
    comments,
    dispositions,
    experts,
    handling,
    papers,
    replies,
    rounds,
    sheets,
    tables,
)

urlpatterns = [
    *rounds.urlpatterns,
    *comments.urlpatterns,
    *replies.urlpatterns,
    *answers.urlpatterns,
    *dispositions.urlpatterns,
    *tables.urlpatterns,
    *papers.urlpatterns,
    *sheets.urlpatterns,
    *handling.urlpatterns,
    *experts.urlpatterns,
]
