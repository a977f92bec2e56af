from django.urls import path

from regions.bottlenecks.views import lines, public, report

app_name = "bottlenecks"
urlpatterns = [
    path("", public.published, name="published"),
    path("rapporter/", lines.reports, name="reports"),
    path("linjer/<int:pk>/", lines.review, name="review"),
    path("rapporter/<int:pk>/", report.report, name="report"),
    path("rapporter/<int:pk>/offentliggoer/", report.publish, name="publish"),
]
