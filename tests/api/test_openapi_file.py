"""`docs/openapi.yaml` is what the code says: a partner site may build on the file."""

from pathlib import Path

from drf_spectacular.renderers import OpenApiYamlRenderer

from api.schema import openapi

FILE = Path(__file__).resolve().parents[2] / "docs" / "openapi.yaml"


def test_the_committed_description_is_the_one_that_the_code_gives() -> None:
    now = OpenApiYamlRenderer().render(openapi(), renderer_context={})
    assert FILE.read_bytes() == now, (
        "docs/openapi.yaml is not what the code says: run `make openapi`, look at the difference, and commit it."
    )
