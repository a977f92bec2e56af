from django.urls import path

from employers.cooperation import views

app_name = "cooperation"
urlpatterns = [
    path("", views.figures, name="figures"),
    path("<slug:code>/", views.figure, name="figure"),
]
