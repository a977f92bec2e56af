from django.urls import path

from employers.vacancies import views

app_name = "vacancies"
urlpatterns = [
    path("", views.search, name="search"),
    path("fag/", views.occupations, name="occupations"),
    path("<int:pk>/", views.vacancy, name="vacancy"),
]
