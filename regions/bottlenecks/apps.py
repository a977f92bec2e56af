from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BottlenecksConfig(AppConfig):
    name = "regions.bottlenecks"
    label = "bottlenecks"
    verbose_name = _("Bottlenecks")
