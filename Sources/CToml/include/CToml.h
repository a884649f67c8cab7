// TOML 1.0 through toml++, as a flat list of what a document holds. No C++ exception crosses this header.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// What an entry is. Dates and times are handed on as text, as they are written in RFC 3339.
typedef enum {
    CTOML_TABLE,
    CTOML_ARRAY,
    CTOML_STRING,
    CTOML_INTEGER,
    CTOML_FLOAT,
    CTOML_BOOLEAN,
    CTOML_DATE,
    CTOML_TIME,
    CTOML_DATE_TIME,
} ctoml_kind;

/// One table, array or value. Text lives as long as its document; it may hold any byte, also NUL, so use the lengths.
typedef struct {
    ctoml_kind kind;
    int32_t parent;       // index of the table or array that holds this entry, -1 for the document itself
    uint32_t line;        // where the key (or the element of an array) begins; the first line is 1
    uint32_t column;      // in characters; the first column is 1
    const char *key;      // NULL for an element of an array
    size_t key_length;    // bytes
    const char *text;     // strings: the value; dates and times: their text; otherwise NULL
    size_t text_length;   // bytes
    int64_t integer;      // CTOML_INTEGER
    double number;        // CTOML_FLOAT
    bool boolean;         // CTOML_BOOLEAN
} ctoml_entry;

/// What is accepted. A limit that is passed is a parse error with its line, found before toml++ recurses.
typedef struct {
    size_t bytes;         // size of the whole document
    uint32_t brackets;    // arrays and inline tables inside one another
    uint32_t key_parts;   // names in one dotted key or table header
} ctoml_limits;

typedef struct {
    uint32_t line;        // 0 when the fault has no place (out of memory)
    uint32_t column;
    char message[256];    // one line of printable UTF-8, NUL-terminated
} ctoml_error;

typedef struct ctoml_document ctoml_document;

/// Parses `length` bytes. NULL on a fault, which is then described in `error`. Entries are in the order of the document's
/// tables, every parent before its children. Free the document with ctoml_free.
ctoml_document *ctoml_parse(const uint8_t *bytes, size_t length, ctoml_limits limits, ctoml_error *error);

size_t ctoml_count(const ctoml_document *document);

/// The entry at `index`, which must be below ctoml_count.
ctoml_entry ctoml_at(const ctoml_document *document, size_t index);

void ctoml_free(ctoml_document *document);

#ifdef __cplusplus
}
#endif
