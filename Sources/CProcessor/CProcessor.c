#include "CProcessor.h"

#if defined(__x86_64__)

#include <cpuid.h>

/// Whether all of some bits are set.
static int has(unsigned word, unsigned bits) { return (word & bits) == bits; }

/// The register sets that the system saves when it changes from one thread to another.
static unsigned saved_registers(void) {
    unsigned low, high;
    __asm__("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    return low;
}

int unroll_x86_64_version(void) {
    unsigned a, b, c, d, extended_c, seventh_b;
    // SSE3, SSSE3, CMPXCHG16B, SSE4.1, SSE4.2 and POPCNT make version 2. Then FMA, MOVBE, OSXSAVE, AVX and F16C.
    if (!__get_cpuid(1, &a, &b, &c, &d)) return 0;
    if (!has(c, bit_SSE3 | bit_SSSE3 | bit_CMPXCHG16B | bit_SSE4_1 | bit_SSE4_2 | bit_POPCNT)) return 0;
    if (!has(c, bit_FMA | bit_MOVBE | bit_OSXSAVE | bit_AVX | bit_F16C)) return 0;
    if (!__get_cpuid(0x80000001, &a, &b, &extended_c, &d) || !has(extended_c, bit_LZCNT)) return 0;
    if (!__get_cpuid_count(7, 0, &a, &seventh_b, &c, &d)) return 0;
    if (!has(seventh_b, bit_BMI | bit_AVX2 | bit_BMI2)) return 0;
    // The lower halves of the vector registers and the upper ones; then the masks and the rest of 32 wide registers.
    unsigned saved = saved_registers();
    if (!has(saved, 0x06)) return 0;
    int wide = has(seventh_b, bit_AVX512F | bit_AVX512DQ | bit_AVX512CD | bit_AVX512BW | bit_AVX512VL);
    return wide && has(saved, 0xE6) ? 4 : 3;
}

#else

int unroll_x86_64_version(void) { return 0; }

#endif
