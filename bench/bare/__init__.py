"""What ours is measured against: a new Django project with one DRF ModelViewSet, over the same table."""
