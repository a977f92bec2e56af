from django.urls import path

from regions.timeliness import views

app_name = "timeliness"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("vores/", views.own, name="own"),
    path("vores/forsinket/", views.late, name="late"),
    path("jobcenter/<int:pk>/", views.jobcentre, name="jobcentre"),
    path("regler/", views.rules, name="rules"),
    path("regler/<int:pk>/", views.rule, name="rule"),
    path("forloeb/", views.deliveries, name="deliveries"),
    path("forloeb/se-aendringer/", views.check, name="check"),
]
