// The server on a port of this machine, asked through sockets.
#include "CMicroHTTPD.h"

#include <arpa/inet.h>
#include <errno.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#include "check.h"

enum { LIMIT = 3, STREAMS = 2 };

// What the handler is told, and what it answers: everything it was told.
static cmhd_reply echo(void *context, const cmhd_request *request) {
    cmhd_reply reply = {.status = 200, .content_type = "text/plain"};
    int *calls = context;
    ++*calls;
    if (strcmp(request->method, "GET") != 0) reply.status = 405, reply.allow = "GET";
    if (strcmp(request->path, "/policy") == 0) reply.policy = "default-src 'none'", reply.retry_after = "7";
    if (strcmp(request->path, "/stream") == 0) {
        reply.is_stream = request->streams < STREAMS;
        if (!reply.is_stream) reply.status = 503;
    }
    char *text = malloc(300);
    if (text)
        reply.length = (size_t)snprintf(
            text, 300, "%s %s %s%s", request->method, request->path, request->host ? request->host : "-",
            request->language ? request->language : "");
    reply.body = text;
    return reply;
}

static struct sockaddr_in loopback(uint16_t port) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

static int connected(uint16_t port) {
    const struct sockaddr_in address = loopback(port);
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const struct timeval patience = {.tv_sec = 20};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (connect(fd, (const struct sockaddr *)&address, sizeof address) == 0) return fd;
    close(fd);
    return -1;
}

/// Sends, and reads the head and the body that its Content-Length says; how many bytes there are, 0 when the server hung up.
static size_t asked(int fd, const char *request, char *answer, size_t size) {
    size_t got = 0;
    if (send(fd, request, strlen(request), MSG_NOSIGNAL) < 0) return 0;
    for (;;) {
        const ssize_t count = recv(fd, answer + got, size - 1 - got, 0);
        if (count <= 0) return got;
        answer[got += (size_t)count] = 0;
        const char *end = strstr(answer, "\r\n\r\n"), *length = strstr(answer, "Content-Length: ");
        if (end && length && got >= (size_t)(end + 4 - answer) + strtoul(length + 16, NULL, 10)) return got;
    }
}

