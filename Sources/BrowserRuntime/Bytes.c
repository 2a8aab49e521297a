// Blocks of bytes. To move and to fill them are instructions of WebAssembly.

#include <stddef.h>

void *memmove(void *target, const void *source, size_t count) { return __builtin_memmove(target, source, count); }

void *memcpy(void *restrict target, const void *restrict source, size_t count) {
    return __builtin_memcpy(target, source, count);
}

void *memset(void *target, int byte, size_t count) { return __builtin_memset(target, byte, count); }

/// The difference of the first two bytes that differ, 0 where none does.
int memcmp(const void *left, const void *right, size_t count) {
    const unsigned char *a = left, *b = right;
    for (; count > 0; a++, b++, count--)
        if (*a != *b) return *a - *b;
    return 0;
}
