from django.urls import path

from plans.register import views

app_name = "register"
urlpatterns = [
    path("", views.plan_list, name="list"),
    path("<slug:key>/", views.plan_detail, name="detail"),
]
