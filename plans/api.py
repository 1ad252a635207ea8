"""The API of the slices."""

from plans.indicators import api as indicators
from plans.projects import api as projects
from plans.register import api as register
from plans.text import api as text

urlpatterns = [
    *register.urlpatterns,
    *text.urlpatterns,
    *indicators.urlpatterns,
    *projects.urlpatterns,
]
