"""Hypothesis profiles: quick (the default), ci and night, chosen by TIDY_PROFILE."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

COMMON = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
settings.register_profile("quick", COMMON, max_examples=60)
settings.register_profile("ci", COMMON, max_examples=int(os.environ.get("TIDY_EXAMPLES", "300")), derandomize=True)
settings.register_profile("night", COMMON, max_examples=20_000)
settings.load_profile(os.environ.get("TIDY_PROFILE", "quick"))

SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.fixture(scope="session")
def specimens() -> dict[str, str]:
    """The specimen transcripts, by the name of their folder."""
    return {path.parent.name: path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*/source.*"))}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="keep what the specimens come out as now")


def skip_without(package: str) -> None:
    """Skip a test where a package is not there, or an engine cannot be started on this machine."""
    if importlib.util.find_spec(package) is None:
        pytest.skip(f"needs {package}, as in tidytranscript[engines,frameworks]")
    if package == "pyspark" and shutil.which("java") is None:
        pytest.skip("needs Java")
    if package == "ray" and not _ray_starts():
        pytest.skip("Ray does not start on this machine")


@lru_cache(maxsize=1)
def _ray_starts() -> bool:
    """Ray wants sockets and shared memory, which not every container has."""
    start = [sys.executable, "-c", "import ray; ray.init(num_cpus=1, log_to_driver=False)"]
    try:
        return subprocess.run(start, capture_output=True, timeout=120).returncode == 0
    except subprocess.TimeoutExpired:
        return False
