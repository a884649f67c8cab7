"""A connection that asks a server over TLS, one question after the other."""

import asyncio
import functools
import json
import ssl


@functools.cache
def trust(authority):
    return ssl.create_default_context(cafile=authority)


class Client:
    def __init__(self, port, authority, token=None):
        self.port, self.authority, self.token, self.stream = port, authority, token, None

    async def send(self, method, path, body=None, tag=None):
        """Status, headers by their names in lower case, and the body's bytes."""
        if self.stream is None:
            self.stream = await asyncio.wait_for(
                asyncio.open_connection("127.0.0.1", self.port, ssl=trust(self.authority), server_hostname="localhost"), 30)
        reader, writer = self.stream
        content = b"" if body is None else json.dumps(body).encode()
        lines = [f"{method} {path} HTTP/1.1", "Host: localhost", f"Content-Length: {len(content)}"]
        if self.token:
            lines.append(f"Authorization: Bearer {self.token}")
        if body is not None:
            lines.append("Content-Type: application/json")
        if tag:
            lines.append(f"If-None-Match: {tag}")
        writer.write(("\r\n".join(lines) + "\r\n\r\n").encode() + content)
        first, *lines = (await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 30)).decode("latin-1").split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines if line)}
        status = int(first.split()[1])
        content = b"" if status in (204, 304) else await asyncio.wait_for(self.body(reader, headers), 30)
        return status, headers, content

    @staticmethod
    async def body(reader, headers):
        if headers.get("transfer-encoding") != "chunked":
            return await reader.readexactly(int(headers.get("content-length", 0)))
        parts = []
        while length := int(await reader.readline(), 16):
            parts.append(await reader.readexactly(length))
            await reader.readline()
        await reader.readline()
        return b"".join(parts)

    async def ask(self, method, path, body=None):
        """What the server answers in JSON; an error for a status that is not good."""
        status, _, content = await self.send(method, path, body)
        if status >= 300:
            raise ValueError(f"{method} {path}: status {status} {content[:200].decode(errors='replace')}")
        return json.loads(content) if content else None

    def hang_up(self):
        if self.stream:
            self.stream[1].transport.abort()
            self.stream = None
