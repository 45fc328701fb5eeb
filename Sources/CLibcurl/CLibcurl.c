#if defined(__linux__)
#define _GNU_SOURCE
#include "CLibcurl.h"
#include <dlfcn.h>

// MARK: Looking functions up

// Each function is declared weak: in a program that libcurl is linked into, its address is that function. There `dlsym` finds
// nothing, since symbols of a static library are not exported, and `dlopen` would load a second libcurl.
//
// X(name, result, parameters)
#define CURL_FUNCTIONS(X) \
    X(curl_global_init, int, (long)) \
    X(curl_version_info, const struct clibcurl_version *, (int)) \
    X(curl_easy_init, void *, (void)) \
    X(curl_easy_cleanup, void, (void *)) \
    X(curl_easy_reset, void, (void *)) \
    X(curl_easy_pause, int, (void *, int)) \
    X(curl_easy_perform, int, (void *)) \
    X(curl_easy_strerror, const char *, (int)) \
    X(curl_easy_setopt, int, (void *, int, ...)) \
    X(curl_easy_getinfo, int, (void *, int, ...)) \
    X(curl_slist_append, struct clibcurl_list *, (struct clibcurl_list *, const char *)) \
    X(curl_slist_free_all, void, (struct clibcurl_list *)) \
    X(curl_url, void *, (void)) \
    X(curl_url_set, int, (void *, int, const char *, unsigned int)) \
    X(curl_url_cleanup, void, (void *)) \
    X(curl_multi_init, void *, (void)) \
    X(curl_multi_cleanup, int, (void *)) \
    X(curl_multi_add_handle, int, (void *, void *)) \
    X(curl_multi_remove_handle, int, (void *, void *)) \
    X(curl_multi_setopt, int, (void *, int, ...)) \
    X(curl_multi_socket_action, int, (void *, int, int, int *)) \
    X(curl_multi_info_read, struct clibcurl_message *, (void *, int *))

#define ZLIB_FUNCTIONS(X) \
    X(zlibVersion, const char *, (void)) \
    X(inflateInit2_, int, (struct clibcurl_zstream *, int, const char *, int)) \
    X(inflate, int, (struct clibcurl_zstream *, int)) \
    X(inflateReset, int, (struct clibcurl_zstream *)) \
    X(inflateEnd, int, (struct clibcurl_zstream *))

