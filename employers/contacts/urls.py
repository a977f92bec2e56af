from django.urls import path

from employers.contacts import contact_views, hold_views, views

app_name = "contacts"
urlpatterns = [
    path("log/", views.choose, name="choose"),
    path("log/<int:company>/", views.log, name="log"),
    path("log/<int:company>/raad/", views.advice, name="advice"),
    path("reserver/<int:company>/", hold_views.take, name="hold"),
    path("reservation/<int:pk>/slip/", hold_views.release, name="release"),
    path("opfoelgninger/<int:pk>/udfoert/", views.done, name="done"),
    path("opfoelgninger/<int:pk>/udskyd/", views.postpone, name="postpone"),
    path("<int:pk>/ret/", contact_views.change, name="change"),
    path("<int:pk>/aflys/", contact_views.cancel, name="cancel"),
]
