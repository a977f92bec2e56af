from django.apps import AppConfig


class BottlenecksConfig(AppConfig):
    name = "regions.bottlenecks"
    label = "bottlenecks"
