#include "streams.h"

#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>
#include <sys/socket.h>

// A client that does not read is cut off when so much waits for it, beyond what the kernel holds.
enum { ROOM = 4096, KERNEL_ROOM = 8192 };

struct stream {
    TAILQ_ENTRY(stream) others;
    struct streams *streams;
    struct MHD_Connection *connection;
    int socket;                     // open as long as the stream is in the list
    bool is_asleep;                 // the server's thread waits for nothing here
    bool is_over;
    size_t length;
    char waiting[ROOM];
};
TAILQ_HEAD(stream_list, stream);

struct streams {
    pthread_mutex_t lock;           // of all that follows, and of the streams
    unsigned count;
    bool is_over;
    struct stream_list list;
};

struct streams *streams_make(void) {
    struct streams *streams = calloc(1, sizeof *streams);
    if (streams == NULL) return NULL;
    pthread_mutex_init(&streams->lock, NULL);
    TAILQ_INIT(&streams->list);
    return streams;
}

void streams_free(struct streams *streams) {
    pthread_mutex_destroy(&streams->lock);
    free(streams);
}

/// Under the lock.
static void wake(struct stream *stream) {
    if (!stream->is_asleep) return;
    stream->is_asleep = false;
    MHD_resume_connection(stream->connection);
}

/// Under the lock.
static void end(struct stream *stream) {
    stream->is_over = true;
    shutdown(stream->socket, SHUT_RDWR);
    wake(stream);
}

/// The server's thread does not look at a connection that is asleep, and would not see it.
static bool has_gone(const struct stream *stream) {
    char byte;
    const ssize_t count = recv(stream->socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR);
}

/// Called on the server's thread when the socket takes bytes.
static ssize_t read_stream(void *context, uint64_t position, char *bytes, size_t room) {
    struct stream *stream = context;
    (void)position;
    pthread_mutex_lock(&stream->streams->lock);
    ssize_t count = (ssize_t)(stream->length < room ? stream->length : room);
    if (stream->is_over) {
        count = MHD_CONTENT_READER_END_WITH_ERROR;
    } else if (count == 0) {
        // Without this the server's thread would ask again and again.
        stream->is_asleep = true;
        MHD_suspend_connection(stream->connection);
    } else {
        memcpy(bytes, stream->waiting, (size_t)count);
        stream->length -= (size_t)count;
        memmove(stream->waiting, stream->waiting + count, stream->length);
    }
    pthread_mutex_unlock(&stream->streams->lock);
    return count;
}

/// Called on the server's thread when the connection ends, before its socket is closed.
static void free_stream(void *context) {
    struct stream *stream = context;
    pthread_mutex_lock(&stream->streams->lock);
    TAILQ_REMOVE(&stream->streams->list, stream, others);
    --stream->streams->count;
    pthread_mutex_unlock(&stream->streams->lock);
    free(stream);
}

struct MHD_Response *streams_begin(
    struct streams *streams, struct MHD_Connection *connection, int socket, const void *bytes, size_t length) {
    struct stream *stream = calloc(1, sizeof *stream);
    if (stream == NULL || length > ROOM) {
        free(stream);
        return NULL;
    }
    stream->streams = streams;
    stream->connection = connection;
    stream->socket = socket;
    stream->length = length;
    memcpy(stream->waiting, bytes, length);
    // So that the kernel holds little for a client that does not read.
    const int kernel_room = KERNEL_ROOM;
    setsockopt(socket, SOL_SOCKET, SO_SNDBUF, &kernel_room, sizeof kernel_room);

    struct MHD_Response *response =
        MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 1024, read_stream, stream, free_stream);
    if (response == NULL) {
        free(stream);
        return NULL;
    }
    pthread_mutex_lock(&streams->lock);
    TAILQ_INSERT_TAIL(&streams->list, stream, others);
    ++streams->count;
    if (streams->is_over) end(stream);
    pthread_mutex_unlock(&streams->lock);
    return response;
}

unsigned streams_count(struct streams *streams) {
    pthread_mutex_lock(&streams->lock);
    const unsigned count = streams->count;
    pthread_mutex_unlock(&streams->lock);
    return count;
}

void streams_publish(struct streams *streams, const void *bytes, size_t length) {
    struct stream *stream;
    pthread_mutex_lock(&streams->lock);
    TAILQ_FOREACH(stream, &streams->list, others) {
        if (stream->is_over) continue;
        if (length > ROOM - stream->length || has_gone(stream)) {
            end(stream);
            continue;
        }
        memcpy(stream->waiting + stream->length, bytes, length);
        stream->length += length;
        wake(stream);
    }
    pthread_mutex_unlock(&streams->lock);
}

void streams_end(struct streams *streams) {
    struct stream *stream;
    pthread_mutex_lock(&streams->lock);
    streams->is_over = true;
    TAILQ_FOREACH(stream, &streams->list, others) end(stream);
    pthread_mutex_unlock(&streams->lock);
}
