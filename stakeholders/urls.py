from django.urls import include, path

urlpatterns = [
    path("people/", include("stakeholders.people.urls")),
]
