"""The committed schema: as the code gives it, complete, and true, example by example."""

import json
import pkgutil
from collections.abc import Iterator
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml
from django.utils import timezone
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiYamlRenderer

from apps.accounts.models import User
from apps.accounts.tests.factories import UserFactory
from apps.comments.services import add_comment
from apps.pages.services import save_page
from apps.posts.tests.factories import make_post
from apps.tags.services import create_category
from conftest import ApiFor
from tests import scenes
from tests.scenes import Scene, Scenes

SCHEMA_FILE = Path(__file__).resolve().parents[1] / "openapi.yaml"
DOCUMENT: dict[str, Any] = yaml.safe_load(SCHEMA_FILE.read_text(encoding="utf-8"))


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(method, path, operation) of the committed schema."""
    for path, methods in DOCUMENT["paths"].items():
        for method, operation in methods.items():
            yield method, path, operation


OPERATIONS = {operation["operationId"]: (method, path, operation) for method, path, operation in operations()}


def test_committed_schema_is_what_the_code_gives() -> None:
    fresh = SchemaGenerator().get_schema(request=None, public=True)
    text = OpenApiYamlRenderer().render(fresh, renderer_context={})
    assert yaml.safe_load(text) == DOCUMENT, "run `make schema` and commit the result"


def test_operations_have_ids_of_their_own() -> None:
    assert len(OPERATIONS) == len(list(operations()))


@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_every_operation_says_what_it_is_and_how_it_fails(name: str) -> None:
    _, path, operation = OPERATIONS[name]
    assert operation["summary"], name
    assert operation["description"], name
    assert len(operation["tags"]) == 1, name
    assert operation["tags"][0] in {tag["name"] for tag in DOCUMENT["tags"]}, name
    expected = {"400", "401", "429", "500", "503"} | ({"404"} if "{" in path else set())
    assert expected <= set(operation["responses"]), name


@pytest.mark.parametrize("name", sorted(n for n, (_, _, op) in OPERATIONS.items() if "requestBody" in op))
def test_every_operation_with_a_body_shows_one(name: str) -> None:
    assert _request_example(OPERATIONS[name][2]) is not None


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_example_of_every_operation_works_and_its_answer_is_as_described(name: str, api: ApiFor) -> None:
    method, path, operation = OPERATIONS[name]
    body = _request_example(operation)
    scene = _scene(name, body)
    headers = {}
    if any(p["name"] == "If-Match" and p.get("required") for p in operation.get("parameters", [])):
        headers["If-Match"] = "*"
    send = getattr(api(scene.caller), method)
    response = send(path.format(**scene.values), scene.body, headers=headers | scene.headers, format=scene.format)
    assert 200 <= response.status_code < 300, response.content
    _check(operation, response)


@pytest.mark.django_db
def test_answers_of_lists_with_everything_included_are_as_described(api: ApiFor, author: User) -> None:
    make_post(author, tags=["maps"], category=create_category(name="Places"), cover_url="/media/a.webp", cover_alt="A")
    query = {"include": "body,body_html,permissions,workflow"}
    _check(OPERATIONS["list_posts"][2], api(author).get("/api/v1/posts", query))


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_answer_to_an_unknown_parameter_is_as_described(name: str, api: ApiFor) -> None:
    method, path, operation = OPERATIONS[name]
    scene = _scene(name, None)
    response = getattr(api(scene.caller), method)(path.format(**scene.values) + "?nonsense=1", {})
    assert response.status_code == 400, response.content
    assert response.json()["errors"][0]["parameter"] == "nonsense"
    _check(operation, response)


def _request_example(operation: dict[str, Any]) -> Any:
    kinds = operation.get("requestBody", {}).get("content", {}).values()  # JSON, or a form
    examples = [example["value"] for content in kinds for example in content.get("examples", {}).values()]
    return examples[0] if examples else None


def _all_scenes() -> Scenes:
    modules = [import_module(module.name) for module in pkgutil.iter_modules(scenes.__path__, f"{scenes.__name__}.")]
    return {name: change for module in modules for name, change in module.SCENES.items()}


SCENES = _all_scenes()


def _scene(name: str, body: Any) -> Scene:
    """Who calls, what stands in the path's braces, and the body; the database holds what the operation needs."""
    mina = UserFactory.create(username="mina", password="a long enough secret")
    chief = UserFactory.create(username="chief", roles=["admin"])
    state = {"publish_post": "draft", "schedule_post": "draft"}.get(name, "published")
    post = make_post(
        chief, state, title="The quiet tools", tags=["tools"], category=create_category(name="Craft", slug="craft")
    )
    comment = add_comment(post=make_post(chief), author=chief, body="A remark.")
    page = save_page(title="About", slug="about", body="We write.")
    values = {
        "slug": {"tags": "tools", "categories": "craft", "pages": page.slug}.get(
            OPERATIONS[name][1].split("/")[3], post.slug
        ),
        "id": comment.pk,
        "username": "chief",
    }
    if name == "schedule_post" and body is not None:
        assert body["published_at"] > (timezone.now() + timedelta(days=1)).isoformat()
    scene = Scene(mina=mina, chief=chief, caller=chief, body=body, values=values)
    SCENES.get(name, lambda _: None)(scene)
    return scene


def _check(operation: dict[str, Any], response: Any) -> None:
    """The answer has the status, media type, headers and body that the schema promises."""
    described = operation["responses"][str(response.status_code)]
    for header, promise in described.get("headers", {}).items():
        if header in response.headers:
            definition = DOCUMENT["components"]["headers"][promise["$ref"].rpartition("/")[2]]["schema"]
            value = response.headers[header]
            _validate(definition, int(value) if definition["type"] == "integer" else value)
    assert "X-Request-ID" in response.headers
    if "content" not in described:
        assert not response.content
        return
    media_type = response.headers["Content-Type"].partition(";")[0]
    assert media_type in described["content"]
    if media_type.endswith("json"):
        _validate(described["content"][media_type]["schema"], json.loads(response.content))


def _validate(schema: dict[str, Any], value: Any) -> None:
    with_parts = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "components": DOCUMENT["components"],
    }
    jsonschema_rs.Draft202012Validator(with_parts, validate_formats=True).validate(value)