#define DECLARE(name, result, parameters) extern result name parameters __attribute__((weak));
#define MEMBER(name, result, parameters) result(*name) parameters;
#define TAKE_LINKED(name, result, parameters) table->name = name;
#define TAKE_LOADED(name, result, parameters) \
    table->name = (result(*) parameters)dlsym(library, #name);
#define CHECK(name, result, parameters) \
    if (!table->name) return #name;

CURL_FUNCTIONS(DECLARE)
ZLIB_FUNCTIONS(DECLARE)

struct curl_table {
    CURL_FUNCTIONS(MEMBER)
};
struct zlib_table {
    ZLIB_FUNCTIONS(MEMBER)
};

static struct curl_table curl;
static struct zlib_table zlib;

// All functions of a library come from one place: linked in, already loaded, or loaded now. The name of one that is missing is
// returned, or NULL.
static const char *curl_missing(const struct curl_table *table) {
    CURL_FUNCTIONS(CHECK)
    return NULL;
}

static const char *curl_take_linked(struct curl_table *table) {
    CURL_FUNCTIONS(TAKE_LINKED)
    return curl_missing(table);
}

static const char *curl_take_loaded(struct curl_table *table, void *library) {
    CURL_FUNCTIONS(TAKE_LOADED)
    return curl_missing(table);
}

static const char *zlib_missing(const struct zlib_table *table) {
    ZLIB_FUNCTIONS(CHECK)
    return NULL;
}

static const char *zlib_take_linked(struct zlib_table *table) {
    ZLIB_FUNCTIONS(TAKE_LINKED)
    return zlib_missing(table);
}

static const char *zlib_take_loaded(struct zlib_table *table, void *library) {
    ZLIB_FUNCTIONS(TAKE_LOADED)
    return zlib_missing(table);
}

const char *clibcurl_load(void) {
    if (!curl_take_linked(&curl) || !curl_take_loaded(&curl, RTLD_DEFAULT)) return NULL;
    const char *name = "libcurl.so.4";
    void *library = dlopen(name, RTLD_NOW | RTLD_LOCAL);
    return library ? curl_take_loaded(&curl, library) : name;
}

const char *clibcurl_zlib_load(void) {
    if (!zlib_take_linked(&zlib) || !zlib_take_loaded(&zlib, RTLD_DEFAULT)) return NULL;
    const char *name = "libz.so.1";
    void *library = dlopen(name, RTLD_NOW | RTLD_LOCAL);
    return library ? zlib_take_loaded(&zlib, library) : name;
}

// MARK: libcurl

int clibcurl_global_init(long flags) { return curl.curl_global_init(flags); }

// 6 is the version of the structure in libcurl 7.70; an older library returns what it has, and says so in `age`.
const struct clibcurl_version *clibcurl_version_info(void) { return curl.curl_version_info(6); }

void *clibcurl_easy_init(void) { return curl.curl_easy_init(); }
void clibcurl_easy_cleanup(void *easy) { curl.curl_easy_cleanup(easy); }
void clibcurl_easy_reset(void *easy) { curl.curl_easy_reset(easy); }
int clibcurl_easy_pause(void *easy, int mask) { return curl.curl_easy_pause(easy, mask); }
int clibcurl_easy_perform(void *easy) { return curl.curl_easy_perform(easy); }
const char *clibcurl_easy_strerror(int code) { return curl.curl_easy_strerror(code); }

int clibcurl_easy_set_long(void *easy, int option, long value) {
    return curl.curl_easy_setopt(easy, option, value);
}

int clibcurl_easy_set_int64(void *easy, int option, int64_t value) {
    return curl.curl_easy_setopt(easy, option, value);
}

int clibcurl_easy_set_pointer(void *easy, int option, const void *value) {
    return curl.curl_easy_setopt(easy, option, value);
}

int clibcurl_easy_set_data_function(
    void *easy, int option, size_t (*function)(char *, size_t, size_t, void *)) {
    return curl.curl_easy_setopt(easy, option, function);
}

int clibcurl_easy_set_request_function(
    void *easy, int option, int (*function)(void *, char *, char *, int, int)) {
    return curl.curl_easy_setopt(easy, option, function);
}

int clibcurl_easy_set_open_function(
    void *easy, int option, int (*function)(void *, int, struct clibcurl_address *)) {
    return curl.curl_easy_setopt(easy, option, function);
}

int clibcurl_easy_set_close_function(void *easy, int option, int (*function)(void *, int)) {
    return curl.curl_easy_setopt(easy, option, function);
}

int clibcurl_easy_get_long(void *easy, int info, long *value) {
    return curl.curl_easy_getinfo(easy, info, value);
}

int clibcurl_easy_get_pointer(void *easy, int info, void **value) {
    return curl.curl_easy_getinfo(easy, info, value);
}

struct clibcurl_list *clibcurl_list_append(struct clibcurl_list *list, const char *text) {
    return curl.curl_slist_append(list, text);
}

void clibcurl_list_free(struct clibcurl_list *list) { curl.curl_slist_free_all(list); }

void *clibcurl_url(const char *text) {
    void *url = curl.curl_url();
    // 0 is all of the URL.
    if (!url || curl.curl_url_set(url, 0, text, 0) == 0) return url;
    curl.curl_url_cleanup(url);
    return NULL;
}

void clibcurl_url_cleanup(void *url) { curl.curl_url_cleanup(url); }

void *clibcurl_multi_init(void) { return curl.curl_multi_init(); }
int clibcurl_multi_cleanup(void *multi) { return curl.curl_multi_cleanup(multi); }
int clibcurl_multi_add(void *multi, void *easy) { return curl.curl_multi_add_handle(multi, easy); }
int clibcurl_multi_remove(void *multi, void *easy) { return curl.curl_multi_remove_handle(multi, easy); }

int clibcurl_multi_socket_action(void *multi, int descriptor, int events, int *running) {
    return curl.curl_multi_socket_action(multi, descriptor, events, running);
}

struct clibcurl_message *clibcurl_multi_next_message(void *multi, int *left) {
    return curl.curl_multi_info_read(multi, left);
}

int clibcurl_multi_set_long(void *multi, int option, long value) {
    return curl.curl_multi_setopt(multi, option, value);
}

int clibcurl_multi_set_pointer(void *multi, int option, const void *value) {
    return curl.curl_multi_setopt(multi, option, value);
}

int clibcurl_multi_set_socket_function(
    void *multi, int option, int (*function)(void *, int, int, void *, void *)) {
    return curl.curl_multi_setopt(multi, option, function);
}

int clibcurl_multi_set_timer_function(void *multi, int option, int (*function)(void *, long, void *)) {
    return curl.curl_multi_setopt(multi, option, function);
}

// MARK: zlib

// zlib compares the first character of the version and the size of the structure.
int clibcurl_inflate_init(struct clibcurl_zstream *stream, int window_bits) {
    return zlib.inflateInit2_(stream, window_bits, zlib.zlibVersion(), (int)sizeof *stream);
}

int clibcurl_inflate(struct clibcurl_zstream *stream, int flush) { return zlib.inflate(stream, flush); }
int clibcurl_inflate_reset(struct clibcurl_zstream *stream) { return zlib.inflateReset(stream); }
int clibcurl_inflate_end(struct clibcurl_zstream *stream) { return zlib.inflateEnd(stream); }

#else
// A translation unit must not be empty.
typedef int clibcurl_is_for_linux;
#endif
