// The part of SourceKit's C interface that Unroll uses, as types for functions that are looked up at run time:
// the library belongs to the toolchain, which is known only then.
#pragma once

#include <stdbool.h>
#include <stdint.h>

/// A request, owned by who made it.
typedef void *sourcekit_request;

/// A response, owned by who received it.
typedef void *sourcekit_response;

/// A value inside a response, which lives as long as the response.
typedef struct {
    uint64_t data[3];
} sourcekit_variant;

typedef void (*sourcekit_initialize)(void);
typedef sourcekit_request (*sourcekit_request_from_yaml)(const char *yaml, char **error);
typedef void (*sourcekit_request_release)(sourcekit_request request);
typedef sourcekit_response (*sourcekit_send_sync)(sourcekit_request request);
typedef void (*sourcekit_response_dispose)(sourcekit_response response);
typedef bool (*sourcekit_response_is_error)(sourcekit_response response);
typedef const char *(*sourcekit_response_error)(sourcekit_response response);
typedef sourcekit_variant (*sourcekit_response_value)(sourcekit_response response);

/// The value as JSON; the caller frees it.
typedef char *(*sourcekit_variant_json)(sourcekit_variant value);
