// The functions of libcurl and zlib that the transport of Linux uses, looked up at run time.
//
// The prototypes are written here because `curl/curl.h` belongs to a development package that most machines do not have. They
// are those of libcurl 7.68, which later versions keep.
#ifndef CLIBCURL_H
#define CLIBCURL_H
#if defined(__linux__)

#include <stddef.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

// MARK: Types of libcurl

/// A message about a transfer that ended.
struct clibcurl_message {
    int kind;
    void *easy;
    union {
        void *whatever;
        int result;
    } data;
};

/// A node of a list of header lines.
struct clibcurl_list {
    char *data;
    struct clibcurl_list *next;
};

/// The address that a socket is opened for.
struct clibcurl_address {
    int family;
    int type;
    int protocol;
    unsigned int length;
    struct sockaddr address;
};

/// The beginning of `curl_version_info_data`: what version 7 (libcurl 7.70) has.
struct clibcurl_version {
    int age;
    const char *version;
    unsigned int version_number;
    const char *host;
    int features;
    const char *ssl_version;
    long ssl_version_number;
    const char *libz_version;
    const char *const *protocols;
    const char *ares;
    int ares_number;
    const char *libidn;
    int iconv_version;
    const char *libssh_version;
    unsigned int brotli_version_number;
    const char *brotli_version;
    unsigned int nghttp2_version_number;
    const char *nghttp2_version;
    const char *quic_version;
    const char *ca_file;
    const char *ca_directory;
};

// MARK: libcurl

/// Looks the functions up, before any other function is called. Returns NULL if all of them were found, and otherwise the name
/// of what is missing: the library's file, or one of its functions.
const char *clibcurl_load(void);

int clibcurl_global_init(long flags);
const struct clibcurl_version *clibcurl_version_info(void);

void *clibcurl_easy_init(void);
void clibcurl_easy_cleanup(void *easy);
void clibcurl_easy_reset(void *easy);
int clibcurl_easy_pause(void *easy, int mask);
int clibcurl_easy_perform(void *easy);
const char *clibcurl_easy_strerror(int code);
int clibcurl_easy_set_long(void *easy, int option, long value);
int clibcurl_easy_set_int64(void *easy, int option, int64_t value);
int clibcurl_easy_set_pointer(void *easy, int option, const void *value);
int clibcurl_easy_set_data_function(
    void *easy, int option, size_t (*function)(char *bytes, size_t size, size_t count, void *context));
int clibcurl_easy_set_request_function(
    void *easy, int option,
    int (*function)(void *context, char *remote, char *local, int remote_port, int local_port));
int clibcurl_easy_set_open_function(
    void *easy, int option, int (*function)(void *context, int purpose, struct clibcurl_address *address));
int clibcurl_easy_set_close_function(void *easy, int option, int (*function)(void *context, int descriptor));
int clibcurl_easy_get_long(void *easy, int info, long *value);
int clibcurl_easy_get_pointer(void *easy, int info, void **value);

struct clibcurl_list *clibcurl_list_append(struct clibcurl_list *list, const char *text);
void clibcurl_list_free(struct clibcurl_list *list);

/// Takes a URL apart. Returns NULL if it is none, or if there is no memory.
void *clibcurl_url(const char *text);
void clibcurl_url_cleanup(void *url);

void *clibcurl_multi_init(void);
int clibcurl_multi_cleanup(void *multi);
int clibcurl_multi_add(void *multi, void *easy);
int clibcurl_multi_remove(void *multi, void *easy);
int clibcurl_multi_socket_action(void *multi, int descriptor, int events, int *running);
struct clibcurl_message *clibcurl_multi_next_message(void *multi, int *left);
int clibcurl_multi_set_long(void *multi, int option, long value);
int clibcurl_multi_set_pointer(void *multi, int option, const void *value);
int clibcurl_multi_set_socket_function(
    void *multi, int option, int (*function)(void *easy, int descriptor, int what, void *context, void *socket));
int clibcurl_multi_set_timer_function(
    void *multi, int option, int (*function)(void *multi, long milliseconds, void *context));

// MARK: zlib

/// `z_stream` of zlib 1.2 and 1.3.
struct clibcurl_zstream {
    const uint8_t *next_in;
    unsigned int available_in;
    unsigned long total_in;
    uint8_t *next_out;
    unsigned int available_out;
    unsigned long total_out;
    const char *message;
    void *state;
    void *allocate;
    void *release;
    void *context;
    int data_type;
    unsigned long adler;
    unsigned long reserved;
};

/// Looks the functions up, as `clibcurl_load` does.
const char *clibcurl_zlib_load(void);

int clibcurl_inflate_init(struct clibcurl_zstream *stream, int window_bits);
int clibcurl_inflate(struct clibcurl_zstream *stream, int flush);
int clibcurl_inflate_reset(struct clibcurl_zstream *stream);
int clibcurl_inflate_end(struct clibcurl_zstream *stream);

#endif
#endif
