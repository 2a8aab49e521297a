// Arithmetic that WebAssembly has no instruction for.

#include <stdint.h>

/// The product of two numbers of 128 bits, from those of their halves.
__int128 __multi3(__int128 a, __int128 b) {
    uint64_t mask = 0xffffffff, x = (uint64_t)a, y = (uint64_t)b;
    uint64_t low = (x & mask) * (y & mask), left = (x >> 32) * (y & mask) + (low >> 32);
    uint64_t right = (x & mask) * (y >> 32) + (left & mask);
    uint64_t high = (x >> 32) * (y >> 32) + (left >> 32) + (right >> 32);
    high += (uint64_t)(a >> 64) * y + x * (uint64_t)(b >> 64);
    return (__int128)(((unsigned __int128)high << 64) | (right << 32) | (low & mask));
}

/// The nearest whole number; halves go away from zero.
double round(double x) {
    double whole = __builtin_trunc(x);
    return __builtin_fabs(x - whole) >= 0.5 ? whole + __builtin_copysign(1, x) : whole;
}

float roundf(float x) { return (float)round(x); }

union number {
    double value;
    uint64_t bits;
};

/// A number's 53 digits as a whole number, and the exponent that they stand under, which is not above 0 for subnormal
/// numbers.
static uint64_t digits(uint64_t magnitude, int *exponent) {
    *exponent = (int)(magnitude >> 52);
    if (*exponent > 0) return (magnitude & 0xfffffffffffff) | 1ull << 52;
    int shift = __builtin_clzll(magnitude) - 11;
    *exponent = 1 - shift;
    return magnitude << shift;
}

/// What a division to a whole quotient leaves of x, by long division; it is exact.
double fmod(double x, double y) {
    union number a = { x }, b = { y };
    uint64_t sign = a.bits & 1ull << 63;
    a.bits ^= sign;
    b.bits &= ~(1ull << 63);
    if (b.bits == 0 || b.bits > 0x7ffull << 52 || a.bits >= 0x7ffull << 52) return (x * y) / (x * y);
    if (a.bits < b.bits) return x;
    int exponent, least;
    uint64_t rest = digits(a.bits, &exponent), divisor = digits(b.bits, &least);
    for (;; exponent--, rest <<= 1) {
        if (rest >= divisor) rest -= divisor;
        if (exponent == least) break;
    }
    if (rest > 0) {
        int shift = __builtin_clzll(rest) - 11;
        rest <<= shift;
        exponent -= shift;
        // Subnormal numbers have fewer digits; those that go are zeros.
        rest = exponent > 0 ? rest + ((uint64_t)(exponent - 1) << 52) : rest >> (1 - exponent);
    }
    a.bits = sign | rest;
    return a.value;
}

float fmodf(float x, float y) { return (float)fmod(x, y); }

/// What a division to the nearest whole quotient leaves of x; of two that are as near the even one counts. It is exact.
double remainder(double x, double y) {
    double divisor = __builtin_fabs(y), size = __builtin_fabs(x);
    if (divisor == 0 || divisor != divisor || size - size != 0) return (x * y) / (x * y);
    // Below twice the divisor the quotient is 0 or 1, and what was taken away before was even.
    double rest = 2 * divisor - 2 * divisor == 0 ? fmod(size, 2 * divisor) : size;
    if (divisor - divisor != 0) return x;
    // rest > divisor / 2, without the half of a number that has no half.
    if (rest > divisor - rest) {
        rest -= divisor;
        if (rest >= 0 && rest >= divisor - rest) rest -= divisor;
    }
    return __builtin_signbit(x) ? -rest : rest;
}

float remainderf(float x, float y) { return (float)remainder(x, y); }

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
    union number odd = { result };
    if (error == 0 || error - error != 0 || odd.bits & 1) return result;
    odd.bits += (error > 0) == (result > 0) ? 1 : -1;
    return odd.value;
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
    if (rest - rest != 0 || c - c != 0) return product + c;
    double low, lowest, high = sum(product, sum(c, rest, &lowest), &low);
    return high + odd_sum(lowest, low);
}
