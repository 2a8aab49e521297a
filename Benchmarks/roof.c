// The most multiply-adds that this processor can do: a loop over registers alone, with its widest vectors.
//
// Answers each line of standard input, "roof", with the seconds that 2^33 fused multiply-adds take, shared among as many
// threads as UNROLL_THREADS says; and "wake" with the seconds from a signal to a sleeping thread until that thread runs and
// has answered.
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#if defined(__AVX512F__)
enum { lanes = 16 };
#elif defined(__AVX__)
enum { lanes = 8 };
#else
enum { lanes = 4 };
#endif
typedef float vector __attribute__((vector_size(4 * lanes)));

enum { sums = 12 };
static const long long total = 1LL << 33;

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + 1e-9 * time.tv_nsec;
}

static void *multiply_add(void *count) {
    vector sum[sums], factor, term;
    for (int lane = 0; lane < lanes; lane++) {
        factor[lane] = 0.5f;
        term[lane] = 0.25f;
        for (int index = 0; index < sums; index++) sum[index][lane] = 0.001f * (float)(index + lane);
    }
    for (long long round = *(long long *)count / (sums * lanes); round > 0; round--) {
        for (int index = 0; index < sums; index++) sum[index] = __builtin_elementwise_fma(sum[index], factor, term);
        // The compiler must not know what the factors are.
        __asm__ volatile("" : "+x"(factor), "+x"(term));
    }
    for (int index = 1; index < sums; index++) sum[0] += sum[index];
    volatile float result = sum[0][0];
    (void)result;
    return NULL;
}

static double roof(int threads) {
    pthread_t others[64];
    long long count = total / threads;
    double start = now();
    for (int index = 1; index < threads; index++) pthread_create(&others[index], NULL, multiply_add, &count);
    multiply_add(&count);
    for (int index = 1; index < threads; index++) pthread_join(others[index], NULL);
    return now() - start;
}

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int turn;

static void *answer(void *unused) {
    pthread_mutex_lock(&lock);
    for (;;) {
        while (turn != 1) pthread_cond_wait(&changed, &lock);
        turn = 2;
        pthread_cond_broadcast(&changed);
    }
    return unused;
}

static int ascending(const void *a, const void *b) {
    double difference = *(const double *)a - *(const double *)b;
    return (difference > 0) - (difference < 0);
}

// The median of many wakes.
static double wake(int gap) {
    static int has_begun;
    pthread_t other;
    if (!has_begun) pthread_create(&other, NULL, answer, NULL);
    has_begun = 1;
    double times[101];
    for (int index = 0; index < 101; index++) {
        double start = now();
        while (now() - start < 1e-6 * gap) {
        }
        start = now();
        pthread_mutex_lock(&lock);
        turn = 1;
        pthread_cond_broadcast(&changed);
        while (turn != 2) pthread_cond_wait(&changed, &lock);
        pthread_mutex_unlock(&lock);
        times[index] = now() - start;
    }
    qsort(times, 101, sizeof *times, ascending);
    return times[50];
}

int main(void) {
    const char *value = getenv("UNROLL_THREADS");
    int threads = value ? atoi(value) : 1;
    char line[64];
    while (fgets(line, sizeof line, stdin)) {
        printf("%.9f\n", strncmp(line, "wake", 4) == 0 ? wake(atoi(line + 4)) : roof(threads < 1 ? 1 : threads > 64 ? 64 : threads));
        fflush(stdout);
    }
}
