from django.apps import AppConfig


class RuntimeConfig(AppConfig):
    name = "jobcenter.runtime"
    label = "runtime"
