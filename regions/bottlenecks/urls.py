from django.urls import path

from regions.bottlenecks.views import lines, occupation, public, report

app_name = "bottlenecks"
urlpatterns = [
    path("", public.published, name="published"),
    path("rapporter/", lines.reports, name="reports"),
    path("stillinger/<slug:code>/", occupation.occupation, name="occupation"),
    path("linjer/<int:pk>/", lines.review, name="review"),
    path("rapporter/<int:pk>/", report.report, name="report"),
    path("rapporter/<int:pk>/offentliggoer/", report.publish, name="publish"),
]
