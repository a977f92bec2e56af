from django.urls import path

from regions.dashboard import country_views, recomputation_views, views

app_name = "dashboard"
urlpatterns = [
    path("", views.area, name="area"),
    path("tal.csv", views.area_csv, name="area_csv"),
    path("landet/", country_views.country, name="country"),
    path("mit-jobcenter/", views.my_jobcentre, name="my_jobcentre"),
    path("jobcenter/<int:pk>/", views.jobcentre, name="jobcentre"),
    path("jobcenter/<int:pk>/<slug:code>/", views.over_time, name="over_time"),
    path("genberegn/", recomputation_views.recompute, name="recompute"),
    path("genberegning/<int:pk>/", recomputation_views.recomputation, name="recomputation"),
    path("maalinger/", views.measures, name="measures"),
    path("maalinger/<slug:code>/", views.measure, name="measure"),
]
