from django.urls import path

from regions.dashboard import comparison_views, country_views, recomputation_views, result_views, views

app_name = "dashboard"
urlpatterns = [
    path("", views.area, name="area"),
    path("landet/", country_views.country, name="country"),
    path("mit-jobcenter/", views.my_jobcentre, name="my_jobcentre"),
    path("jobcenter/<int:pk>/", views.jobcentre, name="jobcentre"),
    path("jobcenter/<int:pk>/<slug:code>/", views.over_time, name="over_time"),
    path("jobcenter/<int:pk>/<slug:code>/<slug:group>/<slug:period>/", result_views.result, name="result"),
    path(
        "jobcenter/<int:pk>/<slug:code>/<slug:group>/<slug:period>/kommentar/",
        result_views.reply,
        name="reply",
    ),
    path("sammenlign/", comparison_views.compare, name="compare"),
    path("sammenlign/valg/", comparison_views.save_selection, name="save_selection"),
    path("sammenlign/valg/<int:pk>/slet/", comparison_views.forget_selection, name="forget_selection"),
    path("genberegn/", recomputation_views.recompute, name="recompute"),
    path("genberegning/<int:pk>/", recomputation_views.recomputation, name="recomputation"),
    path("maalinger/", views.measures, name="measures"),
    path("maalinger/<slug:code>/", views.measure, name="measure"),
]
