"""Joint organization for programs: the same acts as the pages. Positions are taken in the form only."""

from consult.phase1_organization.api import base_set, charters, invitations, membership, trials

urlpatterns = [
    *invitations.urlpatterns,
    *charters.urlpatterns,
    *trials.urlpatterns,
    *base_set.urlpatterns,
    *membership.urlpatterns,
]
