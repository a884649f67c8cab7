// What the tests of the C and C++ targets share. Each is one program, for any processor: it says on standard error what is
// wrong, and on standard output results that must be the same on every machine, and how many checks there were.
#pragma once

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static int checks_done, checks_failed;

/// check(condition, "what is expected", ...): goes on after a failure, so that a run shows all of them.
#define check(condition, ...) check_at((condition) != 0, __FILE__, __LINE__, __VA_ARGS__)

/// For what the rest of the test cannot do without.
#define require(condition, ...)                                       \
    do {                                                              \
        if (!check(condition, __VA_ARGS__)) exit(check_end());        \
    } while (0)

__attribute__((format(printf, 4, 5))) static inline int check_at(
    int holds, const char *file, int line, const char *expected, ...) {
    ++checks_done;
    if (holds) return 1;
    ++checks_failed;
    va_list arguments;
    va_start(arguments, expected);
    fprintf(stderr, "%s:%d: not so: ", file, line);
    vfprintf(stderr, expected, arguments);
    fprintf(stderr, "\n");
    va_end(arguments);
    return 0;
}

/// FNV-1a, to show many bytes in a line.
static inline uint64_t digest_of(const void *bytes, size_t size) {
    uint64_t digest = 14695981039346656037u;
    for (size_t i = 0; i < size; i++) digest = (digest ^ ((const uint8_t *)bytes)[i]) * 1099511628211u;
    return digest;
}

/// The exit status of the program.
static inline int check_end(void) {
    printf("%d checks\n", checks_done);
    return checks_failed == 0 && checks_done > 0 ? 0 : 1;
}
