from django.apps import AppConfig


class FeedsConfig(AppConfig):
    name = "regions.feeds"
    label = "feeds"
