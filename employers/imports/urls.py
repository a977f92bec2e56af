from django.urls import path

from employers.imports import views

app_name = "imports"
urlpatterns = [
    path("", views.lists, name="lists"),
    path("skabelon/", views.template, name="template"),
    path("<int:pk>/", views.one_list, name="list"),
]
