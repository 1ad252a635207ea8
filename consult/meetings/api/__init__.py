"""Meetings for programs: the list, one meeting whole, and every act but positions."""

from consult.meetings.api import acts, meetings

urlpatterns = [*meetings.urlpatterns, *acts.urlpatterns]
