from django.urls import path

from consult.search import views

app_name = "search"
urlpatterns = [path("search/", views.home, name="home")]