static void answers(uint16_t port, int *calls) {
    char answer[2000];
    const int fd = connected(port);
    require(fd >= 0, "a client is let in");
    for (int again = 0; again < 2; again++) {
        asked(fd, "GET /a%20b?c HTTP/1.1\r\nHost: here\r\n\r\n", answer, sizeof answer);
        check(strncmp(answer, "HTTP/1.1 200 ", 13) == 0,
              "a GET is answered, on one connection more than once: %.20s", answer);
        check(strstr(answer, "\r\n\r\nGET /a b here") != NULL, "the handler heard method, path and host: %s", answer);
    }
    check(strstr(answer, "Content-Type: text/plain\r\n") && strstr(answer, "Cache-Control: no-store\r\n") &&
              strstr(answer, "X-Content-Type-Options: nosniff\r\n") && !strstr(answer, "Allow: "),
          "the headers are as stated");
    check(!strstr(answer, "Content-Security-Policy") && !strstr(answer, "Retry-After"), "and no others");
    asked(fd, "DELETE / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", answer, sizeof answer);
    check(strncmp(answer, "HTTP/1.1 405 ", 13) == 0 && strstr(answer, "\r\nAllow: GET\r\n"),
          "405 says what is allowed: %.20s", answer);
    check(strstr(answer, "\r\n\r\nDELETE / -") != NULL, "two hosts are none");
    asked(fd, "GET /policy HTTP/1.1\r\nHost: a\r\n\r\n", answer, sizeof answer);
    check(strstr(answer, "\r\nContent-Security-Policy: default-src 'none'\r\n") && strstr(answer, "\r\nRetry-After: 7\r\n"),
          "a policy and a pause are told: %s", answer);
    close(fd);
    check(*calls == 4, "the handler was called four times, not %d", *calls);

    const int posting = connected(port);
    asked(posting, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n", answer, sizeof answer);
    check(strncmp(answer, "HTTP/1.1 405 ", 13) == 0, "a body is not waited for: %.20s", answer);
    check(recv(posting, answer, sizeof answer, 0) == 0, "and ends the connection");
    close(posting);

    static char long_request[20000] = "GET / HTTP/1.1\r\nX: ";
    memset(long_request + strlen(long_request), 'x', 16000);
    strcat(long_request, "\r\n\r\n");
    const int flooding = connected(port);
    const size_t got = asked(flooding, long_request, answer, sizeof answer);
    check(got == 0 || strncmp(answer, "HTTP/1.1 4", 10) == 0, "headers beyond the limit are refused: %.20s", answer);
    close(flooding);
}

static void limit(uint16_t port) {
    char answer[2000];
    int clients[LIMIT + 1];
    for (int i = 0; i <= LIMIT; i++) {
        clients[i] = connected(port);
        require(clients[i] >= 0, "client %d is let in", i);
        asked(clients[i], "GET /x HTTP/1.1\r\nHost: a\r\n\r\n", answer, sizeof answer);
        check(strncmp(answer, "HTTP/1.1 200 ", 13) == 0, "client %d is answered", i);
    }
    check(recv(clients[0], answer, sizeof answer, 0) == 0, "one more than the limit ends the oldest");
    for (int i = 1; i <= LIMIT; i++) {
        asked(clients[i], "GET /y HTTP/1.1\r\nHost: a\r\n\r\n", answer, sizeof answer);
        check(strstr(answer, "GET /y a") != NULL, "client %d is still served", i);
    }
    for (int i = 0; i <= LIMIT; i++) close(clients[i]);
}

/// Reads until a text has come; false when the server hangs up first.
static bool hears(int fd, const char *text) {
    char got[8192];
    size_t length = 0;
    while (length < sizeof got - 1) {
        const ssize_t count = recv(fd, got + length, sizeof got - 1 - length, 0);
        if (count <= 0) return false;
        got[length += (size_t)count] = 0;
        if (strstr(got, text)) return true;
    }
    return false;
}

static const char stream_request[] = "GET /stream HTTP/1.1\r\nHost: a\r\nAccept-Language: de\r\n\r\n";

static void streams(cmhd_server *server, uint16_t port) {
    char answer[2000];
    int clients[STREAMS];
    for (int i = 0; i < STREAMS; i++) {
        clients[i] = connected(port);
        require(clients[i] >= 0, "listener %d is let in", i);
        send(clients[i], stream_request, strlen(stream_request), MSG_NOSIGNAL);
        check(hears(clients[i], "GET /stream ade"), "listener %d hears the beginning, with the language", i);
    }
    check(cmhd_stream_count(server) == STREAMS, "both are counted");
    const int refused = connected(port);
    asked(refused, stream_request, answer, sizeof answer);
    check(strncmp(answer, "HTTP/1.1 503 ", 13) == 0, "the handler may refuse one more: %.20s", answer);
    close(refused);
    // Longer than the pause after which an idle connection ends.
    sleep(2);
    cmhd_publish(server, "news", 4);
    for (int i = 0; i < STREAMS; i++) check(hears(clients[i], "news"), "listener %d hears the news", i);
    limit(port);
    cmhd_publish(server, "more", 4);
    for (int i = 0; i < STREAMS; i++) check(hears(clients[i], "more"), "listener %d outlives the oldest", i);

    close(clients[0]);
    for (int tries = 0; tries < 500 && cmhd_stream_count(server) == STREAMS; tries++) {
        cmhd_publish(server, ".", 1);
        usleep(10000);
    }
    check(cmhd_stream_count(server) == STREAMS - 1, "who has gone is no listener any more");
    static char much[1000];
    memset(much, 'x', sizeof much);
    for (int tries = 0; tries < 100000 && cmhd_stream_count(server) > 0; tries++) {
        cmhd_publish(server, much, sizeof much);
        // On a busy machine the server's thread has its turn as well.
        if (tries % 100 == 99) usleep(10000);
    }
    check(cmhd_stream_count(server) == 0, "who does not read is cut off");
    close(clients[1]);
}

int main(void) {
    const cmhd_limits limits = {.connections = LIMIT, .idle_seconds = 1, .connection_bytes = 8192, .streams = STREAMS};
    struct sockaddr_in address = loopback(0);
    int calls = 0, error = 0;
    cmhd_server *server = cmhd_start((struct sockaddr *)&address, sizeof address, limits, echo, &calls, &error);
    require(server != NULL, "the server starts: %s", strerror(error));
    const uint16_t port = cmhd_port(server);
    require(port != 0, "it says its port");
    answers(port, &calls);
    limit(port);
    streams(server, port);

    char byte;
    const int idle = connected(port);
    check(recv(idle, &byte, 1, 0) == 0, "who says nothing for a second is hung up on");
    close(idle);

    address = loopback(port);
    cmhd_server *other = cmhd_start((struct sockaddr *)&address, sizeof address, limits, echo, &calls, &error);
    check(other == NULL && error == EADDRINUSE, "a port in use is refused with EADDRINUSE, not %d", error);
    const int open = connected(port), listening = connected(port);
    send(listening, stream_request, strlen(stream_request), MSG_NOSIGNAL);
    check(hears(listening, "GET /stream"), "a listener is there at the end");
    cmhd_stop(server);
    check(recv(open, &byte, 1, 0) <= 0, "stopping ends the connections");
    check(!hears(listening, "news"), "and those of listeners");
    close(open);
    close(listening);
    check(connected(port) < 0, "and nobody listens any more");
    return check_end();
}
