#pragma once

typedef float unroll_float4 __attribute__((vector_size(16)));

/// a · b + c in each lane, rounded once where the processor does so: the page asks before it takes this build.
static inline __attribute__((always_inline)) unroll_float4 relaxed_madd(
    unroll_float4 a, unroll_float4 b, unroll_float4 c) {
    return __builtin_wasm_relaxed_madd_f32x4(a, b, c);
}
