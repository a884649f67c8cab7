#include "CHaar.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <exception>
#include <memory>
#include <new>
#include <string>
#include <vector>

#include "detector.h"
#include "xml.h"

struct chaar {
    haar::detector detector;
};

namespace {

constexpr int largest_side = 16384;

void say(char *message, size_t size, const std::string &text) {
    if (message && size > 0) std::snprintf(message, size, "%s", text.c_str());
}

struct closer {
    void operator()(FILE *file) const { std::fclose(file); }
};

/// The whole file, or why not.
bool contents(const char *path, std::vector<uint8_t> &bytes, std::string &fault) {
    const std::unique_ptr<FILE, closer> file(std::fopen(path, "rbe"));
    if (!file) {
        fault = std::string("it cannot be opened: ") + std::strerror(errno);
        return false;
    }
    bytes.resize(haar::limit::file + 1);
    bytes.resize(std::fread(bytes.data(), 1, bytes.size(), file.get()));
    if (std::ferror(file.get())) {
        fault = std::string("it cannot be read: ") + std::strerror(errno);
        return false;
    }
    return true;
}

/// The part of the image that the search names; false if it is not in it. A search of the whole image gets its bounds.
bool part_of(const chaar_image &image, chaar_search &search, haar::luma &part) {
    if (!image.pixels || image.width <= 0 || image.height <= 0 || image.width > largest_side ||
        image.height > largest_side || image.stride < image.width)
        return false;
    if (search.width == 0 && search.height == 0) {
        search.left = search.top = 0;
        search.width = image.width;
        search.height = image.height;
    }
    if (search.left < 0 || search.top < 0 || search.width <= 0 || search.height <= 0 ||
        search.width > image.width - search.left || search.height > image.height - search.top)
        return false;
    part = {image.pixels + size_t(search.top) * image.stride + search.left, search.width, search.height, image.stride};
    return true;
}

/// Runs `action`; an exception becomes a status.
template <typename Action>
chaar_status guarded(char *message, size_t size, Action action) {
    try {
        return action();
    } catch (const std::bad_alloc &) {
        say(message, size, "out of memory");
    } catch (const std::exception &error) {
        say(message, size, error.what());
    } catch (...) {
        say(message, size, "an unknown error");
    }
    return CHAAR_FAILED;
}

}  // namespace

chaar_status chaar_read(const uint8_t *xml, size_t size, chaar **detector, char *message, size_t message_size) {
    if (!detector) return CHAAR_BAD_ARGUMENT;
    *detector = nullptr;
    if (!xml && size > 0) return CHAAR_BAD_ARGUMENT;
    return guarded(message, message_size, [&] {
        haar::cascade model;
        std::string fault;
        if (!haar::read_xml(xml, size, model, fault)) {
            say(message, message_size, fault);
            return CHAAR_BAD_CASCADE;
        }
        *detector = new chaar{haar::detector(std::move(model))};
        return CHAAR_OK;
    });
}

chaar_status chaar_open(const char *path, chaar **detector, char *message, size_t message_size) {
    if (!detector) return CHAAR_BAD_ARGUMENT;
    *detector = nullptr;
    if (!path) return CHAAR_BAD_ARGUMENT;
    return guarded(message, message_size, [&] {
        std::vector<uint8_t> bytes;
        std::string fault;
        if (!contents(path, bytes, fault)) {
            say(message, message_size, fault);
            return CHAAR_BAD_CASCADE;
        }
        return chaar_read(bytes.data(), bytes.size(), detector, message, message_size);
    });
}

void chaar_close(chaar *detector) { delete detector; }

void chaar_window(const chaar *detector, int32_t *width, int32_t *height) {
    *width = detector->detector.model().width;
    *height = detector->detector.model().height;
}

chaar_status chaar_detect(
    chaar *detector, chaar_image image, const chaar_search *search, chaar_box *boxes, size_t capacity, size_t *count) {
    if (!count) return CHAAR_BAD_ARGUMENT;
    *count = 0;
    if (!detector || !search || (!boxes && capacity > 0)) return CHAAR_BAD_ARGUMENT;
    chaar_search what = *search;
    haar::luma part{};
    if (!part_of(image, what, part) || !(what.scale_factor >= 1.01 && what.scale_factor <= 10) ||
        what.min_neighbours < 0 || what.min_side < 0 || what.max_side < 0)
        return CHAAR_BAD_ARGUMENT;
    return guarded(nullptr, 0, [&] {
        const haar::wanted wanted{what.scale_factor, what.min_neighbours, what.min_side, what.max_side};
        for (const haar::box &each : detector->detector.detect(part, wanted)) {
            if (*count == capacity) break;
            boxes[(*count)++] = {each.left + what.left, each.top + what.top, each.width, each.height,
                                 each.neighbours};
        }
        return CHAAR_OK;
    });
}
