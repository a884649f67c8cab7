// Feeds a fuzzer of tools/fuzz every file of some folders: whole, cut after each byte, and with each byte changed.
//
//     replay FOLDER...
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

namespace {

int inputs = 0;

/// A copy of exactly this size, as a fuzzer gets it.
void feed(const std::vector<uint8_t> &bytes, size_t size) {
    const std::vector<uint8_t> exact(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
    LLVMFuzzerTestOneInput(exact.data(), exact.size());
    ++inputs;
}

}  // namespace

int main(int count, char **folders) {
    for (int i = 1; i < count; ++i) {
        std::vector<std::filesystem::path> files;
        for (const auto &entry : std::filesystem::directory_iterator(folders[i])) files.push_back(entry.path());
        std::sort(files.begin(), files.end());
        for (const auto &path : files) {
            std::ifstream file(path, std::ios::binary);
            std::vector<uint8_t> bytes{std::istreambuf_iterator<char>(file), {}};
            for (size_t size = 0; size <= bytes.size(); ++size) feed(bytes, size);
            for (uint8_t &byte : bytes) {
                byte = static_cast<uint8_t>(~byte);
                feed(bytes, bytes.size());
                byte = static_cast<uint8_t>(~byte);
            }
        }
    }
    std::printf("%d inputs\n", inputs);
    return inputs > 0 ? 0 : 1;
}
