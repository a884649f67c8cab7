// Converts dlib's two models into the pack that Rollcall maps (Sources/CFaces/pack/format.h):
//
//     modelpack LANDMARKS.dat DESCRIPTOR.dat PACK
//     modelpack --check PACK                        says what it is, or what is wrong with it
//
// The pack has the same bytes on every processor. Exit status 1 when something is wrong, 2 when it is not called so.

#include <xxhash.h>

#include <cstdio>
#include <cstring>
#include <exception>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include <dlib/dnn.h>
#include <dlib/image_processing.h>

#include "../../Sources/CFaces/pack/pack.h"
#include "sections.h"
#include "writer.h"

namespace {

/// XXH3-128 of the two models that Rollcall was measured with. Others would change every decision, and their descriptors
/// could not be compared with the templates that schools have stored.
constexpr const char *landmarks_digest = "870e5f6d0f66de3d6a099b2a469f9f2a";
constexpr const char *descriptor_digest = "ca6eba8f7014c3f76987ef2bc28a2de9";

std::string digest_of(const std::string &path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error(path + " cannot be read");
    std::unique_ptr<XXH3_state_t, XXH_errorcode (*)(XXH3_state_t *)> state(XXH3_createState(), XXH3_freeState);
    if (!state) throw std::bad_alloc();
    XXH3_128bits_reset(state.get());
    std::vector<char> buffer(1 << 20);
    while (file.read(buffer.data(), static_cast<std::streamsize>(buffer.size())) || file.gcount() > 0)
        XXH3_128bits_update(state.get(), buffer.data(), static_cast<size_t>(file.gcount()));
    XXH128_canonical_t canonical;
    XXH128_canonicalFromHash(&canonical, XXH3_128bits_digest(state.get()));
    std::string text;
    for (unsigned char byte : canonical.digest) text += "0123456789abcdef"[byte >> 4], text += "0123456789abcdef"[byte & 15];
    return text;
}

template <typename Model>
void load(const std::string &path, const char *digest, Model &model) {
    if (digest_of(path) != digest)
        throw std::runtime_error(path + " is not the model that Rollcall was measured with: its XXH3-128 is not " + digest);
    dlib::deserialize(path) >> model;
}

void convert(const std::string &landmarks, const std::string &descriptor, const std::string &pack) {
    modelpack::sections parts;
    parts.emplace_back("detector", modelpack::detector_section());
    {
        dlib::shape_predictor predictor;
        load(landmarks, landmarks_digest, predictor);
        parts.emplace_back("landmarks", modelpack::landmarks_section(predictor));
    }
    rollcall::descriptor_network network;
    load(descriptor, descriptor_digest, network);
    parts.emplace_back("network32", modelpack::network_section(network, false));
    parts.emplace_back("network16", modelpack::network_section(network, true));
    modelpack::replace_file(pack, modelpack::pack_of(parts));
}

void check(const char *path) {
    const rollcall::pack pack(path);
    std::printf("version %u, %zu bytes, checksum %s\n", pack.version(), pack.size(), pack.checksum().c_str());
}

}  // namespace

int main(int count, char **arguments) {
    const bool checks = count == 3 && std::strcmp(arguments[1], "--check") == 0;
    if (!checks && count != 4) {
        std::fprintf(stderr, "usage: modelpack LANDMARKS.dat DESCRIPTOR.dat PACK, or modelpack --check PACK\n");
        return 2;
    }
    try {
        if (checks)
            check(arguments[2]);
        else
            convert(arguments[1], arguments[2], arguments[3]);
        return 0;
    } catch (const std::exception &failure) {
        std::fprintf(stderr, "modelpack: %s%s%s\n", checks ? arguments[2] : "", checks ? ": " : "", failure.what());
        return 1;
    }
}
