#include "CurlAlone.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

typedef int (*setopt_function)(void *, int, ...);

struct body {
    char *bytes;
    size_t count, capacity;
};

struct message {
    int kind;
    void *easy;
    union {
        void *whatever;
        int result;
    } data;
};

static size_t receive(char *bytes, size_t size, size_t count, void *context) {
    struct body *body = context;
    count *= size;
    if (body->count + count > body->capacity) {
        body->capacity = 2 * (body->count + count);
        body->bytes = realloc(body->bytes, body->capacity);
    }
    memcpy(body->bytes + body->count, bytes, count);
    body->count += count;
    return count;
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
    struct body *bodies = calloc((size_t)width, sizeof *bodies);
    void **handles = calloc((size_t)width, sizeof *handles);
    void *multi = multi_init();
    long good = 0, begun = 0, running = 0;
    for (int index = 0; index < width; index++) {
        void *easy = handles[index] = easy_init();
        setopt(easy, 10002, url);             // URL
        setopt(easy, 10023, list);            // HTTPHEADER
        setopt(easy, 20011, receive);         // WRITEFUNCTION
        setopt(easy, 10001, &bodies[index]);  // WRITEDATA
        setopt(easy, 10103, &bodies[index]);  // PRIVATE
        setopt(easy, 99, 1L);                 // NOSIGNAL
        setopt(easy, 10004, "");              // PROXY
        if (width > 1 && begun < calls) {
            multi_add(multi, easy);
            begun++;
            running++;
        }
    }
    if (width == 1) {
        for (; begun < calls; begun++) {
            bodies[0].count = 0;
            long status = 0;
            if (easy_perform(handles[0]) == 0) getinfo(handles[0], 0x200002, &status);
            good += status == 200 && bodies[0].count > 0;
        }
    }
    while (running > 0) {
        int active = 0, left = 0;
        multi_perform(multi, &active);
        struct message *message;
        while ((message = next_message(multi, &left))) {
            void *easy = message->easy;
            int result = message->data.result;
            struct body *body = NULL;
            long status = 0;
            getinfo(easy, 0x200002, &status);
            getinfo(easy, 0x100015, &body);
            good += result == 0 && status == 200 && body && body->count > 0;
            if (body) body->count = 0;
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
        free(bodies[index].bytes);
    }
    multi_cleanup(multi);
    list_free(list);
    free(handles);
    free(bodies);
    return good;
}
