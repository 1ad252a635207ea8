"""The API of the slices."""

from django.urls import URLPattern, URLResolver, path

from consult.phase3_identification import api as identification

urlpatterns: list[URLPattern | URLResolver] = [
    path("consensus/evaluate", identification.EvaluateView.as_view(), name="evaluate"),
    path("plans/<slug:key>/sign-off/", identification.SignOffView.as_view(), name="sign_off"),
    path("plans/<slug:key>/sign-off/close/", identification.CloseView.as_view(), name="close"),
    path("plans/<slug:key>/sign-off/end/", identification.EndView.as_view(), name="end"),
    path("plans/<slug:key>/matrix/", identification.MatrixView.as_view(), name="matrix"),
]
