from django.urls import path

from plans.text import views

app_name = "text"
urlpatterns = [
    path("", views.draft, name="home"),
    path("chapters/new/", views.chapter_add, name="chapter_add"),
    path("chapters/<slug:chapter>/new/", views.provision_add, name="provision_add"),
    path("provisions/<slug:item>/", views.provision, name="provision"),
    path("provisions/<slug:item>/remove/", views.provision_remove, name="provision_remove"),
    path("provisions/<slug:item>/move/", views.provision_move, name="provision_move"),
    path("differences/<int:before>/<int:after>/", views.differences, name="differences"),
]
