"""What the schema says of images."""
