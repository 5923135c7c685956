"""Images that people upload, and their renditions."""
