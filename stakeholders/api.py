"""The API of the slices."""

from rest_framework.routers import SimpleRouter
from rest_framework.viewsets import ViewSetMixin

from stakeholders.files.api import urlpatterns as files
from stakeholders.jobs.api import routes as jobs
from stakeholders.jurisdictions.api import routes as jurisdictions
from stakeholders.notices.api import routes as notices
from stakeholders.people.api import routes as people

router = SimpleRouter()
routes: list[tuple[str, type[ViewSetMixin]]] = [*jobs, *jurisdictions, *notices, *people]
for prefix, viewset in routes:
    router.register(prefix, viewset)

urlpatterns = [*router.urls, *files]
