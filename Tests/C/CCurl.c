// The shims around libcurl's variable arguments, against a server of our own on this machine, and HTTPS against openssl's.
// A number that was passed in the wrong width or the wrong register shows in what libcurl then does.
#define _GNU_SOURCE
#include "CCurl.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"

static const char reply[] =
    "HTTP/1.1 201 Created\r\nContent-Type: text/x-rollcall\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello";
static char request[4096];  // the last one that was read whole
static size_t request_size;

// One connection after the other: reads head and body, answers; /silent gets no answer while its client waits.
static void *serve(void *listening) {
    int client;
    while ((client = accept4(*(int *)listening, NULL, NULL, SOCK_CLOEXEC)) >= 0) {
        size_t size = 0, wanted = sizeof request;
        ssize_t count;
        while (size < wanted && (count = read(client, request + size, sizeof request - 1 - size)) > 0) {
            request[size += (size_t)count] = 0;
            const char *end = strstr(request, "\r\n\r\n"), *length = strcasestr(request, "Content-Length: ");
            if (end) wanted = (size_t)(end + 4 - request) + (length ? strtoul(length + 16, NULL, 10) : 0);
        }
        request_size = size;
        if (strncmp(request, "GET /silent", 11) == 0)
            while (read(client, request, sizeof request) > 0) {}
        else if (write(client, reply, sizeof reply - 1) < 0)
            perror("write");
        close(client);
    }
    return NULL;
}

struct text {
    size_t size;
    char bytes[8192];
};

static size_t receive(char *bytes, size_t size, size_t count, void *context) {
    struct text *text = context;
    const size_t more = size * count;
    if (text->size + more >= sizeof text->bytes) return 0;
    memcpy(text->bytes + text->size, bytes, more);
    text->bytes[text->size += more] = 0;
    return more;
}

static struct text body, head;
static char error[CURL_ERROR_SIZE];

static CURL *transfer(const char *url) {
    CURL *easy = curl_easy_init();
    require(easy != NULL, "a handle is made");
    memset(&body, 0, sizeof body);
    memset(&head, 0, sizeof head);
    check(curl_set_text(easy, CURLOPT_URL, url) == CURLE_OK, "text is taken");
    check(curl_set_text(easy, CURLOPT_NOPROXY, "*") == CURLE_OK, "another text is taken");
    check(curl_set_number(easy, CURLOPT_TIMEOUT_MS, 20000) == CURLE_OK, "a number is taken");
    check(curl_set_number(easy, CURLOPT_NOSIGNAL, 1) == CURLE_OK, "a switch is taken");
    check(curl_set_receiver(easy, CURLOPT_WRITEFUNCTION, receive) == CURLE_OK, "a function is taken");
    check(curl_set_memory(easy, CURLOPT_WRITEDATA, &body) == CURLE_OK, "memory is taken");
    check(curl_set_receiver(easy, CURLOPT_HEADERFUNCTION, receive) == CURLE_OK, "a function for the head is taken");
    check(curl_set_memory(easy, CURLOPT_HEADERDATA, &head) == CURLE_OK, "its memory is taken");
    check(curl_set_memory(easy, CURLOPT_ERRORBUFFER, error) == CURLE_OK, "memory for the error is taken");
    return easy;
}

static void expect(CURL *easy, CURLcode expected, const char *what) {
    const CURLcode result = curl_easy_perform(easy);
    check(result == expected, "%s ends with %d, not %d: %s", what, expected, result, error);
}

