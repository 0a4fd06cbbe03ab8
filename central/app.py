"""The central as an ASGI application: the world is made here and handed to the routes."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse
from sqlalchemy import exc, text
from starlette.exceptions import HTTPException

from central.database import Database
from central.opening import open_world
from central.problems import ProblemCode, Refusal
from central.web import bodies
from central.web.openapi import document, program_version
from central.web.pages import page
from central.web.routes import ROUTES
from central.web.service import Service
from central.world import Chance, Clock, Settings, World

_log = logging.getLogger(__name__)


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
        yield
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

    app.add_route("/openapi.json", openapi)
    app.add_route("/docs", docs)
    app.add_route("/health", health)
    app.add_exception_handler(HTTPException, _no_such_place)
    app.add_exception_handler(Exception, _fault)
    return app


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
    return bodies.refusal(Refusal(ProblemCode.METHOD_NOT_ALLOWED if wrong_method else ProblemCode.NO_SUCH_PLACE))


async def _fault(_request: Request, _error: Exception) -> Response:
    """The one boundary for bugs: the other side is told in our form, and the server's log has the trace."""
    return bodies.refusal(Refusal(ProblemCode.INTERNAL))
