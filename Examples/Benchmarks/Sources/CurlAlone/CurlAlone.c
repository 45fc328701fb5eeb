#include "CurlAlone.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

typedef int (*setopt_function)(void *, int, ...);

struct bytes {
    char *bytes;
    size_t count, capacity;
};

// What a transfer received, and how often its request was about to be sent.
struct response {
    struct bytes head, body;
    int attempts;
};

struct message {
    int kind;
    void *easy;
    union {
        void *whatever;
        int result;
    } data;
};

static size_t append(struct bytes *to, const char *bytes, size_t count) {
    if (to->count + count > to->capacity) {
        to->capacity = 2 * (to->count + count);
        to->bytes = realloc(to->bytes, to->capacity);
    }
    memcpy(to->bytes + to->count, bytes, count);
    to->count += count;
    return count;
}

static size_t receive(char *bytes, size_t size, size_t count, void *context) {
    return append(&((struct response *)context)->body, bytes, size * count);
}

static size_t receive_line(char *bytes, size_t size, size_t count, void *context) {
    return append(&((struct response *)context)->head, bytes, size * count);
}

// Without it libcurl sends a request a second time by itself, after a connection that it used again ended.
static int will_send(void *context, char *remote, char *local, int remote_port, int local_port) {
    return ((struct response *)context)->attempts++ > 0;
}

static void clear(struct response *response) {
    response->head.count = response->body.count = 0;
    response->attempts = 0;
}

long curl_alone(const char *url, const char *const *headers, long calls, int width) {
    void *library = dlopen("libcurl.so.4", RTLD_NOW);
    if (!library) return -1;
    void *(*easy_init)(void) = (void *(*)(void))dlsym(library, "curl_easy_init");
    void (*easy_cleanup)(void *) = (void (*)(void *))dlsym(library, "curl_easy_cleanup");
    int (*easy_perform)(void *) = (int (*)(void *))dlsym(library, "curl_easy_perform");
    setopt_function setopt = (setopt_function)dlsym(library, "curl_easy_setopt");
    int (*getinfo)(void *, int, ...) = (int (*)(void *, int, ...))dlsym(library, "curl_easy_getinfo");
    void *(*list_append)(void *, const char *) = (void *(*)(void *, const char *))dlsym(library, "curl_slist_append");
    void (*list_free)(void *) = (void (*)(void *))dlsym(library, "curl_slist_free_all");
    void *(*multi_init)(void) = (void *(*)(void))dlsym(library, "curl_multi_init");
    int (*multi_cleanup)(void *) = (int (*)(void *))dlsym(library, "curl_multi_cleanup");
    int (*multi_add)(void *, void *) = (int (*)(void *, void *))dlsym(library, "curl_multi_add_handle");
    int (*multi_remove)(void *, void *) = (int (*)(void *, void *))dlsym(library, "curl_multi_remove_handle");
    int (*multi_perform)(void *, int *) = (int (*)(void *, int *))dlsym(library, "curl_multi_perform");
    int (*multi_poll)(void *, void *, unsigned, int, int *) =
        (int (*)(void *, void *, unsigned, int, int *))dlsym(library, "curl_multi_poll");
    struct message *(*next_message)(void *, int *) =
        (struct message * (*)(void *, int *)) dlsym(library, "curl_multi_info_read");

    void *list = NULL;
    for (; *headers; headers++) list = list_append(list, *headers);
    struct response *responses = calloc((size_t)width, sizeof *responses);
    void **handles = calloc((size_t)width, sizeof *handles);
    void *multi = multi_init();
    long good = 0, begun = 0, running = 0;
    for (int index = 0; index < width; index++) {
        void *easy = handles[index] = easy_init();
        setopt(easy, 10002, url);                // URL
        setopt(easy, 10023, list);               // HTTPHEADER
        setopt(easy, 20011, receive);            // WRITEFUNCTION
        setopt(easy, 10001, &responses[index]);  // WRITEDATA
        setopt(easy, 20079, receive_line);       // HEADERFUNCTION
        setopt(easy, 10029, &responses[index]);  // HEADERDATA
        setopt(easy, 20312, will_send);          // PREREQFUNCTION
        setopt(easy, 10313, &responses[index]);  // PREREQDATA
        setopt(easy, 10103, &responses[index]);  // PRIVATE
        setopt(easy, 99, 1L);                    // NOSIGNAL
        setopt(easy, 10004, "");                 // PROXY
        if (width > 1 && begun < calls) {
            multi_add(multi, easy);
            begun++;
            running++;
        }
    }
    if (width == 1) {
        for (; begun < calls; begun++) {
            clear(&responses[0]);
            long status = 0;
            if (easy_perform(handles[0]) == 0) getinfo(handles[0], 0x200002, &status);
            good += status == 200 && responses[0].head.count > 0 && responses[0].body.count > 0;
        }
    }
    while (running > 0) {
        int active = 0, left = 0;
        multi_perform(multi, &active);
        struct message *message;
        while ((message = next_message(multi, &left))) {
            void *easy = message->easy;
            int result = message->data.result;
            struct response *response = NULL;
            long status = 0;
            getinfo(easy, 0x200002, &status);
            getinfo(easy, 0x100015, &response);
            if (response) {
                good += result == 0 && status == 200 && response->head.count > 0 && response->body.count > 0;
                clear(response);
            }
            multi_remove(multi, easy);
            running--;
            if (begun < calls) {
                multi_add(multi, easy);
                begun++;
                running++;
            }
        }
        if (running > 0) multi_poll(multi, NULL, 0, 1000, NULL);
    }
    for (int index = 0; index < width; index++) {
        easy_cleanup(handles[index]);
        free(responses[index].head.bytes);
        free(responses[index].body.bytes);
    }
    multi_cleanup(multi);
    list_free(list);
    free(handles);
    free(responses);
    return good;
}
