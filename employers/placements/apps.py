from django.apps import AppConfig


class PlacementsConfig(AppConfig):
    name = "employers.placements"
    label = "placements"
