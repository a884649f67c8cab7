#include "CToml.h"

#include "prescan.h"

#include <cstdint>
#include <exception>
#include <memory>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#ifndef TOML_HEADER_ONLY
#define TOML_HEADER_ONLY 0
#define TOML_SHARED_LIB 1
#endif
#include <toml++/toml.h>

namespace {

struct Entry {
    ctoml_kind kind = CTOML_TABLE;
    int32_t parent = -1;
    uint32_t line = 0;
    uint32_t column = 0;
    bool has_key = false;
    std::string key;
    std::string text;
    int64_t integer = 0;
    double number = 0;
    bool boolean = false;
};

template <typename Value>
std::string text_of(const Value &value) {
    std::ostringstream stream;
    stream << value;
    return stream.str();
}

}  // namespace

struct ctoml_document {
    std::vector<Entry> entries;

    void add_table(const toml::table &table, int32_t parent) {
        for (const auto &[key, node] : table) {
            Entry entry;
            entry.parent = parent;
            entry.has_key = true;
            entry.key = std::string(key.str());
            entry.line = key.source().begin.line;
            entry.column = key.source().begin.column;
            add(node, std::move(entry));
        }
    }

private:
    void add(const toml::node &node, Entry entry) {
        const auto here = static_cast<int32_t>(entries.size());
        switch (node.type()) {
        case toml::node_type::table:
            entries.push_back(std::move(entry));
            add_table(*node.as_table(), here);
            return;
        case toml::node_type::array:
            entry.kind = CTOML_ARRAY;
            entries.push_back(std::move(entry));
            for (const toml::node &element : *node.as_array()) {
                Entry child;
                child.parent = here;
                child.line = element.source().begin.line;
                child.column = element.source().begin.column;
                add(element, std::move(child));
            }
            return;
        case toml::node_type::string:
            entry.kind = CTOML_STRING;
            entry.text = node.as_string()->get();
            break;
        case toml::node_type::integer:
            entry.kind = CTOML_INTEGER;
            entry.integer = node.as_integer()->get();
            break;
        case toml::node_type::floating_point:
            entry.kind = CTOML_FLOAT;
            entry.number = node.as_floating_point()->get();
            break;
        case toml::node_type::boolean:
            entry.kind = CTOML_BOOLEAN;
            entry.boolean = node.as_boolean()->get();
            break;
        case toml::node_type::date:
            entry.kind = CTOML_DATE;
            entry.text = text_of(node.as_date()->get());
            break;
        case toml::node_type::time:
            entry.kind = CTOML_TIME;
            entry.text = text_of(node.as_time()->get());
            break;
        case toml::node_type::date_time:
            entry.kind = CTOML_DATE_TIME;
            entry.text = text_of(node.as_date_time()->get());
            break;
        default: return;
        }
        entries.push_back(std::move(entry));
    }
};

namespace {

/// toml++ quotes the file in its messages: what is not plain text becomes a question mark, and the message stays one line.
void describe(ctoml_error &error, uint32_t line, uint32_t column, std::string_view reason) {
    error.line = line;
    error.column = column;
    size_t written = 0;
    for (const char character : reason) {
        if (written + 1 >= sizeof error.message) break;
        error.message[written++] = character >= 0x20 && character < 0x7F ? character : '?';
    }
    error.message[written] = 0;
}

}  // namespace

ctoml_document *ctoml_parse(const uint8_t *bytes, size_t length, ctoml_limits limits, ctoml_error *error) {
    try {
        if (!rollcall::within_limits(bytes, length, limits, *error)) return nullptr;
        const std::string_view text(reinterpret_cast<const char *>(bytes), length);
        const toml::table table = toml::parse(text);
        auto document = std::make_unique<ctoml_document>();
        document->add_table(table, -1);
        return document.release();
    } catch (const toml::parse_error &fault) {
        describe(*error, fault.source().begin.line, fault.source().begin.column, fault.description());
    } catch (const std::exception &fault) {
        describe(*error, 0, 0, fault.what());
    } catch (...) {
        describe(*error, 0, 0, "the TOML parser failed");
    }
    return nullptr;
}

size_t ctoml_count(const ctoml_document *document) { return document->entries.size(); }

ctoml_entry ctoml_at(const ctoml_document *document, size_t index) {
    const Entry &entry = document->entries[index];
    const bool has_text = entry.kind == CTOML_STRING || entry.kind >= CTOML_DATE;
    ctoml_entry result = {};
    result.kind = entry.kind;
    result.parent = entry.parent;
    result.line = entry.line;
    result.column = entry.column;
    result.key = entry.has_key ? entry.key.data() : nullptr;
    result.key_length = entry.key.size();
    result.text = has_text ? entry.text.data() : nullptr;
    result.text_length = entry.text.size();
    result.integer = entry.integer;
    result.number = entry.number;
    result.boolean = entry.boolean;
    return result;
}

void ctoml_free(ctoml_document *document) { delete document; }
