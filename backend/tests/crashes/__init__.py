"""What is left when a process dies in the middle of publishing.

make crashes                             every step killed at every point, on SQLite and on PostgreSQL
python -m tests.crashes --sample 6       the same on the database of DATABASE_URL, at six points of each step

A point is the moment before an SQL statement or a commit is sent, and the moment after a commit. A step (a request to
publish, the worker's settling of due posts, …) runs in a process forked from this one, which kills itself with SIGKILL
at the N-th point, for N from the first to the last. After each kill

1. what the database holds is the state from before the step or the state from after it, and nothing between;
2. the step is repeated as a client or the next worker would, and the outbox drained;
3. the state is then the one from after the step, each event is there once, every message was carried out, and what
   its subscriber does has been done once.

`tests.crashes.telling` does the like to workers that tell people of things, at points drawn by lot.
"""
