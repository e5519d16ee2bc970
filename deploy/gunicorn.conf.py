"""gunicorn of one node, for its role: `gunicorn --config deploy/gunicorn.conf.py cms.wsgi`.

SIGTERM lets requests under way finish. For new code a node is drained and started again: at SIGHUP
requests would wait until the new workers have loaded it.
"""

from __future__ import annotations

import os

bind = os.environ.get("BIND_TO", "127.0.0.1:8000")
workers = int(os.environ.get("WORKERS", "2"))
worker_class = "gthread"
threads = int(os.environ.get("THREADS", "8"))
# A request that is under way when the node is told to stop.
graceful_timeout = 30
timeout = 60
# Longer than whatever stands in front keeps an idle connection, so that it is never the one who
# sends a request into a connection that was just closed.
keepalive = 75
# No worker writes to a disk to say that it is alive.
worker_tmp_dir = "/dev/shm"  # noqa: S108 - gunicorn makes a file of its own there
max_requests = 0
# The proxies in front say who asked; nobody else can reach the port.
forwarded_allow_ips = os.environ.get("PROXIES", "127.0.0.1")
control_socket_disable = True
# No log of who read what: nginx counts, without addresses.
accesslog = None
errorlog = "-"
loglevel = "warning"
