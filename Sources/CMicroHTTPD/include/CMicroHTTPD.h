// A small read-only HTTP server over libmicrohttpd, whose options are variadic and so out of Swift's reach.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

/// One request, valid during the call. Nothing of a body is read.
typedef struct {
    const char *method;
    const char *path;           // decoded, without the query
    const char *host;           // the header Host; NULL when there is none or more than one
    const char *language;       // the header Accept-Language; NULL when there is none
    unsigned streams;           // that are open now
} cmhd_request;

/// The answer. `body` comes from malloc and is freed by the server; NULL when out of memory.
typedef struct {
    unsigned status;
    const char *content_type;   // static text
    const char *allow;          // static text for the header Allow, or NULL
    const char *policy;         // static text for the header Content-Security-Policy, or NULL
    const char *retry_after;    // static text for the header Retry-After, or NULL
    void *body;
    size_t length;
    bool is_stream;             // the body begins an answer without an end, which goes on with `cmhd_publish`
} cmhd_reply;

/// Called on the server's one thread, for one request after the other.
typedef cmhd_reply (*cmhd_handler)(void *context, const cmhd_request *request);

typedef struct {
    unsigned connections;       // the most at one time; one more ends the oldest
    unsigned idle_seconds;      // without a byte, after which a connection ends
    size_t connection_bytes;    // memory for the headers of one connection
    unsigned streams;           // the handler begins no more; they do not count among the connections
} cmhd_limits;

typedef struct cmhd_server cmhd_server;

/// Listens on `address` and serves on a thread of its own. NULL with an errno in `error` when that is not possible.
cmhd_server *cmhd_start(
    const struct sockaddr *address, socklen_t length, cmhd_limits limits, cmhd_handler handler, void *context, int *error);

/// The port that the server listens on, also when the address asked for any.
uint16_t cmhd_port(const cmhd_server *server);

/// How many streams are open. From any thread.
unsigned cmhd_stream_count(cmhd_server *server);

/// Sends the bytes to every stream, and ends those whose client has gone or does not read. Waits for nobody. From any thread.
void cmhd_publish(cmhd_server *server, const void *bytes, size_t length);

/// Ends all connections and the thread. Afterwards the handler is called no more.
void cmhd_stop(cmhd_server *server);
