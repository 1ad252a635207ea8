from django.urls import path

from stakeholders.files import views

app_name = "files"
urlpatterns = [
    path("", views.files, name="list"),
    path("<uuid:pk>/", views.one, name="one"),
    path("<uuid:pk>/remove/", views.remove, name="remove"),
]
