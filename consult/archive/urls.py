from typing import Any

app_name = "archive"
PLAN = "plans/<slug:key>/archive/"
urlpatterns: list[Any] = []
