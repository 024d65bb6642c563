"""A fresh intake API for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from referral_api.settings import Settings
from tests.factories.api import Api, make_settings, open_api
from tests.factories.small_directory import write_small_directory


@pytest.fixture(scope="session")
def small_directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_small_directory(tmp_path_factory.mktemp("content"))


@pytest.fixture
def settings(tmp_path: Path, small_directory: Path) -> Settings:
    return make_settings(tmp_path, small_directory)


@pytest.fixture
def api(settings: Settings) -> Iterator[Api]:
    with open_api(settings) as opened:
        yield opened
