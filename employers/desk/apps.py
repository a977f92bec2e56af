from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "employers.desk"
    label = "desk"
