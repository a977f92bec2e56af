from django.apps import AppConfig


class DashboardConfig(AppConfig):
    name = "regions.dashboard"
    label = "dashboard"
