"""A route as an HTTP handler: rates, body, thread, the route's work, answer or problem, one line in the log. Knows no route by name."""

from __future__ import annotations

import logging
import time
from collections.abc import Awaitable, Callable
from typing import Any, Final

import anyio.to_thread
from anyio import CapacityLimiter
from fastapi import Request, Response
from sqlalchemy import exc

from central import metrics
from central.database import CONNECTIONS
from central.pace import FULL
from central.problems import ProblemCode, Refusal
from central.proofs import Asked, nonce
from central.tokens import bearer
from central.waiting import Waiter
from central.web import bodies
from central.web.rates import Buckets
from central.web.route import Call, Route
from central.world import World
from pos.sync import protocol as wire

_log = logging.getLogger(__name__)

MOST_WAITING: Final = 200
"""Requests that may wait for a thread; more are told to come again."""
COME_AGAIN_S: Final = 5


class Service:
    """Serves routes out of one world."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._threads = CapacityLimiter(CONNECTIONS)
        self._tokens = Buckets(*world.settings.rate_device, now=world.clock.now)
        self._addresses = Buckets(*world.settings.rate_address, now=world.clock.now)
        world.load.measure = self._load

    def handler(self, route: Route) -> Callable[[Request], Awaitable[Response]]:
        """The HTTP handler of a route."""

        async def handle(request: Request) -> Response:
            began = time.perf_counter()
            response = await self._respond(route, request)
            if route.who.is_till:
                world = self._world
                response.headers["DPoP-Nonce"] = nonce(world.keys, world.clock.now(), world.settings.nonce_s)
            self._note(route, response, time.perf_counter() - began)
            return response

        return handle

    async def in_thread(self, work: Callable[[], Any]) -> Any:
        """What `work` gives, in one of the threads that have a connection to the database.

        Raises:
            Refusal: BUSY, or as `work`.
        """
        if self._queued() >= MOST_WAITING:
            raise Refusal(ProblemCode.BUSY, retry_after=COME_AGAIN_S)
        return await anyio.to_thread.run_sync(self._guarded, work, limiter=self._threads)

    def address_may(self, request: Request) -> None:
        """Count an anonymous request. Raises Refusal TOO_MANY_REQUESTS."""
        _limit(self._addresses.wait(address_of(request)), "address")

    def place(self, request: Request) -> str:
        """The server's own address, as the other side knows it."""
        return self._world.settings.public_url or f"{request.url.scheme}://{request.url.netloc}"

    # --- one request ------------------------------------------------------------------------------------------------

    async def _respond(self, route: Route, request: Request) -> Response:
        try:
            self._may_ask(route, request)
            body = await bodies.read_body(request)
            told = await self.in_thread(lambda: self._work(route, request, body))
            self._was_good(route, request)
            if isinstance(told, Waiter):
                told = wire.WaitAnswer(changed=await self._wait(told))
            return bodies.answer(told, "gzip" in request.headers.get("accept-encoding", ""))
        except Refusal as refused:
            if refused.status == 401 and refused.code is not ProblemCode.USE_DPOP_NONCE and "authorization" in request.headers:
                # who shows what is not good is as anonymous as who shows nothing, and was not counted at the door
                self._addresses.take(address_of(request))
            return bodies.refusal(refused, route.who.scheme)

    def _may_ask(self, route: Route, request: Request) -> None:
        token = bearer(request.headers.get("authorization", ""), route.who.scheme)
        if not token:
            self.address_may(request)
        elif self._tokens.knows(token):
            # a token that was good a while ago: a shop must not be shut out by its neighbours behind one address
            _limit(self._tokens.wait(token), "token")
        else:
            _limit(self._addresses.empty(address_of(request)), "address")

    def _was_good(self, route: Route, request: Request) -> None:
        token = bearer(request.headers.get("authorization", ""), route.who.scheme)
        if token and not self._tokens.knows(token):
            self._tokens.take(token)

    async def _wait(self, waiter: Waiter) -> bool:
        metrics.waiting.inc()
        try:
            return await self._world.hub.wait(waiter)
        finally:
            metrics.waiting.dec()

    def _work(self, route: Route, request: Request, body: bytes) -> Any:
        message = None
        if route.request is not None:
            message = bodies.read_message(bodies.unpack(body, request.headers.get("content-encoding", "").lower()), route.request)
        call = Call(self._asked(route, request), message, request.path_params, request.query_params, self.place(request))
        told = route.work(self._world, call)
        if isinstance(told, Refusal):
            raise told
        if isinstance(told, wire.SyncAnswer):
            _note_sync(message, told)
        return told

    def _guarded(self, work: Callable[[], Any]) -> Any:
        try:
            return work()
        except (exc.OperationalError, exc.InterfaceError, exc.TimeoutError) as error:
            # locked for too long, restarted, or gone: what was sent is not taken, and may be sent again
            _log.warning("the database does not answer", exc_info=error)
            raise Refusal(ProblemCode.BUSY, retry_after=COME_AGAIN_S) from error
        except Refusal:
            raise
        except Exception as error:
            # the boundary for bugs: nothing was committed, the log has the trace, and the other side is told in our form
            _log.error("a fault", exc_info=error)
            raise Refusal(ProblemCode.INTERNAL) from error

    def _asked(self, route: Route, request: Request) -> Asked:
        return Asked(
            method=request.method,
            url=self.place(request) + request.url.path,
            proof=request.headers.get("dpop", ""),
            access_token=bearer(request.headers.get("authorization", ""), route.who.scheme),
            address=address_of(request),
        )

    def _note(self, route: Route, response: Response, spent: float) -> None:
        metrics.requests.labels(route.name, str(response.status_code)).inc()
        if route.answer is not wire.WaitAnswer:
            metrics.seconds.labels(route.name).observe(spent)
        metrics.queued.set(self._queued())
        _log.info("request", extra={"route": route.name, "status": response.status_code, "ms": round(spent * 1000, 1)})

    def _queued(self) -> int:
        return self._threads.statistics().tasks_waiting

    def _load(self) -> int:
        return self._queued() * FULL // MOST_WAITING


def address_of(request: Request) -> str:
    """Where a request comes from; behind a proxy, what it says."""
    return request.client.host if request.client is not None else ""


def _limit(seconds: int, by: str) -> None:
    if seconds:
        metrics.limited.labels(by).inc()
        raise Refusal(ProblemCode.TOO_MANY_REQUESTS, retry_after=seconds)


def _note_sync(request: Any, answer: wire.SyncAnswer) -> None:
    if isinstance(request, wire.SyncRequest) and request.batch is not None:
        metrics.note_operations(request.batch.operations, answer.results)
    if answer.fenced_epoch:
        metrics.fenced.inc()
