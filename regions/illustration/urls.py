from django.urls import path

from regions.illustration import views

app_name = "illustration"
urlpatterns = [path("", views.year, name="year")]
