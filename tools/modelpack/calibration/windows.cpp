// What detector_table.py calibrates the cascade with, measured by the detector's own kernels.
//   windows moments SECTION IMAGES OUT: double[31][31], the mean products of features of cells
//   windows sums SECTION IMAGES PROJECTION FACES OTHERS: float[86] for windows that dlib accepts or nearly, and others:
//       image, level, column, row, filter, score above the threshold, then the 80 sums [row][channel]
// IMAGES as images.py writes them; PROJECTION: float[8][32], then the coarse weights float[5][10][10][8].
// g++ -std=c++17 -O2 windows.cpp ../../../Sources/CFaces/detect/{kernels*,model,shrink_plan}.cpp
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "../../../Sources/CFaces/detect/buffers.h"
#include "../../../Sources/CFaces/detect/model.h"

namespace {

using namespace rollcall;
using namespace detector_format;

constexpr float nearly = -0.2f;
constexpr int one_other_of = 500;

struct look {
    const kernels &run = kernels_for(widest_isa());
    std::vector<float> exact;
    feature_room of_features;
    coarse_room of_looks;
    coarse_buffers coarse;
    size_t exact_stride;

    void closely(const luma &level, const grid &cells) {
        const patch all = {-before, -before, cells.columns + before + after, cells.rows + before + after};
        exact_stride = static_cast<size_t>(all.columns) * planes;
        exact.resize(exact_stride * all.rows);
        run.features(level, cells, all, of_features.of(all, run.lanes), exact.data());
    }

    void coarsely(const luma &level, const grid &cells, const float *projection) {
        coarse = of_looks.of(cells, run.lanes);
        run.coarse_map(level, cells, coarse, projection);
    }
};

std::vector<char> bytes_of(const char *path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// Calls body(number of the image, level, depth) for every level of every image.
template <typename body>
void each_level(const char *path, int lanes, body visit) {
    std::ifstream file(path, std::ios::binary);
    int32_t head[3];
    for (int number = 0; file.read(reinterpret_cast<char *>(head), sizeof head); ++number) {
        file.ignore(head[0]);
        std::vector<uint8_t> pixels(static_cast<size_t>(head[1]) * head[2]), levels[2];
        file.read(reinterpret_cast<char *>(pixels.data()), pixels.size());
        std::vector<float> row(head[1] + 64);
        luma level = {pixels.data(), head[1], head[2], head[1]};
        const int depth = levels_of(level.width, level.height);
        for (int l = 0; l < depth; ++l) {
            if (l > 0) {
                shrink_plan plan;
                plan.make(level.width, level.height, lanes);
                levels[l % 2].resize(static_cast<size_t>(plan.columns + 64) * plan.rows);
                kernels_for(widest_isa()).shrink(level, plan, row.data(), levels[l % 2].data(), plan.columns + 64);
                level = {levels[l % 2].data(), plan.columns, plan.rows, plan.columns + 64};
            }
            if (!grid(level).is_empty()) visit(number, level, l);
        }
    }
}

void moments(const char *images, const char *out) {
    look at;
    std::vector<double> sums(31 * 31);
    double count = 0;
    each_level(images, at.run.lanes, [&](int number, const luma &level, int) {
        if (number % 3) return;
        const grid cells(level);
        at.closely(level, cells);
        for (int y = 0; y < cells.rows; ++y)
            for (int x = y % 7; x < cells.columns; x += 7, ++count) {
                const float *cell = &at.exact[(y + before) * at.exact_stride + (x + before) * planes];
                for (int i = 0; i < 31; ++i)
                    for (int j = 0; j < 31; ++j) sums[i * 31 + j] += cell[i] * cell[j];
            }
    });
    for (double &sum : sums) sum /= count;
    std::ofstream(out, std::ios::binary).write(reinterpret_cast<char *>(sums.data()), sums.size() * sizeof(double));
}

void sums(const detector_model &model, char **paths) {
    look at;
    std::vector<char> bytes = bytes_of(paths[1]);
    if (bytes.size() != sizeof(float) * (channels * planes + filters * side * side * channels)) std::exit(1);
    const float *projection = reinterpret_cast<const float *>(bytes.data()), *weights = projection + channels * planes;
    std::ofstream faces(paths[2], std::ios::binary), others(paths[3], std::ios::binary);
    std::mt19937 random(1);
    each_level(paths[0], at.run.lanes, [&](int number, const luma &level, int depth) {
        const grid cells(level);
        at.closely(level, cells);
        at.coarsely(level, cells, projection);
        for (int y = 0; y < cells.rows; ++y)
            for (int x = 0; x < cells.columns; ++x) {
                const bool other = random() % one_other_of == 0;
                for (int f = 0; f < filters; ++f) {
                    const float score = at.run.score(
                        &at.exact[y * at.exact_stride + x * planes], at.exact_stride, model.filter(f));
                    const float above = score - static_cast<float>(model.thresholds[f]);
                    if (above <= nearly && !other) continue;
                    float record[6 + side * channels] = {
                        float(number), float(depth), float(x), float(y), float(f), above};
                    for (int unit = 0; unit < side * channels; ++unit)
                        for (int tap = 0; tap < side; ++tap)
                            record[6 + unit] +=
                                at.coarse.map[(y * channels + unit) * at.coarse.map_stride + x + tap] *
                                weights[((f * side + unit / channels) * side + tap) * channels + unit % channels];
                    if (above > nearly) faces.write(reinterpret_cast<char *>(record), sizeof record);
                    if (other) others.write(reinterpret_cast<char *>(record), sizeof record);
                }
            }
    });
}

}  // namespace

int main(int count, char **arguments) {
    if (count != 5 && count != 7) return 2;
    const std::vector<char> section_bytes = bytes_of(arguments[2]);
    void *memory = std::aligned_alloc(4096, (section_bytes.size() + 4095) / 4096 * 4096);
    std::memcpy(memory, section_bytes.data(), section_bytes.size());
    const detector_model model({static_cast<const uint8_t *>(memory), section_bytes.size()});
    if (count == 5) moments(arguments[3], arguments[4]);
    else sums(model, arguments + 3);
}
