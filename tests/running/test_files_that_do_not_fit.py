"""What `make up` does with fixtures that are refused."""

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import CommandError

from tests.factories import make_source
from tracker.embedded import register

pytestmark = pytest.mark.django_db


@pytest.fixture
def refused_files(tmp_path: Path, settings: LazySettings) -> None:
    folder = tmp_path / "fixtures" / "reference"
    folder.mkdir(parents=True)
    (folder / "bodies.json").write_text('{"bodies": [{"ref": "a", "kind": "nonsense"}]}')
    settings.BASE_DIR = tmp_path


@pytest.mark.usefixtures("refused_files")
def test_a_register_in_use_starts_as_staff_left_it_and_says_so() -> None:
    make_source()
    said: list[str] = []
    register.load(lambda step, words: said.append(f"{step}: {words}"), with_cases=False)
    assert len(said) == 1
    assert said[0].startswith("data: as staff left it; the files were not loaded")


@pytest.mark.usefixtures("refused_files")
def test_an_empty_register_with_files_that_cannot_be_loaded_does_not_start() -> None:
    with pytest.raises(CommandError):
        register.load(lambda *words: None, with_cases=False)  # noqa: ARG005
