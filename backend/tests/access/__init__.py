"""Who may do what: every route and method of the API, for every role, in every state, with the expected status.

One module an area. Each has an `AREA`: its rows, and how to make the call of a row. `test_matrix` collects them all and
fails for a route or method that no row names: nothing is reachable without a decision.
"""
