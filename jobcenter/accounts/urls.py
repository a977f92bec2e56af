from django.urls import path

from jobcenter.accounts import reading_views, removal_views, second_factor_views, views

app_name = "accounts"
urlpatterns = [
    path("", views.home, name="home"),
    path("rolle/", views.choose, name="choose"),
    path("beskeder/", views.notices, name="notices"),
    path("slettet/", removal_views.removals, name="removals"),
    path("laeselog/", reading_views.readings, name="readings"),
    path("anden-faktor/kolleger/", second_factor_views.second_factors, name="second_factors"),
    path(
        "anden-faktor/kolleger/<int:pk>/",
        second_factor_views.reset_second_factor,
        name="reset_second_factor",
    ),
]
