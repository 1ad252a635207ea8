from django.urls import include, path

from stakeholders.notices.unsubscribe_pages import unsubscribe

urlpatterns = [
    path("inbox/unsubscribe/<str:token>/", unsubscribe, name="unsubscribe"),
    path("files/", include("stakeholders.files.urls")),
    path("jobs/", include("stakeholders.jobs.urls")),
    path("jurisdictions/", include("stakeholders.jurisdictions.urls")),
    path("notices/", include("stakeholders.notices.urls")),
    path("people/", include("stakeholders.people.urls")),
]
