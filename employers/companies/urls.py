from django.urls import path

from employers.companies import views

app_name = "companies"
urlpatterns = [
    path("opslag/", views.lookup, name="lookup"),
]
