from django.urls import path

from employers.saved_searches import views

app_name = "saved_searches"
urlpatterns = [
    path("", views.save, name="save"),
    path("<str:token>/", views.saved, name="saved"),
]
