"""A route as an HTTP handler: body, thread, the route's work, answer or problem, one line in the log. Knows no route by name."""

from __future__ import annotations

import logging
import time
from collections.abc import Awaitable, Callable
from typing import Final

import anyio.to_thread
from anyio import CapacityLimiter
from fastapi import Request, Response
from sqlalchemy import exc

from central.database import CONNECTIONS
from central.problems import ProblemCode, Refusal
from central.proofs import Asked, nonce
from central.tokens import bearer
from central.web import bodies
from central.web.routes import Call, Route, Who
from central.world import World

_log = logging.getLogger(__name__)

MOST_WAITING: Final = 200
"""Requests that may wait for a thread; more are told to come again."""
COME_AGAIN_S: Final = 5


class Service:
    """Serves routes out of one world."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._threads = CapacityLimiter(CONNECTIONS)

    def handler(self, route: Route) -> Callable[[Request], Awaitable[Response]]:
        """The HTTP handler of a route."""

        async def handle(request: Request) -> Response:
            began = time.perf_counter()
            response = await self._respond(route, request)
            if route.who is not Who.BUYER:
                world = self._world
                response.headers["DPoP-Nonce"] = nonce(world.keys, world.clock.now(), world.settings.nonce_s)
            spent = round((time.perf_counter() - began) * 1000, 1)
            _log.info("request", extra={"route": route.name, "status": response.status_code, "ms": spent})
            return response

        return handle

    async def _respond(self, route: Route, request: Request) -> Response:
        try:
            body = await bodies.read_body(request)
            if self._threads.statistics().tasks_waiting >= MOST_WAITING:
                raise Refusal(ProblemCode.BUSY, retry_after=COME_AGAIN_S)
            return await anyio.to_thread.run_sync(self._answer, route, request, body, limiter=self._threads)
        except Refusal as refused:
            return bodies.refusal(refused, route.who.scheme)

    def _answer(self, route: Route, request: Request, body: bytes) -> Response:
        message = None
        if route.request is not None:
            message = bodies.read_message(bodies.unpack(body, request.headers.get("content-encoding", "").lower()), route.request)
        call = Call(self._asked(route, request), message, request.path_params)
        try:
            told = route.work(self._world, call)
        except (exc.OperationalError, exc.InterfaceError, exc.TimeoutError) as error:
            # locked for too long, restarted, or gone: what was sent is not taken, and may be sent again
            _log.warning("the database does not answer", exc_info=error)
            raise Refusal(ProblemCode.BUSY, retry_after=COME_AGAIN_S) from error
        except Refusal:
            raise
        except Exception as error:
            # the boundary for bugs: nothing was committed, the log has the trace, and the other side is told in our form
            _log.error("a fault", extra={"route": route.name}, exc_info=error)
            raise Refusal(ProblemCode.INTERNAL) from error
        if isinstance(told, Refusal):
            raise told
        return bodies.answer(told, "gzip" in request.headers.get("accept-encoding", ""))

    def _asked(self, route: Route, request: Request) -> Asked:
        place = self._world.settings.public_url or f"{request.url.scheme}://{request.url.netloc}"
        return Asked(
            method=request.method,
            url=place + request.url.path,
            proof=request.headers.get("dpop", ""),
            access_token=bearer(request.headers.get("authorization", ""), route.who.scheme),
            address=request.client.host if request.client is not None else "",
        )
