// The module's side of the page: what a program prints, what it warns of, the sentence with
// which it stops, and what it takes for chance.

#include "Runtime.h"

#define PAGE(name) __attribute__((import_module("page"), import_name(#name)))

PAGE(print) void page_print(int byte);
PAGE(warn) void page_warn(const char *sentence, size_t count);
PAGE(stop) void page_stop(const char *sentence, size_t count);

/// Takes one byte of UTF-8 of what the program prints.
int putchar(int byte) {
    page_print(byte);
    return byte;
}

/// Hands over a sentence that is no output of the program.
void unroll_warn(const char *sentence, size_t count) { page_warn(sentence, count); }

/// Hands over the sentence before the trap, which itself says nothing.
_Noreturn void unroll_stop(const char *sentence, size_t count) {
    page_stop(sentence, count);
    __builtin_trap();
}

/// The seed of all hashing, which is the same in every run, as the order of a dictionary then is.
void arc4random_buf(void *bytes, size_t count) {
    for (unsigned char *byte = bytes; count > 0; count--) *byte++ = 0x5a;
}

/// The guard that functions with arrays on the stack put behind them, and what they do where it has changed.
uintptr_t __stack_chk_guard = 0x5e2d71a3;
_Noreturn void __stack_chk_fail(void) { STOP("a function wrote past its place on the stack."); }
