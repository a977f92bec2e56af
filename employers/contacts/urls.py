from django.urls import path

from employers.contacts import views

app_name = "contacts"
urlpatterns = [
    path("log/", views.choose, name="choose"),
    path("log/<int:company>/", views.log, name="log"),
    path("opfoelgninger/<int:pk>/udfoert/", views.done, name="done"),
]
