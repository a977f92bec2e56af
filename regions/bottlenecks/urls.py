from django.urls import URLPattern

app_name = "bottlenecks"
urlpatterns: list[URLPattern] = []
