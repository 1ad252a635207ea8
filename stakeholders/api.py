"""The API of the slices."""

from rest_framework.routers import SimpleRouter

from stakeholders.files.api import urlpatterns as files
from stakeholders.jurisdictions.api import routes as jurisdictions
from stakeholders.notices.api import routes as notices
from stakeholders.people.api import routes as people

router = SimpleRouter()
for prefix, viewset in (*jurisdictions, *notices, *people):
    router.register(prefix, viewset)

urlpatterns = [*router.urls, *files]
