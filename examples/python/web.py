"""A web service with FastAPI: every line that a request logs carries its id and path. See /orders/7."""

import logging
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from distributedlogs import DistributedLogger, LogHandler, bind
from fastapi import FastAPI, Request, Response

logger = DistributedLogger(service_name="shop", component_name="web")
logging.basicConfig(level=logging.INFO, handlers=[LogHandler(logger)])  # what libraries log comes along


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncIterator[None]:
    """Sends what waits when the server stops."""
    async with logger:
        yield


app = FastAPI(lifespan=lifespan)


@app.middleware("http")
async def request_context(request: Request, proceed: Callable[[Request], Awaitable[Response]]) -> Response:
    """Binds fields for everything that is logged within this request, in this task and those that it starts."""
    request_id = request.headers.get("x-request-id") or str(uuid.uuid4())
    with bind(request_id=request_id, path=request.url.path):
        response = await proceed(request)
        logger.info("Request done", status=response.status_code)
        return response


@app.get("/orders/{order}")
async def get_order(order: int) -> dict[str, int]:
    """An endpoint that only says what it does; who asked is said already."""
    logger.info("Reading the order", order=order)
    return {"order": order}
