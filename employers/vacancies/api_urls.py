from django.urls import path
from drf_spectacular.views import SpectacularAPIView

from employers.vacancies import api
from jobcenter.accounts.scope import public

app_name = "api"
urlpatterns = [
    path("schema/", public(SpectacularAPIView.as_view()), name="schema"),
    path("vacancies/", public(api.Vacancies.as_view()), name="vacancies"),
    path("vacancies/own/<str:external_id>/", public(api.OwnVacancy.as_view()), name="own_vacancy"),
]
