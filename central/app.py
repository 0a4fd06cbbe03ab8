"""The central as an ASGI application: the world is made here and handed to the routes."""

from __future__ import annotations

import asyncio
import ipaddress
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Final

from anyio import to_thread
from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse
from sqlalchemy import exc, text
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles

from central import metrics
from central.database import Database
from central.listening import listen
from central.opening import open_world
from central.problems import ProblemCode, Refusal
from central.web import bodies, pairing_page
from central.web.openapi import document, program_version
from central.web.pages import page
from central.web.routes import ROUTES
from central.web.service import Service, address_of
from central.world import Chance, Clock, Settings, World

_log = logging.getLogger(__name__)

KEYS_AGAIN_S: Final = 30
"""How often a process looks whether another has made a new signing key."""


def make_app(database_url: str, settings: Settings | None = None, clock: Clock | None = None, chance: Chance | None = None) -> FastAPI:
    """The application on a database, which is brought to this program's version first. It closes the database when it shuts down.

    Raises:
        NotReady: the database is newer than the program. ValueError: no database address.
    """
    database = Database(database_url)
    try:
        database.upgrade()
    finally:
        database.close()
    return app_of(open_world(database_url, settings, clock, chance))


def app_of(world: World) -> FastAPI:
    """The application of a world."""

    @asynccontextmanager
    async def life(_app: FastAPI) -> AsyncIterator[None]:
        world.hub.open()
        tasks = [asyncio.create_task(listen(world.database, world.hub)), asyncio.create_task(_keep_keys(world))]
        yield
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        world.database.close()

    app = FastAPI(title="e-Peken central", version=program_version(), openapi_url=None, docs_url=None, redoc_url=None, lifespan=life)
    app.state.world = world
    service = Service(world)
    for route in ROUTES:
        app.add_route(route.path, service.handler(route), methods=[route.method], name=route.name, include_in_schema=False)
    told = document()
    read = page(told)

    async def openapi(_request: Request) -> Response:
        return JSONResponse(told)

    async def docs(_request: Request) -> Response:
        return HTMLResponse(read)

    def health(_request: Request) -> Response:
        return _health(world)

    def figures(request: Request) -> Response:
        if not _may_measure(world.settings, address_of(request)):
            return bodies.refusal(Refusal(ProblemCode.NO_SUCH_PLACE))
        return Response(metrics.page(), media_type=metrics.CONTENT_TYPE)

    show_pairing, decide_pairing = pairing_page.handlers(world, service)
    app.add_route(pairing_page.PAGE, show_pairing, methods=["GET"], name="pair")
    app.add_route(pairing_page.PAGE, decide_pairing, methods=["POST"], name="pair_decide")
    app.add_route("/openapi.json", openapi)
    app.add_route("/docs", docs)
    app.add_route("/health", health)
    app.add_route("/metrics", figures)
    if world.settings.updates:
        # signed by the city's office, so nobody is asked who they are; ranges and ETags let a weak line go on
        app.mount("/updates", StaticFiles(directory=world.settings.updates), name="updates")
    app.add_exception_handler(HTTPException, _no_such_place)
    app.add_exception_handler(Exception, _fault)
    return app


async def _keep_keys(world: World) -> None:
    """Another process may make a new signing key, or retire the one that signs."""
    while True:
        await asyncio.sleep(KEYS_AGAIN_S)
        try:
            await to_thread.run_sync(_reload_keys, world)
        except (exc.OperationalError, exc.InterfaceError, exc.TimeoutError) as error:
            _log.warning("the keys could not be looked at", extra={"kind": type(error).__name__})


def _reload_keys(world: World) -> None:
    with world.database.engine.connect() as connection:
        world.keys.reload(connection)


def _may_measure(settings: Settings, address: str) -> bool:
    """Whether figures are told to this address: to this machine, and to whom the operator named."""
    try:
        asker = ipaddress.ip_address(address)
    except ValueError:
        return False
    return asker.is_loopback or any(asker in ipaddress.ip_network(net) for net in settings.metrics_to)


def _health(world: World) -> Response:
    try:
        with world.database.engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    except (exc.OperationalError, exc.InterfaceError, exc.TimeoutError) as error:
        _log.warning("the database does not answer", exc_info=error)
        return bodies.refusal(Refusal(ProblemCode.BUSY, retry_after=5))
    return JSONResponse({"status": "ok", "version": program_version()})


async def _no_such_place(_request: Request, error: Exception) -> Response:
    wrong_method = isinstance(error, HTTPException) and error.status_code == 405
    told = bodies.refusal(Refusal(ProblemCode.METHOD_NOT_ALLOWED if wrong_method else ProblemCode.NO_SUCH_PLACE))
    if isinstance(error, HTTPException) and error.headers:
        told.headers.update(error.headers)
    return told


async def _fault(_request: Request, _error: Exception) -> Response:
    """The one boundary for bugs: the other side is told in our form, and the server's log has the trace."""
    return bodies.refusal(Refusal(ProblemCode.INTERNAL))
