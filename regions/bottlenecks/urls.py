from django.urls import path

from regions.bottlenecks import views

app_name = "bottlenecks"
urlpatterns = [
    path("", views.published, name="published"),
    path("rapporter/", views.reports, name="reports"),
    path("rapporter/<int:pk>/", views.report, name="report"),
    path("rapporter/<int:pk>/offentliggoer/", views.publish, name="publish"),
    path("linjer/<int:pk>/", views.review, name="review"),
]
