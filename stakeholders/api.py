"""The API of the slices."""

from rest_framework.routers import SimpleRouter

from stakeholders.jobs.api import routes as jobs
from stakeholders.jurisdictions.api import routes as jurisdictions
from stakeholders.notices.api import routes as notices
from stakeholders.people.api import routes as people

router = SimpleRouter()
for prefix, viewset in (*jobs, *jurisdictions, *notices, *people):
    router.register(prefix, viewset)

urlpatterns = router.urls
