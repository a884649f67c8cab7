// The checks on bytes that come before toml++, whose parser and destructors recurse.
#pragma once

#include "CToml.h"

namespace rollcall {

/// False, with the place and the reason in `error`, when the bytes are too many, nested too deeply, hold a NUL, or are of a
/// kind that toml++ has no defined answer to. A document that is TOML passes, but for line-ending backslashes.
bool within_limits(const uint8_t *bytes, size_t length, const ctoml_limits &limits, ctoml_error &error);

}  // namespace rollcall
