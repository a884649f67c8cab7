#include "prescan.h"

#include <cstdio>
#include <vector>

namespace rollcall {
namespace {

/// Walks the bytes once, knowing just enough of TOML to tell keys from values, and both from strings and comments.
///
/// It refuses what toml++ 3.3 has no defined answer to, as fuzzing it with its assertions and UBSan shows: a table header
/// without a name, an array whose value begins with a brace, a date before something that is no time, and any character
/// beyond ASCII where it asks whether it is a blank, which is everywhere but in strings and comments that it recognises as such.
class Scanner {
public:
    Scanner(const uint8_t *bytes, size_t length, const ctoml_limits &limits, ctoml_error &error)
        : bytes_(bytes), length_(length), limits_(limits), error_(error) {}

    bool run() {
        if (at(0) == 0xEF && at(1) == 0xBB && at(2) == 0xBF) at_ = 3;  // byte order mark
        while (at_ < length_) {
            if (!step()) return false;
        }
        return true;
    }

private:
    enum class Place { key, before_value, in_word, after_value };
    enum class Bracket { header, array, table };

    bool step() {
        const uint8_t byte = bytes_[at_];
        switch (byte) {
        case 0: return refuse("a NUL byte: this is not a text file");
        case '#': return skip_comment();
        case '"':
        case '\'': return string(byte);
        case '[':
        case '{':
            if (!open(byte)) return false;
            break;
        case ']':
        case '}':
            if (!close(byte)) return false;
            break;
        case '=':
            if (place_ != Place::key) return refuse("an equals sign that follows no key");
            place_ = Place::before_value;
            break;
        case ',':
            place_ = brackets_.empty() || brackets_.back() == Bracket::header ? Place::after_value
                : brackets_.back() == Bracket::array                         ? Place::before_value
                                                                             : Place::key;
            parts_ = 1;
            break;
        case '.':
            if (++parts_ > limits_.key_parts) return refuse("a key of too many parts");
            if (!word()) return false;
            break;
        case ' ':
        case '\t': end_word(); break;
        case '\n':
            end_word();
            if (brackets_.empty()) place_ = Place::key;
            parts_ = 1;
            line_begun_ = false;
            break;
        default:
            if (byte >= 0x80) return refuse("a character that only strings and comments may hold");
            if (!word()) return false;
            break;
        }
        advance();
        return true;
    }

    bool word() {
        const auto is_digit = [](uint8_t byte) { return byte >= '0' && byte <= '9'; };
        const uint8_t byte = at(0);
        const bool begins_time = place_ == Place::after_value ? has_dash_ && is_digit(byte)
            : place_ == Place::in_word                        ? (byte | 0x20) == 't' && is_digit(bytes_[at_ - 1])
                                                              : false;
        if (begins_time && !is_digit(at(1))) return refuse("a date with half a time");
        line_begun_ = true;
        if (place_ == Place::before_value) has_dash_ = false;
        has_dash_ = has_dash_ || byte == '-';
        if (place_ != Place::key) place_ = Place::in_word;
        return true;
    }

    void end_word() {
        if (place_ == Place::in_word) place_ = Place::after_value;
    }

    bool open(uint8_t byte) {
        Bracket bracket = byte == '{' ? Bracket::table : Bracket::array;
        if (byte == '[' && !line_begun_ && (brackets_.empty() || brackets_.back() == Bracket::header)) {
            if (brackets_.empty() && !names_a_table()) return refuse("a table header must begin with a name");
            bracket = Bracket::header;
        } else if (place_ != Place::before_value) {
            return refuse("a bracket where no value can begin");
        }
        if (brackets_.size() >= limits_.brackets) return refuse("brackets nested too deeply");
        brackets_.push_back(bracket);
        line_begun_ = line_begun_ || bracket != Bracket::header || at(1) != '[';
        place_ = bracket == Bracket::array ? Place::before_value : Place::key;
        parts_ = 1;
        return true;
    }

    bool close(uint8_t byte) {
        if (brackets_.empty() || (byte == '}') != (brackets_.back() == Bracket::table)) {
            return refuse("a bracket that closes nothing");
        }
        brackets_.pop_back();
        place_ = Place::after_value;
        parts_ = 1;
        return true;
    }

    /// The end of the file, and [], toml++ refuses by itself.
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
        end_word();
        while (at_ < length_ && bytes_[at_] != '\n') {
            if (bytes_[at_] == 0) return refuse("a NUL byte: this is not a text file");
            advance();
        }
        return true;
    }

    bool string(uint8_t quote) {
        if (place_ == Place::in_word || place_ == Place::after_value) return refuse("a quotation mark inside a value");
        if (place_ == Place::before_value) place_ = Place::after_value;
        line_begun_ = true;
        const bool multi_line = at(1) == quote && at(2) == quote;
        advance(multi_line ? 3 : 1);
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
                if (escaped != '\n' && escaped != 0) advance();
            } else if (byte == quote && (!multi_line || (at(1) == quote && at(2) == quote))) {
                advance(multi_line ? 3 : 1);
                // Up to two more quotation marks may end a string of several lines: """a""""" is a"".
                for (int more = 0; multi_line && more < 2 && at(0) == quote; ++more) advance();
                return true;
            } else {
                advance();
            }
        }
        return true;
    }

    uint8_t at(size_t offset) const { return at_ + offset < length_ ? bytes_[at_ + offset] : 0; }

    void advance(int count = 1) {
        for (; count > 0 && at_ < length_; --count, ++at_) {
            if (bytes_[at_] == '\n') {
                ++line_;
                column_ = 1;
            } else if ((bytes_[at_] & 0xC0) != 0x80) {
                ++column_;
            }
        }
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
    Place place_ = Place::key;
    std::vector<Bracket> brackets_;  // not closed yet, the innermost last
    uint32_t parts_ = 1;             // of the key, if this is one
    bool has_dash_ = false;          // of the value, if this is one: it may be a date
    bool line_begun_ = false;        // whether anything but blanks, and the first bracket of [[, stands on the line
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
