"""Hypothesis profiles: quick (the default), ci and night, chosen by TIDY_PROFILE."""

from __future__ import annotations

import os
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
