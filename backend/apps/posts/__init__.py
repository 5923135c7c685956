"""Posts: drafts, publishing, slugs and their history."""