static void requests(const char *url) {
    CURL *easy = transfer(url);
    struct curl_slist *headers = curl_slist_append(curl_slist_append(NULL, "X-First: one"), "X-Second: caf\xC3\xA9");
    check(curl_set_list(easy, CURLOPT_HTTPHEADER, headers) == CURLE_OK, "a list is taken");
    check(curl_set_text(easy, CURLOPT_USERAGENT, "rollcall-test") == CURLE_OK, "text is taken");
    // Cut to 32 bits this would be 1 byte, which the reply has not.
    check(curl_set_offset(easy, CURLOPT_MAXFILESIZE_LARGE, 0x100000001) == CURLE_OK, "a large number is taken");
    expect(easy, CURLE_OK, "a GET");
    check(strncmp(request, "GET /path HTTP/1.1\r\n", 20) == 0, "the server was asked: %.30s", request);
    check(strstr(request, "\r\nX-First: one\r\n") && strstr(request, "\r\nX-Second: caf\xC3\xA9\r\n"), "with our headers");
    check(strstr(request, "\r\nUser-Agent: rollcall-test\r\n") != NULL, "in our name");
    check(body.size == 5 && strcmp(body.bytes, "hello") == 0, "the body is the server's: %s", body.bytes);
    check(strstr(head.bytes, "\r\nContent-Type: text/x-rollcall\r\n") != NULL, "and so is the head");

    long status = -1;
    curl_off_t size = -1, time = -1;
    char *text = NULL;
    struct curl_certinfo *certificates = NULL;
    check(curl_get_number(easy, CURLINFO_RESPONSE_CODE, &status) == CURLE_OK && status == 201,
          "the status is 201, not %ld", status);
    check(curl_get_offset(easy, CURLINFO_SIZE_DOWNLOAD_T, &size) == CURLE_OK && size == 5,
          "5 bytes came, not %ld", (long)size);
    check(curl_get_offset(easy, CURLINFO_TOTAL_TIME_T, &time) == CURLE_OK && time > 0 && time < 20000000,
          "it took a while");
    check(curl_get_text(easy, CURLINFO_CONTENT_TYPE, &text) == CURLE_OK && strcmp(text, "text/x-rollcall") == 0,
          "a text is given");
    check(curl_get_text(easy, CURLINFO_PRIMARY_IP, &text) == CURLE_OK && strcmp(text, "127.0.0.1") == 0,
          "the address is given");
    check(curl_get_certificates(easy, &certificates) == CURLE_OK && certificates->num_of_certs == 0,
          "there are no certificates");

    curl_set_offset(easy, CURLOPT_MAXFILESIZE_LARGE, 4);
    expect(easy, CURLE_FILESIZE_EXCEEDED, "a body of more than was allowed");
    curl_set_offset(easy, CURLOPT_MAXFILESIZE_LARGE, 0);
    check(curl_set_list(easy, CURLOPT_HTTPHEADER, NULL) == CURLE_OK, "no list is taken");
    check(curl_set_text(easy, CURLOPT_USERAGENT, NULL) == CURLE_OK, "no text is taken");
    check(curl_set_offset(easy, CURLOPT_POSTFIELDSIZE_LARGE, 6) == CURLE_OK, "a size is taken");
    check(curl_set_memory(easy, CURLOPT_COPYPOSTFIELDS, "a\0b\xFF\0c") == CURLE_OK, "bytes are copied");
    expect(easy, CURLE_OK, "a POST");
    check(strncmp(request, "POST /path ", 11) == 0 && !strstr(request, "X-First") && !strstr(request, "User-Agent"),
          "it is bare");
    check(request_size > 6 && memcmp(request + request_size - 6, "a\0b\xFF\0c", 6) == 0, "the server got the six bytes");

    check(curl_set_number(easy, (CURLoption)9999, 1) == CURLE_UNKNOWN_OPTION, "an option that there is not is refused");
    check(curl_get_number(easy, (CURLINFO)(CURLINFO_LONG + 999), &status) != CURLE_OK, "and so is such a question");
    curl_easy_cleanup(easy);
    curl_slist_free_all(headers);
}

static void waiting(const char *url) {
    CURL *easy = transfer(url);
    curl_set_number(easy, CURLOPT_TIMEOUT_MS, 300);
    expect(easy, CURLE_OPERATION_TIMEDOUT, "a request that nobody answers");
    curl_easy_cleanup(easy);
}

static int ended(CURLM *multi, CURL *easy) {
    curl_multi_add_handle(multi, easy);
    int running = 1, result;
    check(curl_ended(multi) == -1, "nothing has ended yet");
    while (curl_multi_perform(multi, &running) == CURLM_OK && running) curl_multi_poll(multi, NULL, 0, 1000, NULL);
    result = curl_ended(multi);
    check(curl_ended(multi) == -1, "a transfer ends once");
    curl_multi_remove_handle(multi, easy);
    curl_easy_cleanup(easy);
    return result;
}

static void many(const char *url, const char *nobody) {
    CURLM *multi = curl_multi_init();
    check(curl_keep_connections(multi, 2) == CURLM_OK, "the number of connections is taken");
    int result = ended(multi, transfer(url));
    check(result == CURLE_OK && strcmp(body.bytes, "hello") == 0,
          "a transfer of the multi handle ends well, not with %d", result);
    result = ended(multi, transfer(nobody));
    check(result == CURLE_COULDNT_CONNECT, "where nobody listens it ends with %d, not %d", CURLE_COULDNT_CONNECT, result);
    curl_multi_cleanup(multi);
}

