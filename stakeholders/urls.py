from django.urls import include, path

urlpatterns = [
    path("files/", include("stakeholders.files.urls")),
    path("jurisdictions/", include("stakeholders.jurisdictions.urls")),
    path("notices/", include("stakeholders.notices.urls")),
    path("people/", include("stakeholders.people.urls")),
]
