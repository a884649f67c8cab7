#include "prescan.h"

#include <cstdio>

namespace rollcall {
namespace {

/// Walks the bytes once, knowing just enough of TOML to tell brackets and dots from those in strings and comments.
class Scanner {
public:
    Scanner(const uint8_t *bytes, size_t length, const ctoml_limits &limits, ctoml_error &error)
        : bytes_(bytes), length_(length), limits_(limits), error_(error) {}

    bool run() {
        constexpr uint8_t byte_order_mark[] = {0xEF, 0xBB, 0xBF};
        if (at(0) == byte_order_mark[0] && at(1) == byte_order_mark[1] && at(2) == byte_order_mark[2]) at_ = 3;
        while (at_ < length_) {
            if (!step()) return false;
        }
        return true;
    }

private:
    bool step() {
        const uint8_t byte = bytes_[at_];
        switch (byte) {
        case 0: return refuse("a NUL byte: this is not a text file");
        case '#': return skip_comment();
        case '"':
        case '\'': return skip_string(byte);
        case '[':
            if (depth_ == 0 && !line_begun_ && !names_a_table()) return refuse("a table header must begin with a name");
            [[fallthrough]];
        case '{':
            line_begun_ = true;
            parts_ = 1;
            if (++depth_ > limits_.brackets) return refuse("brackets nested too deeply");
            break;
        case ']':
        case '}':
            parts_ = 1;
            if (depth_ > 0) --depth_;
            break;
        case '.':
            if (++parts_ > limits_.key_parts) return refuse("a key of too many parts");
            break;
        case '=':
        case ',': parts_ = 1; break;
        case '\n':
            parts_ = 1;
            line_begun_ = false;
            break;
        case ' ':
        case '\t': break;
        default:
            // TOML has them nowhere else, and toml++ 3.3 has no defined answer to whether they are blanks. The same goes
            // for what follows a backslash in a string of several lines.
            if (byte >= 0x80) return refuse("a character that only strings and comments may hold");
            line_begun_ = true;
            break;
        }
        advance();
        return true;
    }

    /// toml++ 3.3 asserts this without having checked it. The end of the file, and [], it refuses by itself.
    bool names_a_table() const {
        size_t offset = skip_blanks(1);
        if (at(offset) == '[') offset = skip_blanks(offset + 1);
        if (at_ + offset >= length_) return true;
        const uint8_t byte = at(offset);
        return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') || byte == '_'
            || byte == '-' || byte == '"' || byte == '\'' || byte == ']';
    }

    size_t skip_blanks(size_t offset) const {
        while (at(offset) == ' ' || at(offset) == '\t') ++offset;
        return offset;
    }

    bool skip_comment() {
        while (at_ < length_ && bytes_[at_] != '\n') {
            if (bytes_[at_] == 0) return refuse("a NUL byte: this is not a text file");
            advance();
        }
        return true;
    }

    bool skip_string(uint8_t quote) {
        line_begun_ = true;
        const bool multi_line = at(0) == quote && at(1) == quote && at(2) == quote;
        const size_t marks = multi_line ? 3 : 1;
        for (size_t i = 0; i < marks; ++i) advance();
        while (at_ < length_) {
            const uint8_t byte = bytes_[at_];
            if (byte == 0) return refuse("a NUL byte: this is not a text file");
            if (byte == '\n' && !multi_line) return true;  // toml++ says better what is wrong with it
            if (byte == '\\' && quote == '"') {
                advance();
                const uint8_t escaped = at(0);
                if (multi_line && (escaped <= ' ' || escaped >= 0x80)) {
                    return refuse("a backslash before a blank or the end of a line: write the text on one line");
                }
                if (at_ < length_ && escaped != '\n' && escaped != 0) advance();
                continue;
            }
            if (byte == quote && (!multi_line || (at(1) == quote && at(2) == quote))) {
                for (size_t i = 0; i < marks; ++i) advance();
                // Up to two more quotation marks may end a string of several lines: """a""""" is a"".
                for (size_t i = 0; multi_line && i < 2 && at(0) == quote; ++i) advance();
                return true;
            }
            advance();
        }
        return true;
    }

    uint8_t at(size_t offset) const { return at_ + offset < length_ ? bytes_[at_ + offset] : 0; }

    void advance() {
        if (bytes_[at_] == '\n') {
            ++line_;
            column_ = 1;
        } else if ((bytes_[at_] & 0xC0) != 0x80) {
            ++column_;
        }
        ++at_;
    }

    bool refuse(const char *reason) {
        error_.line = line_;
        error_.column = column_;
        std::snprintf(error_.message, sizeof error_.message, "%s", reason);
        return false;
    }

    const uint8_t *bytes_;
    size_t length_;
    const ctoml_limits &limits_;
    ctoml_error &error_;
    size_t at_ = 0;
    uint32_t depth_ = 0;
    uint32_t parts_ = 1;      // of the key, if this is one
    bool line_begun_ = false; // whether anything but blanks stands on the line
    uint32_t line_ = 1;
    uint32_t column_ = 1;
};

}  // namespace

bool within_limits(const uint8_t *bytes, size_t length, const ctoml_limits &limits, ctoml_error &error) {
    if (length > limits.bytes) {
        error.line = 1;
        error.column = 1;
        std::snprintf(
            error.message, sizeof error.message, "the file is larger than %zu bytes, the most that is read", limits.bytes);
        return false;
    }
    return Scanner(bytes, length, limits, error).run();
}

}  // namespace rollcall
