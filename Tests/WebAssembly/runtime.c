// What Embedded Swift asks of the system that it runs on, for WebAssembly without any: memory, the guard of the stack,
// and arithmetic that the machine has no instruction for.

#include <stddef.h>
#include <stdint.h>

// Blocks have sizes of powers of two, and a header that says which. Freed blocks wait in a list for each size.
struct block {
    struct block *next;
    size_t order;
    size_t padding[2];
};

extern unsigned char __heap_base;
static struct block *freed[32];
static uintptr_t end;

static void *allocate(size_t size) {
    size_t order = 5;
    while (((size_t)1 << order) < size + sizeof(struct block)) order++;
    struct block *block = freed[order];
    if (block) {
        freed[order] = block->next;
    } else {
        if (!end) end = ((uintptr_t)&__heap_base + 63) & ~(uintptr_t)63;
        block = (struct block *)end;
        end += (size_t)1 << order;
        uintptr_t memory = __builtin_wasm_memory_size(0) << 16;
        if (end > memory && __builtin_wasm_memory_grow(0, ((end - memory) >> 16) + 1) == (size_t)-1) __builtin_trap();
    }
    block->order = order;
    return block + 1;
}

/// Swift asks for no alignment above 16, which every block has.
int posix_memalign(void **result, size_t alignment, size_t size) {
    if (alignment > 16) return 22;
    *result = allocate(size);
    return 0;
}

void free(void *memory) {
    if (!memory) return;
    struct block *block = (struct block *)memory - 1;
    block->next = freed[block->order];
    freed[block->order] = block;
}

/// The product of two numbers of 128 bits, from those of their halves.
__int128 __multi3(__int128 a, __int128 b) {
    uint64_t mask = 0xffffffff, x = (uint64_t)a, y = (uint64_t)b;
    uint64_t low = (x & mask) * (y & mask), left = (x >> 32) * (y & mask) + (low >> 32);
    uint64_t right = (x & mask) * (y >> 32) + (left & mask);
    uint64_t high = (x >> 32) * (y >> 32) + (left >> 32) + (right >> 32);
    high += (uint64_t)(a >> 64) * y + x * (uint64_t)(b >> 64);
    return (__int128)(((unsigned __int128)high << 64) | (right << 32) | (low & mask));
}

// The fused multiply-adds must round once, as the instructions of other machines do. The ways are those of S. Boldo and
// G. Melquiond, "Emulation of a FMA and correctly rounded sums: proved algorithms using rounding to odd" (2008).

/// The sum of two numbers, and what rounding took from it.
static double sum(double a, double b, double *error) {
    double sum = a + b, second = sum - a;
    *error = (a - (sum - second)) + (b - second);
    return sum;
}

/// The sum rounded to odd: an inexact one takes the neighbor whose last bit is 1, which a later rounding cannot mistake
/// for a tie.
static double odd_sum(double a, double b) {
    double error, result = sum(a, b, &error);
    union { double number; uint64_t bits; } odd = { result };
    if (error == 0 || error - error != 0 || odd.bits & 1) return result;
    odd.bits += (error > 0) == (result > 0) ? 1 : -1;
    return odd.number;
}

/// a · b + c: the product of two floats is exact in doubles.
float fmaf(float a, float b, float c) { return (float)odd_sum((double)a * b, c); }

/// The upper half of a number's digits.
static double upper(double a) {
    double shifted = 134217729 * a;
    return shifted - (shifted - a);
}

/// a · b + c, where nothing comes near the ends of the range of doubles; random numbers and sines stay far from them.
double fma(double a, double b, double c) {
    double product = a * b, a1 = upper(a), b1 = upper(b), a2 = a - a1, b2 = b - b1;
    double rest = a2 * b2 - (((product - a1 * b1) - a2 * b1) - a1 * b2);
    double low, lowest, high = sum(product, sum(c, rest, &lowest), &low);
    return high + odd_sum(lowest, low);
}

/// The nearest whole number; halves go away from zero.
double round(double x) {
    double whole = __builtin_trunc(x);
    return __builtin_fabs(x - whole) >= 0.5 ? whole + __builtin_copysign(1, x) : whole;
}

uintptr_t __stack_chk_guard = 0x5e2d71a3;
void __stack_chk_fail(void) { __builtin_trap(); }
