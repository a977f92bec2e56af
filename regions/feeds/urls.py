from django.urls import path

from regions.feeds import views

app_name = "feeds"
urlpatterns = [
    path("", views.deliveries, name="deliveries"),
    path("ny/", views.upload, name="upload"),
    path("ny/se-aendringer/", views.check, name="check"),
]
