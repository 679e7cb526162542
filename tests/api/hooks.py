"""How schemathesis writes bodies for which it has no form: as they are; every other bulk body is a good one."""

import json

import schemathesis
from schemathesis.transport.serialization import serialize_binary

BINARY = ("application/x-protobuf", "application/vnd.dlogs.batch")


@schemathesis.serializer("application/x-ndjson")
def lines(_context: object, value: object) -> bytes:
    """A text of even length is the message of two documents below their actions; any other goes as it is."""
    if not isinstance(value, str) or len(value) % 2:
        return serialize_binary(value)
    pair = [json.dumps({"create": {"_id": value}}), json.dumps({"message": value})]
    return "".join(line + "\n" for line in pair * 2).encode()


@schemathesis.serializer(*BINARY)
def binary(_context: object, value: object) -> bytes:
    """Bytes as they are."""
    return serialize_binary(value)
