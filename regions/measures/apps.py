from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    name = "regions.measures"
    label = "measures"
