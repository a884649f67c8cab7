#include "fate.h"

#include <stdlib.h>
#include <string.h>

enum { SECTOR = 512, ALL = 100 };

static uint64_t number(struct fate *fate) {
    uint64_t z = fate->state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static bool happens(struct fate *fate, unsigned percent) { return number(fate) % ALL < percent; }

void fate_new_cut(struct fate *fate) {
    static const unsigned chances[] = {0, ALL, 15, 50, 50, 85, 97};
    fate->chance = chances[number(fate) % (sizeof chances / sizeof chances[0])];
    fate->shuffles = happens(fate, 50);
}

bool fate_takes_newer(struct fate *fate) { return happens(fate, fate->chance); }

// New bytes at the end are zero. Out of memory is out of luck: these are tests.
static void resize(unsigned char **bytes, size_t *size, size_t wanted) {
    if (wanted > *size) {
        *bytes = realloc(*bytes, wanted);
        if (!*bytes) abort();
        memset(*bytes + *size, 0, wanted - *size);
    }
    *size = wanted;
}

void fate_apply(const struct change *change, unsigned char **bytes, size_t *size) {
    if (!change->bytes) {
        resize(bytes, size, change->size);
        return;
    }
    size_t end = (size_t)change->offset + change->size;
    if (end > *size) resize(bytes, size, end);
    memcpy(*bytes + change->offset, change->bytes, change->size);
}

// Sector by sector: the new bytes, or what was there, or neither. Bytes outside of the write stay as they are; where the
// file was shorter, its size may have come without the bytes.
static void tear(struct fate *fate, const struct change *change, struct content *content) {
    size_t start = (size_t)change->offset, end = start + change->size;
    bool grows = happens(fate, 50);
    if (end > content->size && grows) resize(&content->synced, &content->size, end);
    for (size_t from = start; from < end;) {
        size_t to = (from / SECTOR + 1) * SECTOR;
        if (to > end) to = end;
        unsigned kind = (unsigned)(number(fate) % 8);
        if (kind < 5) {
            struct change part = {
                .offset = (int64_t)from, .size = to - from, .bytes = change->bytes + (from - start)};
            if (kind < 4) {
                fate_apply(&part, &content->synced, &content->size);
            } else if (to <= content->size) {
                for (size_t i = from; i < to; i++) content->synced[i] = (unsigned char)number(fate);
            }
        }
        from = to;
    }
}

void fate_decide(struct fate *fate, struct content *content) {
    if (fate->shuffles) {
        for (size_t i = content->count; i > 1; i--) {
            size_t other = number(fate) % i;
            struct change kept = content->changes[i - 1];
            content->changes[i - 1] = content->changes[other];
            content->changes[other] = kept;
        }
    }
    for (size_t i = 0; i < content->count; i++) {
        struct change *change = &content->changes[i];
        bool is_torn = change->bytes && fate->chance > 0 && fate->chance < ALL && happens(fate, 30);
        if (is_torn) {
            tear(fate, change, content);
        } else if (happens(fate, fate->chance)) {
            fate_apply(change, &content->synced, &content->size);
        }
    }
}
