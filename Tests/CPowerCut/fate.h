// What a cut leaves of the changes that no sync has covered.
#pragma once

#include "disk.h"

// Random numbers (SplitMix), and how much gets through at the present cut.
struct fate {
    uint64_t state;
    unsigned chance;
    bool shuffles;
};

// Draws what kind of cut this is: nothing gets through, or everything, or some, in order or not.
void fate_new_cut(struct fate *fate);

// Whether a name that was made or deleted has become so on the disk.
bool fate_takes_newer(struct fate *fate);

// Lets each change through whole, in part, or not at all.
void fate_decide(struct fate *fate, struct content *content);

// Lets one change through whole.
void fate_apply(const struct change *change, unsigned char **bytes, size_t *size);
