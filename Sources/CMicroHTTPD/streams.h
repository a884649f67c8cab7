// Answers without an end: clients that are told things as they happen.
#pragma once

#include <microhttpd.h>
#include <stddef.h>

struct streams;

/// No stream yet; NULL when out of memory.
struct streams *streams_make(void);

/// The body of a stream on `connection`, beginning with the bytes; NULL when out of memory. On the server's thread.
struct MHD_Response *streams_begin(
    struct streams *streams, struct MHD_Connection *connection, int socket, const void *bytes, size_t length);

/// How many are open. From any thread.
unsigned streams_count(struct streams *streams);

/// Appends the bytes to every stream, and ends those whose client has gone or does not read. From any thread.
void streams_publish(struct streams *streams, const void *bytes, size_t length);

/// Ends all of them, and each that begins later.
void streams_end(struct streams *streams);

/// When there is none any more.
void streams_free(struct streams *streams);
