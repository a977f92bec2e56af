from django.urls import path

from regions.dashboard import views

app_name = "dashboard"
urlpatterns = [
    path("", views.area, name="area"),
    path("tal.csv", views.area_csv, name="area_csv"),
    path("mit-jobcenter/", views.my_jobcentre, name="my_jobcentre"),
    path("jobcenter/<int:pk>/", views.jobcentre, name="jobcentre"),
    path("maalinger/", views.measures, name="measures"),
    path("maalinger/<slug:code>/", views.measure, name="measure"),
]
