// The people whose templates are nearest to a probe, by Euclidean distance of 128 numbers.
//
// A gallery does not change once it is made: any number of threads may search it, each with a scratch of its own.
#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define RM_EXPORT __attribute__((visibility("default")))
#else
#define RM_EXPORT
#endif

enum {
    RM_NUMBERS = 128,    ///< numbers of a template
    RM_MOST_NEAREST = 32 ///< the most people that one search can list
};

typedef struct rm_gallery rm_gallery;

/// Which instructions a gallery is searched with. `RM_WIDEST` is right outside tests and benchmarks.
typedef enum { RM_WIDEST, RM_BASE, RM_AVX2, RM_AVX512 } rm_processor;

/// One person and the distance of their nearest template.
typedef struct {
    uint32_t person;
    float distance;
} rm_neighbour;

/// Copies `count` templates of 128 finite numbers; template i is one of person `people[i]`.
/// NULL when memory is out or this machine has no such processor.
RM_EXPORT rm_gallery *rm_gallery_make(
    const float *templates, const uint32_t *people, size_t count, rm_processor processor);
RM_EXPORT void rm_gallery_free(rm_gallery *gallery);

/// Floats that a search needs to work in.
RM_EXPORT size_t rm_gallery_scratch(const rm_gallery *gallery);

/// The `wanted` nearest people (at most RM_MOST_NEAREST), nearest first, equal ones in the order of their numbers.
/// Returns how many there are.
RM_EXPORT size_t rm_gallery_nearest(
    const rm_gallery *gallery, const float probe[RM_NUMBERS], float *scratch, rm_neighbour *nearest, size_t wanted);

/// The product of each of `count` rows of `width` numbers (a multiple of 16) with `probe`.
RM_EXPORT void rm_products(const float *rows, size_t count, size_t width, const float *probe, float *products);

#ifdef __cplusplus
}
#endif