// In the folder `certificates` is what tools/make-certificates makes.
static void https(void) {
    char url[100], line[200] = "";
    static const char authority[] = "certificates/ca.pem";
    char *arguments[] = {"openssl", "s_server", "-accept", "127.0.0.1:0", "-www", "-cert", "certificates/server.pem",
                         "-key", "certificates/server.key", NULL};
    int output[2];
    pid_t server;
    posix_spawn_file_actions_t actions;
    require(pipe2(output, O_CLOEXEC) == 0, "a pipe is made");
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, output[1], 1);
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);  // it complains of who does not trust it
    require(posix_spawnp(&server, arguments[0], &actions, NULL, arguments, environ) == 0, "openssl starts");
    close(output[1]);
    FILE *said = fdopen(output[0], "r");
    unsigned port = 0;
    while (port == 0 && fgets(line, sizeof line, said)) sscanf(line, "ACCEPT 127.0.0.1:%u", &port);
    check(port != 0, "openssl says where it listens");
    snprintf(url, sizeof url, "https://localhost:%u/", port);

    CURL *easy = transfer(url);
    long verdict = 0, status = 0;
    expect(easy, CURLE_PEER_FAILED_VERIFICATION, "an authority that nobody knows");
    check(curl_get_number(easy, CURLINFO_SSL_VERIFYRESULT, &verdict) == CURLE_OK && verdict != 0, "OpenSSL says why");
    curl_set_text(easy, CURLOPT_CAINFO, authority);
    curl_set_number(easy, CURLOPT_CERTINFO, 1);
    expect(easy, CURLE_OK, "HTTPS with the right authority");
    curl_get_number(easy, CURLINFO_RESPONSE_CODE, &status);
    check(status == 200 && body.size > 0, "the answer is 200, not %ld", status);
    struct curl_certinfo *shown = NULL;
    int named = 0;
    if (check(curl_get_certificates(easy, &shown) == CURLE_OK && shown->num_of_certs == 1,
              "the server shows its certificate"))
        for (struct curl_slist *part = shown->certinfo[0]; part; part = part->next)
            named += strcmp(part->data, "Subject:CN = localhost") == 0;
    check(named == 1, "it is localhost's");
    curl_easy_cleanup(easy);

    snprintf(url, sizeof url, "https://elsewhere:%u/", port);
    snprintf(line, sizeof line, "elsewhere:%u:127.0.0.1", port);
    struct curl_slist *addresses = curl_slist_append(NULL, line);
    easy = transfer(url);
    curl_set_list(easy, CURLOPT_RESOLVE, addresses);
    curl_set_text(easy, CURLOPT_CAINFO, authority);
    expect(easy, CURLE_PEER_FAILED_VERIFICATION, "a server of another name");
    curl_easy_cleanup(easy);
    curl_slist_free_all(addresses);
    kill(server, SIGTERM);
    waitpid(server, NULL, 0);
    fclose(said);
}

int main(void) {
    require(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK, "libcurl starts");
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    int listening = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), deaf = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    char url[100], silent[100], nobody[100];
    require(bind(deaf, (struct sockaddr *)&address, length) == 0 &&
                getsockname(deaf, (struct sockaddr *)&address, &length) == 0,
            "a port is held where nobody listens");
    snprintf(nobody, sizeof nobody, "http://127.0.0.1:%u/", ntohs(address.sin_port));
    address.sin_port = 0;
    require(bind(listening, (struct sockaddr *)&address, length) == 0 && listen(listening, 4) == 0 &&
                getsockname(listening, (struct sockaddr *)&address, &length) == 0,
            "the server listens");
    pthread_t thread;
    require(pthread_create(&thread, NULL, serve, &listening) == 0, "the server runs");
    snprintf(url, sizeof url, "http://127.0.0.1:%u/path", ntohs(address.sin_port));
    snprintf(silent, sizeof silent, "http://127.0.0.1:%u/silent", ntohs(address.sin_port));

    requests(url);
    waiting(silent);
    many(url, nobody);
    https();

    shutdown(listening, SHUT_RDWR);
    pthread_join(thread, NULL);
    return check_end();
}
