// What the files of the runtime ask of each other, and of the page that a module runs in.

#pragma once

#include <stddef.h>
#include <stdint.h>

/// Hands a warning to the page.
void unroll_warn(const char *sentence, size_t count);

/// Hands a sentence to the page, and ends the call.
_Noreturn void unroll_stop(const char *sentence, size_t count);

/// The same for a sentence that is written down in C.
#define STOP(sentence) unroll_stop(sentence, sizeof sentence - 1)
