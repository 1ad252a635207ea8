"""What programs may ask and do about people."""

from stakeholders.people.api.chains import ChainRunViewSet, ChainViewSet
from stakeholders.people.api.mandates import MandateViewSet
from stakeholders.people.api.organizations import OrganizationViewSet

routes = [
    ("mandates", MandateViewSet),
    ("organizations", OrganizationViewSet),
    ("chains", ChainViewSet),
    ("chain-runs", ChainRunViewSet),
]
