from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "jobcenter.pages"
    label = "pages"
