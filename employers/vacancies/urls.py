from django.urls import path

from employers.vacancies import search_views, views

app_name = "vacancies"
urlpatterns = [
    path("", search_views.search, name="search"),
    path("feed.atom", search_views.feed, name="feed"),
    path("udefra/<int:pk>/", views.external, name="external"),
    path("fag/", views.occupations, name="occupations"),
    path("<int:pk>/", views.vacancy, name="vacancy"),
]
