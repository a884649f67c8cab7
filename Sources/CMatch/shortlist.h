#pragma once

#include <cstddef>
#include <limits>

#include "CMatch.h"

namespace rollcall {

/// The nearest people so far, nearest first, each once; equal ones in the order of their numbers.
class shortlist {
public:
    shortlist(rm_neighbour *entries, size_t wanted) : entries_(entries), wanted_(wanted) {}

    /// Whoever is further than this is not listed.
    float limit() const {
        return count_ < wanted_ ? std::numeric_limits<float>::infinity() : entries_[wanted_ - 1].distance;
    }

    void offer(rm_neighbour one) {
        size_t at = 0;
        while (at < count_ && !before(one, entries_[at])) {
            if (entries_[at].person == one.person) return;
            ++at;
        }
        if (at == wanted_) return;
        // The same person further away, or the last one when the list is full, makes room.
        size_t last = at;
        while (last < count_ && entries_[last].person != one.person) ++last;
        if (last == count_) {
            if (count_ < wanted_) ++count_;
            else --last;
        }
        for (; last > at; --last) entries_[last] = entries_[last - 1];
        entries_[at] = one;
    }

    size_t count() const { return count_; }
    size_t wanted() const { return wanted_; }

private:
    static bool before(rm_neighbour a, rm_neighbour b) {
        return a.distance < b.distance || (a.distance == b.distance && a.person < b.person);
    }

    rm_neighbour *entries_;
    size_t wanted_, count_ = 0;
};

}  // namespace rollcall
