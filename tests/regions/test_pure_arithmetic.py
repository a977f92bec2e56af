import subprocess
import sys

import pytest

PURE = [
    "regions.measures.direction",
    "regions.measures.fictional",
    "regions.measures.jsonstat",
    "regions.comparison.arrays",
    "regions.comparison.axis",
    "regions.comparison.compare",
    "regions.comparison.expected",
    "regions.comparison.funnel",
    "regions.comparison.intervals",
    "regions.comparison.multiplicity",
    "regions.comparison.peers",
    "regions.comparison.process",
    "regions.measures.suppression",
    "regions.measures.differencing",
    "regions.comparison.analysing",
    "regions.oversight.rule",
    "regions.oversight.trial",
    "regions.bottlenecks.figures.balance",
    "regions.bottlenecks.figures.borrowing",
    "regions.bottlenecks.figures.duration",
    "regions.bottlenecks.figures.indicators",
    "regions.bottlenecks.figures.labour",
    "regions.bottlenecks.figures.rolling_up",
    "regions.bottlenecks.figures.severe",
    "regions.bottlenecks.simulation.inventing",
    "regions.bottlenecks.simulation.trial",
    "regions.timeliness.deadlines",
    "jobcenter.geography.drawing.maps",
]


@pytest.mark.parametrize("module", PURE)
def test_the_arithmetic_loads_neither_the_database_layer_nor_the_slow_half_of_scipy(module: str):
    """In a process of its own: this one has long since loaded both."""
    loaded = subprocess.run(
        [sys.executable, "-c", f"import sys, {module}; print(*sys.modules)"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()

    assert module in loaded
    assert "django.db" not in loaded
    assert "scipy.stats" not in loaded
