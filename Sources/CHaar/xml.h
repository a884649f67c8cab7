#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "cascade.h"

namespace haar {

/// Reads a cascade in OpenCV's XML. On failure the result is false, and `fault` says in one sentence what is wrong and
/// where.
bool read_xml(const uint8_t *bytes, size_t size, cascade &into, std::string &fault);

}  // namespace haar
