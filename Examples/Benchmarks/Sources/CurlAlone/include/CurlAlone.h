// libcurl without anything around it: what a call costs at least. Like the transport, it keeps the head of a response, and has
// a request sent once.
#ifndef CURL_ALONE_H
#define CURL_ALONE_H

/// Sends so many GETs to a URL, so many at once, with these header lines (the last one is NULL). Returns how many had a
/// response with status 200, a head and a body; -1 without libcurl.
long curl_alone(const char *url, const char *const *headers, long calls, int width);

#endif
