"""The search across rooms, under the name that the frame of every staff page asks for."""

from django.urls import path

from employers.desk.views import search

urlpatterns = [path("soeg/", search.find, name="search")]
