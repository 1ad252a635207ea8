"""The API of the slices."""

from rest_framework.routers import SimpleRouter

from stakeholders.jurisdictions.api import routes

router = SimpleRouter()
for prefix, viewset in routes:
    router.register(prefix, viewset)

urlpatterns = router.urls
