from django.apps import AppConfig
from django.contrib.staticfiles.apps import StaticFilesConfig


class RuntimeConfig(AppConfig):
    name = "jobcenter.runtime"
    label = "runtime"
    default = True


class CollectedFiles(StaticFilesConfig):
    """Leaves out the front-end packages' other builds and their source maps, three quarters of the whole."""

    default = False
    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        *("echarts.js", "echarts.common*", "echarts.esm*", "echarts.simple*", "echarts*.map"),
        *("htmax*", "htmx.esm*", "htmx*.map", "editors", "scripts", "skills"),
    ]
