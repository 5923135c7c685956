"""Nginx with our templates: what it answers by itself, and what it hands on."""

import http.client
import json
import os
import re
import shutil
import socket
import threading
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.conf import settings

from tools import nginx
from tools.console import Problem
from tools.network import LOOPBACK, free_port, wait_until
from tools.processes import Processes

needs_nginx = pytest.mark.skipif(nginx.find_nginx() is None, reason=nginx.INSTALL_HINT)


class EchoingBackend(BaseHTTPRequestHandler):
    """Answers with the headers that it was sent."""

    def do_GET(self):
        body = json.dumps({**self.headers, "path": self.path}).encode()
        self.send_response(200)
        self.send_header("X-Request-ID", self.headers["X-Request-ID"])
        self.end_headers()
        self.wfile.write(body)

    def do_PUT(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.do_GET()

    def do_POST(self):
        self.do_PUT()

    def do_PATCH(self):
        self.do_PUT()

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def backend():
    with ThreadingHTTPServer((LOOPBACK, 0), EchoingBackend) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def environment(folder, **values):
    return {
        "PATH": os.environ["PATH"],
        "NGINX_HTTP_LISTEN": f"{LOOPBACK}:{free_port()}",
        "NGINX_HTTPS_LISTEN": f"{LOOPBACK}:{free_port()}",
        "NGINX_BACKEND": f"{LOOPBACK}:{free_port()}",
        "NGINX_ACCESS_LOG": str(folder / "access.log"),
        "NGINX_SITE_ROOT": str(folder / "site"),
        "NGINX_MEDIA_ROOT": str(folder / "media"),
        "NGINX_TLS_DIR": str(folder / "tls"),
        **values,
    }


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("nginx")
    (folder / "site" / "assets").mkdir(parents=True)
    (folder / "media").mkdir()
    (folder / "site" / "index.html").write_text("<title>app</title>")
    (folder / "site" / "assets" / "app-1a2b.js").write_text("run()")
    (folder / "site" / "assets" / "app-1a2b.js.gz").write_bytes(b"gzipped at build")
    (folder / "media" / "photo.png").write_bytes(b"png")
    avatar = folder / "media" / "avatars" / "0123456789abcdef01234567"
    avatar.mkdir(parents=True)
    for name in ("192.webp", "192.avif", "evil.html"):
        (avatar / name).write_bytes(b"bytes")
    return folder


@pytest.fixture(scope="module")
def site(folder, backend):
    """Nginx in front of the echoing backend; the value is its address."""
    values = environment(folder, NGINX_BACKEND=f"{LOOPBACK}:{backend.server_port}", TRUSTED_PROXIES="127.0.0.1")
    yield from serve(folder / "up", values)


@pytest.fixture(scope="module")
def site_alone(folder):
    """Nginx with no backend behind it, one request a minute to the API, and no proxy to trust."""
    yield from serve(folder / "alone", environment(folder, NGINX_API_RATE="1r/m", NGINX_API_BURST="1"))


def serve(prefix, values):
    nginx.render(prefix, values)
    address = f"http://{values['NGINX_HTTP_LISTEN']}"
    with Processes() as processes, (prefix / "log").open("w") as log:
        server = processes.start("nginx", nginx.nginx_command(prefix), cwd=prefix, output=log)
        wait_until(
            "Nginx", lambda: get(f"{address}/metrics")[0] == 404, alive=lambda: server.poll() is None, interval=0.02
        )
        yield address


def get(url, *, data=None, method=None, **headers):
    sent = {k.replace("_", "-"): v for k, v in headers.items()}
    request = urllib.request.Request(url, data=data, headers=sent, method=method)
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            return response.status, response.headers, response.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()
    except OSError:
        return 0, {}, b""


def test_only_our_own_names_are_filled_in():
    assert nginx.fill_in("${NGINX_A} $uri ${uri}", {"NGINX_A": "1"}) == "1 $uri ${uri}"
    with pytest.raises(Problem, match="NGINX_B"):
        nginx.fill_in("${NGINX_B}", {})


def test_policy_is_the_backends():
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    policy = "; ".join(f"{name} {' '.join(values)}" for name, values in directives.items())
    assert nginx.template_values({"PATH": os.environ["PATH"]})["NGINX_CONTENT_SECURITY_POLICY"] == policy


def test_policy_names_a_bucket_without_https():
    def policy(url):
        values = {"PATH": os.environ["PATH"], "S3_BUCKET": "media", "S3_PUBLIC_URL": url}
        return nginx.template_values(values)["NGINX_CONTENT_SECURITY_POLICY"]

    assert "img-src 'self' https: data: http://10.0.0.5:9000;" in policy("http://10.0.0.5:9000/media")
    assert "img-src 'self' https: data:;" in policy("https://files.example.org")
    for wrong in ("", "https://files.example.org/; return 200", "https://files.example.org/$host"):
        with pytest.raises(Problem, match="not the address of a bucket"):
            policy(wrong)


@needs_nginx
def test_uploaded_file_is_found_here_or_in_the_bucket(folder, backend):
    values = environment(folder, NGINX_BACKEND=f"{LOOPBACK}:{backend.server_port}")
    values |= {"S3_BUCKET": "media", "S3_PUBLIC_URL": "https://files.example.org/media/"}
    for address in serve(folder / "bucket", values):
        host, port = address.removeprefix("http://").split(":")
        connection = http.client.HTTPConnection(host, int(port), timeout=60)
        connection.request("GET", "/media/images/0123456789abcdef01234567/640.avif?x=1")
        answer = connection.getresponse()
        assert answer.status == 302
        wanted = "https://files.example.org/media/images/0123456789abcdef01234567/640.avif"
        assert answer.headers["Location"].partition("?")[0] == wanted
        assert get(f"{address}/media/photo.png")[0] == 200


def test_trusted_proxies_must_be_addresses():
    with pytest.raises(Problem, match="neither an address nor a network"):
        nginx.template_values({"PATH": os.environ["PATH"], "TRUSTED_PROXIES": "10.0.0.1, evil;"})


@pytest.mark.parametrize(
    ("public_url", "header"), [("http://a.example", ""), ("https://a.example", "max-age=31536000")]
)
def test_hsts_follows_the_scheme_of_the_site(public_url, header):
    values = nginx.template_values({"PATH": os.environ["PATH"], "PUBLIC_URL": public_url})
    assert values["NGINX_HSTS"].split(";")[0] == header


@needs_nginx
def test_rendered_http_is_clean(tmp_path):
    nginx.render(tmp_path, environment(tmp_path, TRUSTED_PROXIES="10.0.0.0/8, ::1"))
    assert nginx.check(tmp_path) == ""


@needs_nginx
@pytest.mark.skipif(shutil.which("openssl") is None, reason="apt install openssl")
def test_rendered_https_is_clean_once_there_is_a_certificate(tmp_path):
    nginx.make_certificate(tmp_path / "tls")
    nginx.render(tmp_path, environment(tmp_path, PUBLIC_URL="https://a.example"))
    assert "servers/https.conf" in (tmp_path / "conf.d" / "byline.conf").read_text()
    assert nginx.check(tmp_path) == ""


@needs_nginx
def test_hashed_assets_are_kept_for_ever_and_sent_as_built(site):
    status, headers, body = get(f"{site}/assets/app-1a2b.js", Accept_Encoding="gzip")
    assert (status, headers["Cache-Control"]) == (200, "public, max-age=31536000, immutable")
    assert (headers["Content-Encoding"], body) == ("gzip", b"gzipped at build")
    assert "script-src 'self';" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert re.fullmatch(r"[0-9a-f]{32}", headers["X-Request-ID"])


@needs_nginx
@pytest.mark.parametrize(
    "path", ["/assets/gone.js", "/assets/", "/.env", "/.git/config", "/metrics", "/media/none.png"]
)
def test_missing_files_are_missing(site, path):
    assert get(site + path)[0] == 404


@needs_nginx
@pytest.mark.parametrize("path", ["/favicon.ico", "/rss.xml", "/feed/", "/wp-login.php", "/x.yyy"])
def test_what_is_no_file_at_the_root_is_the_backends(site, path):
    status, headers, body = get(f"{site}{path}?utm_source=x", Cookie="a=b")
    assert (status, headers["X-Cache-Status"], json.loads(body)["path"]) == (200, "MISS", path)
    assert "Cookie" not in json.loads(body)


@needs_nginx
def test_files_at_the_root_are_sent_as_they_are(site, folder):
    (folder / "site" / "favicon.svg").write_text("<svg/>")
    status, headers, body = get(f"{site}/favicon.svg")
    assert (status, body, headers["Cache-Control"]) == (200, b"<svg/>", "public, max-age=3600")


@needs_nginx
def test_uploaded_files_cannot_run_anything(site):
    _, headers, body = get(f"{site}/media/photo.png")
    assert body == b"png"
    assert "sandbox" in headers["Content-Security-Policy"]


@needs_nginx
@pytest.mark.parametrize(
    ("name", "kind"),
    [("192.webp", "image/webp"), ("192.avif", "image/avif"), ("evil.html", "text/html; charset=utf-8")],
)
def test_files_of_one_upload_are_kept_for_ever_and_taken_for_what_they_are(site, name, kind):
    _, headers, _ = get(f"{site}/media/avatars/0123456789abcdef01234567/{name}")
    assert headers["Content-Type"] == kind
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "sandbox" in headers["Content-Security-Policy"]
    assert get(f"{site}/media/photo.png")[1]["Cache-Control"] == "public, max-age=86400"


@needs_nginx
def test_backend_gets_one_honest_address_and_the_callers_id(site):
    headers = {"X_Forwarded_For": "203.0.113.9, 198.51.100.7", "X_Forwarded_Proto": "https"}
    status, answer, body = get(f"{site}/api/v1/posts?a=%20b", X_Request_ID="caller-12345", **headers)
    seen = json.loads(body)
    assert status == 200
    assert seen["X-Forwarded-For"] == "198.51.100.7"  # the nearest that is no trusted proxy
    assert seen["X-Forwarded-Proto"] == "https"
    assert seen["X-Request-ID"] == "caller-12345"
    assert answer.get_all("X-Request-ID") == ["caller-12345"]
    assert seen["path"] == "/api/v1/posts?a=%20b"


@needs_nginx
def test_an_id_that_is_no_id_is_replaced(site):
    _, _, body = get(f"{site}/api/v1/posts", X_Request_ID='"}{')
    assert re.fullmatch(r"[0-9a-f]{32}", json.loads(body)["X-Request-ID"])


def assert_problem(answer, status):
    code, headers, body = answer
    problem = json.loads(body)
    assert (code, problem["status"]) == (status, status)
    assert headers["Content-Type"] == "application/problem+json"
    assert set(problem) == {"type", "title", "status", "detail", "code", "request_id"}
    assert problem["type"] == f"http://localhost:8080/api/docs#problem-{problem['code'].replace('_', '-')}"
    assert headers["X-Request-ID"] == problem["request_id"]
    assert headers["Cache-Control"] == "no-store"


@needs_nginx
def test_body_that_is_too_large_is_a_problem_document(site):
    assert_problem(get(f"{site}/api/v1/posts", data=b"x" * (4 * 1024 * 1024 + 1)), 413)


@needs_nginx
@pytest.mark.parametrize(
    ("method", "path", "megabytes"),
    [
        ("PUT", "/api/v1/me/avatar", 10),
        ("POST", "/api/v1/images", 25),
        ("PATCH", "/api/v1/images/uploads/0d6f7c0e-6f5a-4b57-9f7f-3d4c0a1be0aa", 25),
        ("PATCH", "/api/v1/images/12", 4),
    ],
)
def test_picture_of_the_full_size_gets_through_and_a_larger_one_is_told_the_limit(site, method, path, megabytes):
    """The same bytes as in apps/media/parsers.py, whose own test goes to the last one."""
    most = megabytes * 1024 * 1024 + (64 * 1024 if megabytes > 4 else 0)
    assert get(site + path, data=b"x" * most, method=method)[0] == 200
    refused = get(site + path, data=b"x" * (most + 1), method=method)
    assert_problem(refused, 413)
    assert f"{megabytes} MB" in json.loads(refused[2])["detail"].replace("4m", "4 MB")


@needs_nginx
def test_api_itself_is_not_the_app(site):
    assert_problem(get(f"{site}/api"), 404)


def raw(site, request):
    host, port = site.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=60) as connection:
        connection.sendall(request.encode())
        return connection.recv(65536).decode()


