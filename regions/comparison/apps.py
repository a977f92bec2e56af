from django.apps import AppConfig


class ComparisonConfig(AppConfig):
    name = "regions.comparison"
    label = "comparison"
