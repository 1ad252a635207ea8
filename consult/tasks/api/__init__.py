"""The API of tasks, programmes and supervision notes."""

from consult.tasks.api import pressing, tasks

urlpatterns = [*tasks.urlpatterns, *pressing.urlpatterns]
