// libcurl for Swift: the calls with variable arguments, which Swift cannot make, one function per type of argument.
#ifndef ROLLCALL_CCURL_H
#define ROLLCALL_CCURL_H

#include <curl/curl.h>

/// An option that takes a number or a switch.
static inline CURLcode curl_set_number(CURL *easy, CURLoption option, long value) {
    return curl_easy_setopt(easy, option, value);
}

/// An option that takes text; libcurl copies it. NULL restores "none", which for some options differs from the default.
static inline CURLcode curl_set_text(CURL *easy, CURLoption option, const char *value) {
    return curl_easy_setopt(easy, option, value);
}

/// An option that takes a list, which has to outlive the transfer.
static inline CURLcode curl_set_list(CURL *easy, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(easy, option, value);
}

/// An option that takes a large number.
static inline CURLcode curl_set_offset(CURL *easy, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(easy, option, value);
}

/// An option that takes memory of the caller, which has to outlive the transfer.
static inline CURLcode curl_set_memory(CURL *easy, CURLoption option, void *value) {
    return curl_easy_setopt(easy, option, value);
}

/// An option that takes a function which is handed pieces of the reply (WRITEFUNCTION, HEADERFUNCTION).
static inline CURLcode curl_set_receiver(CURL *easy, CURLoption option, curl_write_callback value) {
    return curl_easy_setopt(easy, option, value);
}

/// An option that takes a function which is asked for pieces of what is to be sent (READFUNCTION).
static inline CURLcode curl_set_supplier(CURL *easy, CURLoption option, curl_read_callback value) {
    return curl_easy_setopt(easy, option, value);
}

/// An option that takes a function which is called about once a second and ends the transfer by any answer but 0
/// (XFERINFOFUNCTION).
static inline CURLcode curl_set_watcher(CURL *easy, CURLoption option, curl_xferinfo_callback value) {
    return curl_easy_setopt(easy, option, value);
}

/// A number about the transfer that has just ended.
static inline CURLcode curl_get_number(CURL *easy, CURLINFO info, long *value) {
    return curl_easy_getinfo(easy, info, value);
}

/// A large number (a time in microseconds) about the transfer that has just ended.
static inline CURLcode curl_get_offset(CURL *easy, CURLINFO info, curl_off_t *value) {
    return curl_easy_getinfo(easy, info, value);
}

/// A text about the transfer that has just ended; it lives as long as the handle and belongs to it.
static inline CURLcode curl_get_text(CURL *easy, CURLINFO info, char **value) {
    return curl_easy_getinfo(easy, info, value);
}

/// The certificates that the server showed, when CURLOPT_CERTINFO was set; they belong to the handle.
static inline CURLcode curl_get_certificates(CURL *easy, struct curl_certinfo **certificates) {
    return curl_easy_getinfo(easy, CURLINFO_CERTINFO, certificates);
}

/// How many unused connections the multi handle keeps.
static inline CURLMcode curl_keep_connections(CURLM *multi, long count) {
    return curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, count);
}

/// The result of the transfer that has ended, or -1 when none has; takes the message off the multi handle's list.
static inline int curl_ended(CURLM *multi) {
    int left = 0;
    CURLMsg *message;
    while ((message = curl_multi_info_read(multi, &left)) != NULL) {
        if (message->msg == CURLMSG_DONE) {
            return (int)message->data.result;
        }
    }
    return -1;
}

#endif
