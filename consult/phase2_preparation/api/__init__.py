"""Joint preparation for programs: the same acts and the same sight as the pages."""

from consult.phase2_preparation.api import comments, dispositions, experts, replies, rounds

urlpatterns = [
    *rounds.urlpatterns,
    *comments.urlpatterns,
    *replies.urlpatterns,
    *dispositions.urlpatterns,
    *experts.urlpatterns,
]
