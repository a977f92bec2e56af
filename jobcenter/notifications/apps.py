from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "jobcenter.notifications"
    label = "notifications"
