from typing import Any

app_name = "approval"
PLAN = "plans/<slug:key>/approval/"
urlpatterns: list[Any] = []
