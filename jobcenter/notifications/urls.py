from django.urls import path

from jobcenter.notifications import views

app_name = "notifications"
urlpatterns = [
    path("<str:token>/", views.choices, name="choices"),
    path("<str:token>/stop/", views.stop, name="stop"),
]
