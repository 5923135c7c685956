"""What is shown of a person."""
