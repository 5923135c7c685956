"""The rows of our posts, as a model without any of our code."""

from django.db import models


class Post(models.Model):
    title = models.CharField(max_length=300)
    slug = models.CharField(max_length=120, unique=True)
    excerpt = models.CharField(max_length=600)
    body = models.TextField()
    body_format = models.CharField(max_length=10)
    body_html = models.TextField()
    cover_url = models.CharField(max_length=1000)
    cover_alt = models.CharField(max_length=500)
    author_id = models.BigIntegerField()
    category_id = models.BigIntegerField(null=True)
    status = models.CharField(max_length=10)
    published_at = models.DateTimeField(null=True)
    reading_minutes = models.PositiveSmallIntegerField()
    featured = models.BooleanField()
    canonical_url = models.URLField()
    language = models.CharField(max_length=12)
    comment_policy = models.CharField(max_length=10)
    comment_count = models.PositiveIntegerField()
    like_count = models.PositiveIntegerField()
    version = models.PositiveIntegerField()
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "posts_post"

    def __str__(self) -> str:
        return self.title
