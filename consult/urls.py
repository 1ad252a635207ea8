from django.urls import URLPattern, URLResolver, include, path

from consult.desk.views import home

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),  # the name every page of the house links to
    path("", include("consult.desk.urls")),
]
