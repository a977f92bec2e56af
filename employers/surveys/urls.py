from django.urls import path

from employers.surveys import views

app_name = "surveys"
urlpatterns = [
    path("rekruttering/<str:token>/", views.answer, name="answer"),
]
