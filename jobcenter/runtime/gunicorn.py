"""How gunicorn serves the portal under `manage.py up`, which hands it a listening socket."""

import os

bind = f"fd://{os.environ['LISTENING_SOCKET']}"
workers = 2
threads = int(os.environ["DATABASE_POOL"])
worker_class = "gthread"
preload_app = True
timeout = 60
graceful_timeout = 8
control_socket_disable = True
