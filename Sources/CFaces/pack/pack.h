#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "section.h"

namespace rollcall {

/// The file of all models, mapped read-only: its pages are shared by every process that has it open, and the kernel may
/// take them back at any time. It is checked first: who holds a pack may believe its bytes.
///
/// A file that shrinks while it is mapped ends the process with SIGBUS. Whoever makes a pack therefore writes a new file
/// and renames it; what was mapped before stays whole until it is closed.
class pack {
public:
    /// Maps the file at `path`. Throws std::runtime_error with a sentence on what is wrong with it.
    explicit pack(const char *path);
    ~pack();
    pack(const pack &) = delete;
    pack &operator=(const pack &) = delete;

    /// The section of that name. Throws std::runtime_error when there is none.
    section find(const char *name) const;

    size_t size() const { return size_; }
    uint32_t version() const { return version_; }
    /// XXH3-128 in hexadecimal digits.
    const std::string &checksum() const { return checksum_; }

    struct entry {
        std::string name;
        size_t offset, size;
    };

private:
    const uint8_t *bytes_ = nullptr;
    size_t size_ = 0;
    uint32_t version_ = 0;
    std::string checksum_;
    std::vector<entry> table_;
};

}  // namespace rollcall
