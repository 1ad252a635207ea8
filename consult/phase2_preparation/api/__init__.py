"""Joint preparation for programs: the same acts and the same sight as the pages."""

from consult.phase2_preparation.api import answers, comments, dispositions, replies, rounds

urlpatterns = [
    *rounds.urlpatterns,
    *comments.urlpatterns,
    *replies.urlpatterns,
    *answers.urlpatterns,
    *dispositions.urlpatterns,
]
