from pathlib import Path

import pytest
from rest_framework import status

from apps.accounts.models import User
from apps.importers.tests.exports import author, export, item
from apps.importers.tests.test_command import run
from apps.posts.models import Post

pytestmark = pytest.mark.django_db

BODIES = (
    '<!-- wp:paragraph {"align":"center"} -->\n<p>One&nbsp;&hellip;</p>\n<!-- /wp:paragraph -->\n\n\n',
    "<pre>\tone\n  two  \n\tthree</pre>",
    "Plain words,\nwith breaks  \n\n\tand a tab. <b>Unclosed",
    "<table><tr><td colspan=2>a | b</td></tr></table>   ",
)


def test_an_imported_post_that_is_saved_without_an_edit_is_unchanged(api, tmp_path: Path):
    path = tmp_path / "export.xml"
    path.write_text(
        export(author("maren"), *(item(number, f"Ebb {number}", body) for number, body in enumerate(BODIES, 1)))
    )
    run(path)
    posts = list(Post.objects.filter(title__startswith="Ebb"))
    assert len(posts) == len(BODIES)
    for post in posts:
        client = api(User.objects.get(pk=post.author_id))
        address = f"/api/v1/posts/{post.slug}"
        opened = client.get(address)
        saved = client.patch(
            address, {"body": opened.json()["body"]}, format="json", headers={"If-Match": opened["ETag"]}
        )
        assert saved.status_code == status.HTTP_200_OK, saved.content
        assert saved.json()["body"] == post.body
        assert Post.objects.get(pk=post.pk).body == post.body
