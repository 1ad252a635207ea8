from django.urls import path

from plans.indicators import views

app_name = "indicators"
urlpatterns = [
    path("", views.indicator_list, name="home"),
    path("new/", views.indicator_add, name="add"),
    path("<slug:item>/", views.indicator, name="indicator"),
    path("<slug:item>/remove/", views.indicator_remove, name="remove"),
]
