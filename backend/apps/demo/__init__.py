"""The demo publication that a first start loads."""
