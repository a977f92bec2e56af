from django.urls import path

from employers.surveys.views.answer import answer
from employers.surveys.views.overview import overview

app_name = "surveys"
urlpatterns = [
    path("rekrutteringsundersoegelse/", overview, name="overview"),
    path("rekruttering/<str:token>/", answer, name="answer"),
]
