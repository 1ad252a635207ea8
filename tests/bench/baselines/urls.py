"""The addresses of the plain project."""

from django.urls import include, path

from tests.bench.baselines import api, floor, pages

plain = [
    path("plans/<slug:key>/comments/", pages.comment_list, name="comments"),
    path("plans/<slug:key>/comments/<int:number>/", pages.comment_list, name="comment"),
    path("plans/<slug:key>/rounds/<int:number>/", pages.discussion, name="round"),
    path("api/plans/<slug:key>/comments/", api.CommentsView.as_view(), name="api-comments"),
    path("sql/<str:name>/", floor.bare, name="floor"),
    path("constant/", floor.constant, name="constant"),
]
urlpatterns = [path("", include((plain, "plain")))]
