#include "CMicroHTTPD.h"
#include "streams.h"

#include <errno.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/queue.h>
#include <time.h>
#include <unistd.h>

// A client that sends a byte now and then is never idle. So more connections than allowed are accepted for a moment, and
// the oldest is shut down for each one too many: whoever asks gets an answer, however many others hold the line.
enum { CONNECTIONS_MORE = 32 };

struct connection {
    TAILQ_ENTRY(connection) others;
    int socket;
};
TAILQ_HEAD(connections, connection);

struct cmhd_server {
    struct MHD_Daemon *daemon;
    cmhd_handler handler;
    void *context;
    unsigned limit;
    pthread_mutex_t lock;           // of the two that follow
    unsigned count;                 // of the list
    struct connections oldest_first;
    struct streams *streams;
    uint16_t port;
};

static void end_oldest(struct cmhd_server *server) {
    struct connection *oldest = TAILQ_FIRST(&server->oldest_first);
    TAILQ_REMOVE(&server->oldest_first, oldest, others);
    --server->count;
    shutdown(oldest->socket, SHUT_RDWR);
    oldest->socket = -1;            // no longer in the list
}

static void watch_connection(
    void *context, struct MHD_Connection *connection, void **state, enum MHD_ConnectionNotificationCode code) {
    struct cmhd_server *server = context;
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
        struct connection *one = malloc(sizeof *one);
        *state = one;
        if (one == NULL || info == NULL) {
            free(one);
            *state = NULL;
            return;
        }
        one->socket = info->connect_fd;
        pthread_mutex_lock(&server->lock);
        TAILQ_INSERT_TAIL(&server->oldest_first, one, others);
        if (++server->count > server->limit) end_oldest(server);
        pthread_mutex_unlock(&server->lock);
    } else if (*state != NULL) {
        struct connection *one = *state;
        pthread_mutex_lock(&server->lock);
        if (one->socket >= 0) {
            TAILQ_REMOVE(&server->oldest_first, one, others);
            --server->count;
        }
        pthread_mutex_unlock(&server->lock);
        free(one);
        *state = NULL;
    }
}

struct host_search {
    const char *value;
    unsigned count;
};

static enum MHD_Result find_host(void *context, enum MHD_ValueKind kind, const char *name, const char *value) {
    struct host_search *search = context;
    (void)kind;
    if (strcasecmp(name, MHD_HTTP_HEADER_HOST) == 0) {
        search->value = value;
        ++search->count;
    }
    return MHD_YES;
}

static bool has_body(struct MHD_Connection *connection) {
    return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_CONTENT_LENGTH) != NULL
        || MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_TRANSFER_ENCODING) != NULL;
}

/// The body of a stream; NULL when out of memory. Whoever holds one is no longer the oldest of those that make room for
/// others: the handler bounds them.
static struct MHD_Response *begin_stream(
    struct cmhd_server *server, struct MHD_Connection *connection, const cmhd_reply *reply) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    struct connection *one = info != NULL ? info->socket_context : NULL;
    if (one == NULL) return NULL;
    pthread_mutex_lock(&server->lock);
    const int socket = one->socket;
    if (socket >= 0) {
        TAILQ_REMOVE(&server->oldest_first, one, others);
        --server->count;
        one->socket = -1;
    }
    pthread_mutex_unlock(&server->lock);
    return socket >= 0 ? streams_begin(server->streams, connection, socket, reply->body, reply->length) : NULL;
}

static void add_headers(struct MHD_Response *response, const cmhd_reply *reply) {
    const struct {
        const char *name, *value;
    } headers[] = {
        {MHD_HTTP_HEADER_CONTENT_TYPE, reply->content_type},
        {MHD_HTTP_HEADER_CACHE_CONTROL, "no-store"},
        {"X-Content-Type-Options", "nosniff"},
        {"Referrer-Policy", "no-referrer"},
        {"Content-Security-Policy", reply->policy},
        {MHD_HTTP_HEADER_RETRY_AFTER, reply->retry_after},
        {MHD_HTTP_HEADER_ALLOW, reply->allow},
    };
    for (size_t i = 0; i < sizeof headers / sizeof *headers; ++i)
        if (headers[i].value != NULL) MHD_add_response_header(response, headers[i].name, headers[i].value);
}

