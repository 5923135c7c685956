"""What other apps' doings mean for feeds."""
