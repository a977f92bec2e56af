from django.urls import path

from jobcenter.geography import views

app_name = "geography"
urlpatterns = [
    path("", views.catchments, name="catchments"),
    path("rettelser/<int:pk>/afslut/", views.end_correction, name="end_correction"),
    path("<str:code>/", views.catchment, name="catchment"),
    path("<str:code>/rettelse/", views.correct_catchment, name="correct"),
]