@needs_nginx
def test_malformed_request_is_a_problem_document(site):
    answer = raw(site, "GET /api/v1/%00 HTTP/1.1\r\nHost: a\r\n\r\n")
    assert answer.startswith("HTTP/1.1 400 ")
    assert "application/problem+json" in answer


@needs_nginx
@pytest.mark.parametrize("path", ["/posts/%00", "/%00?a=b", "/feed%00.rss"])
def test_address_that_nothing_can_be_at_is_a_missing_page(site, path):
    head, _, body = raw(site, f"GET {path} HTTP/1.1\r\nHost: a\r\n\r\n").partition("\r\n\r\n")
    assert head.startswith("HTTP/1.1 404 ")
    assert "Content-Type: text/html; charset=utf-8" in head
    assert "X-Content-Type-Options: nosniff" in head
    assert "Nothing here" in body


@needs_nginx
def test_backend_that_is_away_and_too_many_requests_are_problem_documents(site_alone):
    answers = [get(f"{site_alone}/api/v1/posts") for _ in range(3)]
    assert_problem(answers[0], 502)
    assert answers[0][1]["Retry-After"] == "5"
    assert_problem(answers[2], 429)
    assert answers[2][1]["Retry-After"]
    assert answers[2][1]["Access-Control-Allow-Origin"] == "*"


@needs_nginx
def test_people_get_a_page_when_the_backend_is_away(site_alone):
    status, headers, body = get(f"{site_alone}/static/admin.css")  # which has no limit of its own
    assert (status, headers["Content-Type"]) == (502, "text/html; charset=utf-8")
    assert b"Back in a moment" in body


@needs_nginx
def test_access_log_holds_neither_queries_nor_credentials(site, folder):
    headers = {
        "Authorization": "Bearer byline_s3cret",
        "Referer": f"{site}/page?code=s3cret#s3cret",
        "Cookie": "a=s3cret",
    }
    assert get(f"{site}/api/v1/echo-of-log?token=s3cret", **headers)[0] == 200
    log = folder / "access.log"
    wait_until("the log line", lambda: "echo-of-log" in log.read_text(), alive=lambda: True, interval=0.02)
    assert '"path":"/api/v1/echo-of-log"' in log.read_text()
    assert f'"referrer":"{site}/page"' in log.read_text()
    assert "s3cret" not in log.read_text()
