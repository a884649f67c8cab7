// sources: Sources/CToml/toml.cpp Sources/CToml/prescan.cpp | flags: -ISources/CToml/include -DTOML_HEADER_ONLY=1 | libs: | seeds: toml
// Any bytes: no crash, and either an error with a place or a well-formed list. toml++ is compiled in, so that it is checked too.
#include <CToml.h>

#include <cstdlib>
#include <cstring>

namespace {

void require(bool condition) {
    if (!condition) abort();
}

void check(const ctoml_document *document) {
    const size_t count = ctoml_count(document);
    size_t sum = 0;
    for (size_t index = 0; index < count; ++index) {
        const ctoml_entry entry = ctoml_at(document, index);
        require(entry.parent >= -1 && entry.parent < static_cast<int32_t>(index));
        require(entry.line >= 1 && entry.column >= 1);
        if (entry.parent >= 0) {
            const ctoml_kind kind = ctoml_at(document, entry.parent).kind;
            require(kind == (entry.key == nullptr ? CTOML_ARRAY : CTOML_TABLE));
        } else {
            require(entry.key != nullptr);
        }
        const bool has_text = entry.kind == CTOML_STRING || entry.kind >= CTOML_DATE;
        require(has_text == (entry.text != nullptr));
        // The bytes must be readable to the last.
        for (size_t i = 0; entry.key != nullptr && i < entry.key_length; ++i) sum += entry.key[i];
        for (size_t i = 0; has_text && i < entry.text_length; ++i) sum += entry.text[i];
    }
    volatile size_t used = sum;
    (void)used;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    ctoml_error error = {};
    ctoml_document *document = ctoml_parse(bytes, length, {1 << 20, 16, 8}, &error);
    if (document != nullptr) {
        check(document);
        ctoml_free(document);
    } else {
        require(error.message[0] != 0);
        require(memchr(error.message, 0, sizeof error.message) != nullptr);
    }
    return 0;
}
