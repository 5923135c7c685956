import pytest

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.accounts.tests.factories import UserFactory
from apps.accounts.validators import validate_username
from apps.importers.tests.exports import author, export, item
from apps.posts.models import Post

pytestmark = pytest.mark.django_db


def stored(user: User) -> dict[str, object]:
    row = User.objects.filter(pk=user.pk).values().get()
    return {name: value for name, value in row.items() if name != "post_count"}


def test_a_new_author_can_write_but_has_no_password(import_text):
    import_text(export(author("maren", "Maren@Example.net", "Maren <b>Holt</b>"), item(1)))
    user = User.objects.get(username="maren")
    assert (user.email, user.display_name, user.is_active) == ("Maren@Example.net", "Maren Holt", True)
    assert not user.has_usable_password()
    assert not user.is_staff
    assert list(user.groups.values_list("name", flat=True)) == [Role.AUTHOR.value]


def test_an_account_with_the_same_mail_gets_the_posts_and_nothing_else(import_text, admin):
    before, roles = stored(admin), list(admin.groups.all())
    summary = import_text(export(author("boss", admin.email.upper(), "Imposter"), item(1, login="boss")))
    assert Post.objects.get().author == admin
    assert stored(admin) == before
    assert list(admin.groups.all()) == roles
    assert not User.objects.filter(username="boss").exists()
    assert "boss" in summary["notes"][0]


def test_a_reader_with_the_same_mail_does_not_become_an_author(import_text, reader):
    import_text(export(author("maren", reader.email), item(1)))
    assert Post.objects.get().author == reader
    assert not reader.groups.exists()


def test_the_same_name_with_another_mail_is_another_person(import_text, editor):
    import_text(export(author("editor", "other@example.net"), item(1, login="editor")))
    assert Post.objects.get().author.username == "editor-2"


def test_the_same_name_is_the_same_person_where_the_export_has_no_mail(import_text, editor):
    import_text(export(item(1, login="Editor")))
    assert Post.objects.get().author == editor


def test_the_admin_says_who_is_who(import_text, outsider):
    import_text(export(author("maren", "maren@example.net"), item(1)), author=["maren=outsider"])
    assert Post.objects.get().author == outsider
    import_text(export(author("maren", "maren@example.net"), item(1), item(2)))
    assert set(Post.objects.values_list("author", flat=True)) == {outsider.pk}


def test_authors_are_found_again_after_they_changed_their_name_and_mail(import_text):
    import_text(export(author("maren", "maren@example.net"), item(1)))
    User.objects.filter(username="maren").update(username="mh", email="mh@example.net")
    import_text(export(author("maren", "maren@example.net"), item(1), item(2)))
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    "login", ["Jörg Müller", "a", "admin", "maren@example.net", "x" * 60, "ΓΙΩΡΓΟΣ", "--dash--", "root", "名前"]
)
def test_odd_logins_become_valid_usernames(import_text, login):
    import_text(export(author(login, "someone@example.net"), item(1, login=login)))
    user = Post.objects.get().author
    validate_username(user.username)
    assert user.username.lower() not in {"admin", "root"}
    assert User.objects.count() == 1


def test_missing_wrong_and_double_mails_get_an_address_that_leads_nowhere(import_text):
    import_text(
        export(
            author("one", "same@example.net"),
            author("two", "same@example.net"),
            author("three", "not an address"),
            author("four"),
        )
    )
    emails = dict(User.objects.values_list("username", "email"))
    assert emails == {
        "one": "same@example.net",
        "two": "two@import.invalid",
        "three": "three@import.invalid",
        "four": "four@import.invalid",
    }


def test_an_item_without_a_creator_and_one_with_a_mangled_one_have_authors(import_text):
    import_text(export(author("maren", "maren@example.net"), item(1, login=""), item(2, login=">maren")))
    assert [post.author.username for post in Post.objects.order_by("id")] == ["imported", "maren"]


def test_a_deactivated_account_stays_so(import_text):
    user = UserFactory.create(username="gone", email="gone@example.net", is_active=False)
    import_text(export(author("maren", "gone@example.net"), item(1)))
    user.refresh_from_db()
    assert not user.is_active
