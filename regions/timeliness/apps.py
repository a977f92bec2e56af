from django.apps import AppConfig


class TimelinessConfig(AppConfig):
    name = "regions.timeliness"
    label = "timeliness"