static enum MHD_Result answer(
    void *context, struct MHD_Connection *connection, const char *path, const char *method, const char *version,
    const char *upload, size_t *upload_size, void **state) {
    static char headers_read;
    struct cmhd_server *server = context;
    (void)version, (void)upload, (void)upload_size;

    // An answer to the headers alone ends the connection, which is right for a body that nobody wants. Without a body the
    // answer waits for the second call, and the connection serves more requests.
    if (*state == NULL && !has_body(connection)) {
        *state = &headers_read;
        return MHD_YES;
    }

    struct host_search host = {NULL, 0};
    MHD_get_connection_values(connection, MHD_HEADER_KIND, find_host, &host);
    const cmhd_request request = {
        .method = method,
        .path = path,
        .host = host.count == 1 ? host.value : NULL,
        .language = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_ACCEPT_LANGUAGE),
        .streams = streams_count(server->streams),
    };
    const cmhd_reply reply = server->handler(server->context, &request);
    if (reply.body == NULL) return MHD_NO;

    struct MHD_Response *response;
    if (reply.is_stream) {
        response = begin_stream(server, connection, &reply);
        free(reply.body);
    } else {
        response = MHD_create_response_from_buffer(reply.length, reply.body, MHD_RESPMEM_MUST_FREE);
        if (response == NULL) free(reply.body);
    }
    if (response == NULL) return MHD_NO;
    add_headers(response, &reply);
    const enum MHD_Result result = MHD_queue_response(connection, reply.status, response);
    MHD_destroy_response(response);
    return result;
}

/// A listening socket of our own, because libmicrohttpd does not say why it could not make one. -1 with errno set.
static int listen_on(const struct sockaddr *address, socklen_t length, uint16_t *port) {
    const int descriptor = socket(address->sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (descriptor < 0) return -1;
    const int on = 1;
    struct sockaddr_storage bound;
    socklen_t bound_length = sizeof bound;
    if (setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0
        || (address->sa_family == AF_INET6 && setsockopt(descriptor, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on) != 0)
        || bind(descriptor, address, length) != 0 || listen(descriptor, SOMAXCONN) != 0
        || getsockname(descriptor, (struct sockaddr *)&bound, &bound_length) != 0) {
        const int code = errno;
        close(descriptor);
        errno = code;
        return -1;
    }
    *port = ntohs(
        bound.ss_family == AF_INET6 ? ((struct sockaddr_in6 *)&bound)->sin6_port
                                    : ((struct sockaddr_in *)&bound)->sin_port);
    return descriptor;
}

cmhd_server *cmhd_start(
    const struct sockaddr *address, socklen_t length, cmhd_limits limits, cmhd_handler handler, void *context,
    int *error) {
    struct cmhd_server *server = calloc(1, sizeof *server);
    if (server == NULL) {
        *error = ENOMEM;
        return NULL;
    }
    server->handler = handler;
    server->context = context;
    server->limit = limits.connections;
    TAILQ_INIT(&server->oldest_first);
    pthread_mutex_init(&server->lock, NULL);
    server->streams = streams_make();
    if (server->streams == NULL) {
        *error = ENOMEM;
        free(server);
        return NULL;
    }

    const int descriptor = listen_on(address, length, &server->port);
    if (descriptor < 0) {
        *error = errno;
        streams_free(server->streams);
        free(server);
        return NULL;
    }
    errno = 0;
    server->daemon = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL, answer, server,
        MHD_OPTION_LISTEN_SOCKET, descriptor,
        MHD_OPTION_CONNECTION_LIMIT, limits.connections + limits.streams + CONNECTIONS_MORE,
        MHD_OPTION_CONNECTION_TIMEOUT, limits.idle_seconds,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, limits.connection_bytes,
        MHD_OPTION_NOTIFY_CONNECTION, watch_connection, server,
        MHD_OPTION_THREAD_STACK_SIZE, (size_t)(512 << 10),
        MHD_OPTION_END);
    if (server->daemon == NULL) {
        *error = errno != 0 ? errno : EAGAIN;
        close(descriptor);
        streams_free(server->streams);
        free(server);
        return NULL;
    }
    return server;
}

uint16_t cmhd_port(const cmhd_server *server) { return server->port; }

unsigned cmhd_stream_count(cmhd_server *server) { return streams_count(server->streams); }

void cmhd_publish(cmhd_server *server, const void *bytes, size_t length) {
    streams_publish(server->streams, bytes, length);
}

/// Ends every connection and waits until the server's thread has let go of them, two seconds at most.
static void end_connections(cmhd_server *server) {
    struct connection *one;
    pthread_mutex_lock(&server->lock);
    TAILQ_FOREACH(one, &server->oldest_first, others) shutdown(one->socket, SHUT_RDWR);
    pthread_mutex_unlock(&server->lock);
    // A connection that is asleep must not be there either when it stops.
    streams_end(server->streams);
    const struct timespec pause = {0, 5 * 1000 * 1000};
    for (int tries = 0; tries < 400; ++tries) {
        const union MHD_DaemonInfo *info = MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_CURRENT_CONNECTIONS);
        if (info == NULL || info->num_connections == 0) return;
        nanosleep(&pause, NULL);
    }
}

void cmhd_stop(cmhd_server *server) {
    // libmicrohttpd 0.9.75 refuses a malformed request that it reads while it stops by an answer that there is not, and
    // ends the process by that. So there are no connections any more when it stops.
    const int listener = MHD_quiesce_daemon(server->daemon);
    end_connections(server);
    MHD_stop_daemon(server->daemon);
    if (listener >= 0) close(listener);
    pthread_mutex_destroy(&server->lock);
    streams_free(server->streams);
    free(server);
}
