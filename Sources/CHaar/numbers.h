#pragma once

#include <charconv>
#include <cmath>
#include <string>

namespace haar {

/// The numbers in an element's text, one after another, whatever the locale.
class numbers {
public:
    explicit numbers(const std::string &text) : at_(text.data()), end_(text.data() + text.size()) { skip_blanks(); }

    bool at_end() const { return at_ == end_; }

    /// A whole number of at most seven digits: sums of a few do not overflow.
    bool next(int &value) {
        const auto [rest, error] = std::from_chars(at_, end_, value);
        return error == std::errc() && std::abs(value) < 10000000 && ends_at(rest);
    }

    /// A finite number; rounded to double first and then to float, as OpenCV does.
    bool next(float &value) {
        double precise = 0;
        const auto [rest, error] = std::from_chars(at_, end_, precise);
        value = float(precise);
        return error == std::errc() && std::isfinite(value) && ends_at(rest);
    }

private:
    static bool is_blank(char character) {
        return character == ' ' || character == '\n' || character == '\t' || character == '\r';
    }

    void skip_blanks() {
        while (at_ != end_ && is_blank(*at_)) ++at_;
    }

    bool ends_at(const char *rest) {
        if (rest != end_ && !is_blank(*rest)) return false;
        at_ = rest;
        skip_blanks();
        return true;
    }

    const char *at_, *end_;
};

}  // namespace haar
