#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace modelpack {

/// Sections by name, in their order in the file.
using sections = std::vector<std::pair<std::string, std::vector<uint8_t>>>;

/// The bytes of a pack, as Sources/CFaces/pack/format.h describes them.
std::vector<uint8_t> pack_of(const sections &parts);

/// Puts the bytes at `path` in one step: a reader has the old file or the new one, whole, and a mapped one never changes.
/// Throws std::runtime_error.
void replace_file(const std::string &path, const std::vector<uint8_t> &bytes);

}  // namespace modelpack
