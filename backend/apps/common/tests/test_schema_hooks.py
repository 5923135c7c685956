"""What the contract says of all operations reaches the schema."""

import pytest
from drf_spectacular.generators import SchemaGenerator


@pytest.fixture(scope="module")
def schema():
    return SchemaGenerator().get_schema(request=None, public=True)


def operations(schema):
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            yield f"{method} {path}", operation


def test_every_answer_has_a_request_id_and_says_what_is_left_of_the_limit(schema):
    for name, operation in operations(schema):
        for status, response in operation["responses"].items():
            assert {"X-Request-ID", "RateLimit", "RateLimit-Policy"} <= set(response["headers"]), (name, status)


def test_every_operation_may_answer_401_and_500_with_a_problem(schema):
    for name, operation in operations(schema):
        for status in ("401", "500"):
            assert "application/problem+json" in operation["responses"][status]["content"], (name, status)


def test_what_can_be_asked_for_with_an_etag_may_be_unchanged(schema):
    responses = schema["paths"]["/api/v1/posts/{slug}"]["get"]["responses"]
    assert "ETag" in responses["200"]["headers"]
    assert "304" in responses


def test_lists_are_one_page_with_links(schema):
    answer = schema["paths"]["/api/v1/posts"]["get"]["responses"]["200"]
    assert answer["content"]["application/json"]["schema"] == {"$ref": "#/components/schemas/PostSummaryPage"}
    assert schema["components"]["schemas"]["PostSummaryPage"]["properties"]["results"]["maxItems"] == 100
    assert "Link" in answer["headers"]


def test_too_many_requests_says_when_to_try_again(schema):
    assert "Retry-After" in schema["paths"]["/api/v1/posts"]["get"]["responses"]["429"]["headers"]


def test_addresses_of_posts_may_have_moved(schema):
    for path, method in (("/api/v1/posts/{slug}", "patch"), ("/api/v1/posts/{slug}/comments", "get")):
        assert "Location" in schema["paths"][path][method]["responses"]["308"]["headers"]
