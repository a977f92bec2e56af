"""The PostgreSQL and the Redis of an installation: the ones its environment names, else embedded ones."""

import contextlib
import os

import psycopg
import redis

from jobcenter.runtime.postgres import Postgres
from jobcenter.runtime.redis import OLDEST as OLDEST_REDIS
from jobcenter.runtime.redis import ONCE, Redis
from jobcenter.runtime.setup import Unable
from jobcenter.runtime.state import State
from jobcenter.runtime.supervise import Part, Supervisor

OLDEST_POSTGRESQL = 15


def start_servers(state: State, supervisor: Supervisor, at_the_end: contextlib.ExitStack) -> dict[str, str]:
    """Start what is not given in the environment, and check what is; returns where both answer."""
    embedded: list[Postgres | Redis] = []
    if "REDIS_URL" in os.environ:
        check_redis(os.environ["REDIS_URL"])
    else:
        embedded.append(Redis(state.folder_for("redis")))
    if "DATABASE_URL" in os.environ:
        check_postgresql(os.environ["DATABASE_URL"])
    else:
        embedded.append(Postgres(state.folder_for("postgres")))
    for server in embedded:
        at_the_end.callback(server.stop)
        supervisor.start(Part(type(server).__name__, start=server.start, log=server.log))
    for server in embedded:
        server.wait()
    urls = {name: os.environ[name] for name in ("REDIS_URL", "DATABASE_URL") if name in os.environ}
    return urls | {server.variable: server.url for server in embedded}


def check_postgresql(url: str) -> None:
    try:
        with psycopg.connect(url, connect_timeout=5) as connection:
            version = connection.info.server_version // 10_000
    except psycopg.Error as error:
        raise Unable(f"DATABASE_URL cannot be used: {str(error).strip()}") from None
    if version < OLDEST_POSTGRESQL:
        raise Unable(f"DATABASE_URL is a PostgreSQL {version}; {OLDEST_POSTGRESQL} or newer is needed.")


def check_redis(url: str) -> None:
    try:
        with redis.Redis.from_url(url, socket_connect_timeout=5, retry=ONCE) as connection:
            version = str(connection.info("server")["redis_version"])
    except (redis.RedisError, ValueError) as error:
        raise Unable(f"REDIS_URL cannot be used: {error}") from None
    if tuple(map(int, version.split(".")[:2])) < OLDEST_REDIS:
        raise Unable(f"REDIS_URL is a Redis {version}; 6.2 or newer is needed.")
