"""A small publication in several languages, and what searching it must find on either engine."""

from datetime import UTC, datetime

from apps.accounts.models import User
from apps.accounts.tests.factories import UserFactory
from apps.comments.models import Comment
from apps.comments.services import add_comment
from apps.posts.models import Post
from apps.posts.tests.factories import make_post
from apps.search.services.building import fill
from apps.tags.services import create_category

POSTS = {
    "tide": (
        "Reading the tide tables",
        "Sailors **publish** them for every harbour; running water waits for no one.",
        "en",
        ["harbours", "water"],
        "2021-03-05",
        "mina",
    ),
    "harbour": (
        "The harbour wall",
        "Three masons were repairing the wall that day. Harbour, harbour, harbour!",
        "en",
        ["harbours"],
        "2022-06-01",
        "mina",
    ),
    "publishing": (
        "On publishing",
        "What a small publication needs: patience, and a well-known printer.",
        "en",
        ["craft"],
        "2023-01-15",
        "otto",
    ),
    "resume": (
        "Résumé of a naïve café owner",
        "He wrote his résumé in São Paulo. Smørrebrød, Łódź.",
        "en",
        [],
        "2023-05-20",
        "otto",
    ),
    "haeuser": (
        "Häuser am Fluss",
        "Die alten Häuser und ihre Gärten; ein Haus steht leer. Läuft hier jemand?",
        "de",
        ["Städte"],
        "2024-02-02",
        "otto",
    ),
    "chevaux": (
        "Les chevaux du marais",
        "Un cheval traverse l’étang. Nous mangeons des crêpes.",
        "fr",
        [],
        "2024-03-03",
        "mina",
    ),
    "libros": (
        "Libros y canciones",
        "El niño cantaba una canción; los libros estaban en la mañana.",
        "es",
        [],
        "2024-04-04",
        "mina",
    ),
    "tokyo": ("東京の秋", "東京タワーの近くで秋の本を読みました。", "ja", [], "2024-05-05", "otto"),
    "moscow": ("Книги и города", "Старая книга о городе Москва.", "ru", [], "2024-06-06", "otto"),
    "arabic": ("مدينة الكتب", "كِتابٌ قديم عن البحر.", "ar", [], "2024-07-07", "otto"),
    "markup": (
        "Tags <b>bold</b> & “quotes”",
        "Use `<script>alert(1)</script>` with care; e-mail me: C3PO, 42.",
        "en",
        ["craft"],
        "2024-08-08",
        "mina",
    ),
    "novel": ("A long novel", "word " * 3000 + "lighthouse keeper at the very end.", "en", [], "2024-09-09", "mina"),
}
# fmt: off
EXPECTED: dict[str, list[str]] = {
    # stemming, by the language of the post
    "harbour": ["harbour", "tide"],
    "Harbours": ["harbour", "tide"],
    "publishes ": ["publishing", "tide"],
    "publication ": ["publishing"],
    "ran": [],
    "runs ": ["tide"],
    "haus": ["haeuser"],
    "Häusern ": ["haeuser"],
    "garten ": ["haeuser"],
    "cheval ": ["chevaux"],
    "mangeons ": ["chevaux"],
    "canciones ": ["libros"],
    "книга ": ["moscow"],
    "книги ": ["moscow"],
    # case and accents
    "RESUME": ["resume"],
    "résumé": ["resume"],
    "re\u0301sume\u0301": ["resume"],
    "naive cafe": ["resume"],
    "sao paulo": ["resume"],
    "smorrebrod": ["resume"],
    "lodz": ["resume"],
    "hauser": ["haeuser"],
    "etang": ["chevaux"],
    "manana nino": ["libros"],
    "كتاب ": ["arabic"],
    # scripts without spaces
    "東京": ["tokyo"],
    "秋の本": ["tokyo"],
    "京東": [],
    # every word; phrases
    "harbour wall": ["harbour"],
    "wall harbour": ["harbour"],
    "harbour printer": [],
    '"harbour wall"': ["harbour"],
    '"wall harbour"': [],
    '"tide tables" water': ["tide"],
    "well-known": ["publishing"],
    '"known well"': [],
    "e-mail": ["markup"],
    "mail": ["markup"],
    "c3po 42": ["markup"],
    # the beginning of a word, as one types
    "publ": ["publishing", "tide"],
    "harb": ["harbour", "tide"],
    "the wa": ["harbour", "tide"],
    "publ ": [],
    '"publ"': [],
    "maso": ["harbour"],
    # a slip
    "harbuor": ["harbour", "tide"],
    "publshing": ["publishing", "tide"],
    "resumme": ["resume"],
    "harbor": ["harbour", "tide"],
    "pateince printer": ["publishing"],
    "lighthuose": ["novel"],
    "xyzzyq": [],
    # authors and tags
    "mina": ["novel", "markup", "libros", "chevaux", "harbour", "tide"],
    "Okafor tide": ["tide"],
    "author:mina harbour": ["harbour", "tide"],
    'author:"Mina Okafor" harbour': ["harbour", "tide"],
    "author:otto harbour": [],
    "author:nobody harbour": [],
    "tag:harbours": ["harbour", "tide"],
    "tag:craft": ["markup", "publishing"],
    "tag:craft tag:harbours": [],
    "tag:harbours water": ["tide"],
    "tag:städte": ["haeuser"],
    "tag:nothing harbour": [],
    # categories, with those below them
    "category:coast": ["harbour", "tide"],
    "category:Coast": ["harbour", "tide"],
    'category:"The walls"': ["harbour"],
    "category:walls harbour": ["harbour"],
    "category:walls tide": [],
    "category:inland": [],
    "category:nothing harbour": [],
    # what must not be there
    "harbour -wall ": ["tide"],
    "harbour -walls": ["tide"],
    "harbour -wal": ["harbour", "tide"],
    'harbour -"harbour wall"': ["tide"],
    'harbour -"wall harbour"': ["harbour", "tide"],
    "publishing -well-known": ["tide"],
    "publishing -known-well": ["publishing", "tide"],
    "publishing -RÉSUMÉ -tide": ["publishing"],
    "harbour -tag:water": ["harbour"],
    "tag:craft -author:mina": ["publishing"],
    "tag:craft -author:nobody": ["markup", "publishing"],
    "harbour -category:walls": ["tide"],
    "harbour -category:coast": [],
    "harbour -before:2022": ["harbour"],
    "harbour -after:2022": ["tide"],
    "harbour -before:nonsense": ["harbour", "tide"],
    "harbour -harbour": [],
    "秋 -東京": [],
    "harbour -東京": ["harbour", "tide"],
    "author:otto -tag:craft -книга -東京": ["arabic", "haeuser", "resume"],
    "-the": ["markup", "arabic", "moscow", "tokyo", "libros", "chevaux", "haeuser", "resume", "publishing"],
    '-author:otto -"the" after:2022-07': ["markup", "libros", "chevaux"],
    '-"small publication" before:2023-02': ["harbour", "tide"],
    "-harbour before:2021": [],
    "-nothingknown before:2022": ["tide"],
    "harbour -": ["harbour", "tide"],
    "harbour - wall ": ["harbour"],
    "harbour --wall ": ["tide"],
    # time
    "harbour before:2022": ["tide"],
    "harbour before:2022-06-01": ["tide"],
    "harbour before:2022-06-02": ["harbour", "tide"],
    "harbour after:2022-06-01": ["harbour"],
    "harbour after:2021 before:2022": ["tide"],
    "after:2024-09": ["novel"],
    "harbour after:2030": [],
    "before:nonsense": [],
    # deep in a long text
    "lighthouse keeper": ["novel"],
    '"lighthouse keeper"': ["novel"],
    # nothing to look for
    "": [],
    "  ": [],
    '"': [],
    '""': [],
    "!?": [],
    "-": [],
    "-- -": [],
    '-""': [],
}
# fmt: on
COMMENTS = {
    "patient": ("tide", "Patience is what the harbour teaches."),
    "garten": ("haeuser", "Meine Gärten sind größer."),
}
EXPECTED_COMMENTS: dict[str, list[str]] = {
    "harbour": ["patient"],
    "patience ": ["patient"],
    "garten ": ["garten"],
    "grosser ": ["garten"],
    "author:reader": ["garten", "patient"],
    "author:mina": [],
    "tag:harbours harbour": [],
    "category:coast harbour": [],
    "tide": [],
    "harbour -patience": [],
    "-harbour": ["garten"],
    "author:reader -tag:harbours -garten": ["patient"],
    "-author:reader": [],
}


def make_publication(reader: User) -> tuple[dict[int, str], dict[int, str]]:
    """The names of the posts and of the comments, by id."""
    people = {
        "mina": UserFactory.create(username="mina", display_name="Mina Okafor", roles=["author"]),
        "otto": UserFactory.create(username="otto", display_name="Otto Lindqvist", roles=["author"]),
    }
    posts: dict[str, Post] = {}
    coast = create_category(name="Coast")
    places = {
        "tide": coast,
        "harbour": create_category(name="The walls", slug="walls", parent=coast),
        "inland": create_category(name="Inland"),
    }
    for name, (title, body, language, tags, day, author) in POSTS.items():
        place = places.get(name)
        post = make_post(people[author], title=title, body=body, language=language, tags=tags, category=place)
        moment = datetime.fromisoformat(day).replace(hour=12, tzinfo=UTC)
        Post.objects.filter(pk=post.pk).update(published_at=moment)
        posts[name] = post
    comments: dict[int, str] = {}
    for name, (under, body) in COMMENTS.items():
        comment: Comment = add_comment(post=posts[under], author=reader, body=body)
        comments[comment.pk] = name
    for _ in fill():
        pass
    return {post.pk: name for name, post in posts.items()}, comments
