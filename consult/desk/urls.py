from django.urls import path

from consult.desk import late_pages, policy_pages, views
from consult.desk.feeds import views as feeds
from stakeholders.files.tables import TableKind

app_name = "desk"
CSV, XLSX = {"kind": TableKind.CSV}, {"kind": TableKind.XLSX}
urlpatterns = [
    path("", views.home, name="home"),
    path("plans/<slug:key>/dates/", feeds.plan_dates, name="dates"),
    path("calendar/", feeds.feeds, name="feeds"),
    path("calendar/<int:pk>/renew/", feeds.renew, name="renew_feed"),
    path("calendar/<int:pk>/revoke/", feeds.revoke, name="revoke_feed"),
    path("calendar/<str:secret>.ics", feeds.feed, name="feed"),
    path("plans/<slug:key>/late/", late_pages.late, name="late"),
    path("plans/<slug:key>/late/rows/", late_pages.late_rows, name="late_rows"),
    path("plans/<slug:key>/late/remind/", late_pages.remind, name="nudge"),
    path("plans/<slug:key>/late/table.csv", late_pages.late_table, CSV, name="late_csv"),
    path("plans/<slug:key>/late/table.xlsx", late_pages.late_table, XLSX, name="late_xlsx"),
    path("plans/<slug:key>/reminders/", policy_pages.reminders, name="reminders"),
]
