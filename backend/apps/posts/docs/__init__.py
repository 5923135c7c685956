"""What the schema says of posts and what belongs to them."""
