"""Tags and the tree of categories."""
