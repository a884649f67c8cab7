// The layout of rollcall-models.pack, which tools/modelpack writes and pack.cpp maps. Numbers are little-endian.
//
//     at  bytes
//      0     16  magic
//     16      4  version
//     20      4  number of sections
//     24      8  size of the file
//     32     16  XXH3-128, in its canonical form, of the whole file with zeros in the place of these bytes
//     48     16  zeros
//     64     64  for each section: name (32, ends in zeros), offset (8), size (8), zeros (16)
//
// The sections follow, each at a multiple of 4096 bytes, with zeros between them.
#pragma once

#include <cstddef>
#include <cstdint>

namespace rollcall::pack_format {

/// As PNG's: a byte that is no text, and a line's end that a transfer as text would change.
constexpr uint8_t magic[16] = {0x89, 'r', 'o', 'l', 'l', 'c', 'a', 'l', 'l', '-', 'p', 'a', 'c', 'k', '\r', '\n'};
/// Another one whenever a section's bytes mean something else than before.
constexpr uint32_t version = 2;

constexpr size_t page = 4096;
constexpr size_t version_at = 16, count_at = 20, size_at = 24, checksum_at = 32, table_at = 64;
constexpr size_t checksum_bytes = 16, entry_bytes = 64, name_bytes = 32;
constexpr size_t most_sections = (page - table_at) / entry_bytes;

}  // namespace rollcall::pack_format
