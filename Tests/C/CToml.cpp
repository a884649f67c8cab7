// Every kind of value, and what is refused and where: a char is signed on one processor and not on another.
#include "CToml.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

#include "check.h"

namespace {

constexpr ctoml_limits limits{1 << 20, 16, 8};

const char document[] =
    "# caf\xC3\xA9\n"
    "text = \"a\\u0000\xC3\xA9\\t\"\n"
    "least = -9223372036854775808\n"
    "most = 0x7FFFFFFFFFFFFFFF\n"
    "small = 5e-324\n"
    "precise = 0.1\n"
    "endless = -inf\n"
    "yes = true\n"
    "day = 2024-02-29\n"
    "time = 23:59:59.000001\n"
    "morning = [2024-02-29 07:30:00 , 2024-02-29\t ] \r\n"
    "moment = 1979-05-27T07:32:00-07:00\n"
    "list = [1, [\"two\"], {three = 3}]\n"
    "[table.inner]\n"
    "'quoted key' = '''x'''\n";

std::string printed(const ctoml_entry &entry) {
    char number[64] = "";
    switch (entry.kind) {
    case CTOML_TABLE: return "table";
    case CTOML_ARRAY: return "array";
    case CTOML_INTEGER: std::snprintf(number, sizeof number, "%lld", static_cast<long long>(entry.integer)); break;
    case CTOML_FLOAT: std::snprintf(number, sizeof number, "%a", entry.number); break;
    case CTOML_BOOLEAN: return entry.boolean ? "true" : "false";
    default: return std::string(entry.text, entry.text_length);
    }
    return number;
}

void kinds() {
    struct expectation {
        ctoml_kind kind;
        int32_t parent;
        uint32_t line;
        const char *key;
        std::string value;
    };
    const std::vector<expectation> expected = {
        {CTOML_DATE, -1, 9, "day", "2024-02-29"},
        {CTOML_FLOAT, -1, 7, "endless", "-inf"},
        {CTOML_INTEGER, -1, 3, "least", "-9223372036854775808"},
        {CTOML_ARRAY, -1, 13, "list", "array"},
        {CTOML_INTEGER, 3, 13, nullptr, "1"},
        {CTOML_ARRAY, 3, 13, nullptr, "array"},
        {CTOML_STRING, 5, 13, nullptr, "two"},
        {CTOML_TABLE, 3, 13, nullptr, "table"},
        {CTOML_INTEGER, 7, 13, "three", "3"},
        {CTOML_DATE_TIME, -1, 12, "moment", "1979-05-27T07:32:00-07:00"},
        {CTOML_ARRAY, -1, 11, "morning", "array"},
        {CTOML_DATE_TIME, 10, 11, nullptr, "2024-02-29T07:30:00"},
        {CTOML_DATE, 10, 11, nullptr, "2024-02-29"},
        {CTOML_INTEGER, -1, 4, "most", "9223372036854775807"},
        {CTOML_FLOAT, -1, 6, "precise", "0x1.999999999999ap-4"},
        {CTOML_FLOAT, -1, 5, "small", "0x0.0000000000001p-1022"},
        {CTOML_TABLE, -1, 14, "table", "table"},
        {CTOML_TABLE, 16, 14, "inner", "table"},
        {CTOML_STRING, 17, 15, "quoted key", "x"},
        {CTOML_STRING, -1, 2, "text", std::string("a\0\xC3\xA9\t", 5)},
        {CTOML_TIME, -1, 10, "time", "23:59:59.000001"},
        {CTOML_BOOLEAN, -1, 8, "yes", "true"},
    };
    ctoml_error error{};
    ctoml_document *parsed = ctoml_parse(reinterpret_cast<const uint8_t *>(document), sizeof document - 1, limits, &error);
    require(parsed != nullptr, "the document is read: line %u: %s", error.line, error.message);
    require(ctoml_count(parsed) == expected.size(), "it has %zu entries, not %zu", expected.size(), ctoml_count(parsed));
    for (size_t i = 0; i < expected.size(); ++i) {
        const ctoml_entry entry = ctoml_at(parsed, i);
        const expectation &wanted = expected[i];
        const std::string key = entry.key ? std::string(entry.key, entry.key_length) : "";
        check((entry.key == nullptr) == (wanted.key == nullptr) && (!entry.key || key == wanted.key),
              "entry %zu is called %s, not %s",
              i, wanted.key ? wanted.key : "nothing", key.c_str());
        check(entry.kind == wanted.kind, "entry %zu is of kind %d, not %d", i, wanted.kind, entry.kind);
        check(entry.parent == wanted.parent, "entry %zu lies in %d, not in %d", i, wanted.parent, entry.parent);
        check(entry.line == wanted.line, "entry %zu stands on line %u, not %u", i, wanted.line, entry.line);
        check(printed(entry) == wanted.value, "entry %zu is %s, not %s", i, wanted.value.c_str(), printed(entry).c_str());
    }
    ctoml_free(parsed);
}

void refused(
    const std::string &text, uint32_t line, uint32_t column, const std::string &reason = "", ctoml_limits within = limits) {
    ctoml_error error{};
    ctoml_document *parsed = ctoml_parse(reinterpret_cast<const uint8_t *>(text.data()), text.size(), within, &error);
    check(parsed == nullptr, "refused: %.40s", text.c_str());
    check(error.line == line && error.column == column, "the fault is at %u:%u, not at %u:%u: %s", line, column, error.line,
          error.column, error.message);
    const size_t length = strnlen(error.message, sizeof error.message);
    check(length > 0 && length < sizeof error.message, "there is a reason");
    const auto plain = [](char character) { return character >= 0x20 && character < 0x7F; };
    check(std::all_of(error.message, error.message + length, plain), "it is plain text: %s", error.message);
    check(std::string(error.message, length).find(reason) != std::string::npos, "it is %s, not %s", reason.c_str(),
          error.message);
    std::printf("%u:%u %s\n", error.line, error.column, error.message);
    ctoml_free(parsed);
}

}  // namespace

int main() {
    kinds();
    refused("a = 1\na = 2\n", 2, 5);
    refused("\"caf\xC3\xA9\" = 1\n\"caf\xC3\xA9\" = 2\n", 2, 10, "caf?" "?");
    refused(std::string("a = 1\n \0b = 2\n", 14), 2, 2, "NUL");
    refused("a = \"caf\xC3\xA9\nb = 1\n", 1, 10);
    refused("a = \"\xFF\xFE\"\n", 1, 5);
    refused("a = 9223372036854775808\n", 1, 24);
    refused("a = 1 \xC3\xA9\n", 1, 7, "only strings and comments");
    refused("\xC3\xA9 = 1\n", 1, 1);
    refused(std::string("a = \"x\0\"\n", 9), 1, 7, "NUL");
    refused("[]\n", 1, 2);
    refused("a = [{x = 1}, [}]]\n", 1, 16);
    refused("a = 1 = 2\n", 1, 7);
    refused("a = 2024-02-29 9\nb = 1\n", 1, 16, "half a time");
    refused("a = 2024-02-29TX:\n", 1, 15, "half a time");
    refused("a = \"\"\"x \\\n y\"\"\"\n", 1, 11);
    refused("a = " + std::string(17, '['), 1, 21);
    refused("a = " + std::string(100000, '['), 1, 21, "too deeply");
    refused("a.b.c.d.e.f.g.h.i = 1\n", 1, 16, "too many parts");
    refused("a = 1\n", 1, 1, "larger than 5 bytes", {5, 16, 8});
    return check_end();
}
