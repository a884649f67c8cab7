// The section of the HOG detector: dlib's five filters as the dense windows of detect/ want them.

#include <algorithm>
#include <cmath>
#include <cstring>

#include <dlib/image_processing/frontal_face_detector.h>

#include "../../Sources/CFaces/detect/format.h"
#include "detector_table.h"
#include "sections.h"

namespace modelpack {

namespace {

using namespace rollcall::detector_format;

constexpr int n = side;
using square = double[n][n];

/// One plane of a filter as dlib applies it: a sum of separable filters without those whose singular value is below a
/// thousandth of the largest (scan_fhog_pyramid::build_fhog_filterbank). The factors are rounded to float there, each
/// by itself; that is 1e-7 of a weight and not followed. One-sided Jacobi (Hestenes 1958) needs only + - * / and square
/// roots, which every processor rounds alike; the SVD of a LAPACK does not promise that.
void as_dlib_applies_it(const square plane, square result) {
    square u, v = {};
    std::memcpy(u, plane, sizeof u);
    for (int i = 0; i < n; ++i) v[i][i] = 1;
    for (int sweep = 0; sweep < 60; ++sweep) {
        bool turned = false;
        for (int p = 0; p < n; ++p) {
            for (int q = p + 1; q < n; ++q) {
                double pp = 0, qq = 0, pq = 0;
                for (int i = 0; i < n; ++i) {
                    pp += u[i][p] * u[i][p];
                    qq += u[i][q] * u[i][q];
                    pq += u[i][p] * u[i][q];
                }
                if (std::fabs(pq) <= 1e-15 * std::sqrt(pp * qq) || pq == 0) continue;
                turned = true;
                const double zeta = (qq - pp) / (2 * pq);
                const double t = (zeta < 0 ? -1 : 1) / (std::fabs(zeta) + std::sqrt(1 + zeta * zeta));
                const double c = 1 / std::sqrt(1 + t * t), s = c * t;
                for (int i = 0; i < n; ++i) {
                    const double up = u[i][p], vp = v[i][p];
                    u[i][p] = c * up - s * u[i][q];
                    u[i][q] = s * up + c * u[i][q];
                    v[i][p] = c * vp - s * v[i][q];
                    v[i][q] = s * vp + c * v[i][q];
                }
            }
        }
        if (!turned) break;
    }
    double value[n], largest = 0;
    for (int k = 0; k < n; ++k) {
        double square_sum = 0;
        for (int i = 0; i < n; ++i) square_sum += u[i][k] * u[i][k];
        value[k] = std::sqrt(square_sum);
        largest = std::max(largest, value[k]);
    }
    const double least = std::max(1e-4, largest * 0.001);
    for (int row = 0; row < n; ++row) {
        for (int column = 0; column < n; ++column) {
            double sum = 0;
            for (int k = 0; k < n; ++k)
                if (value[k] >= least) sum += u[row][k] * v[column][k];
            result[row][column] = sum;
        }
    }
}

void put(std::vector<uint8_t> &bytes, size_t at, uint64_t value, size_t size) {
    for (size_t i = 0; i < size; ++i) bytes[at + i] = static_cast<uint8_t>(value >> (8 * i));
}

void put(std::vector<uint8_t> &bytes, size_t at, double value) {
    uint64_t bits;
    std::memcpy(&bits, &value, sizeof bits);
    put(bytes, at, bits, 8);
}

void put(std::vector<uint8_t> &bytes, size_t at, float value) {
    uint32_t bits;
    std::memcpy(&bits, &value, sizeof bits);
    put(bytes, at, bits, 4);
}

/// What the cascade in detect/ asks: a filter's weights for the coarse channels, and of these the few rows that are
/// summed first. In double and in one order: the same bytes on every processor.
void put_looks(std::vector<uint8_t> &bytes, int f, const double (&weights)[n * n][planes]) {
    put(bytes, first_least_at + 4 * f, first_least[f]);
    put(bytes, least_at + 4 * f, least[f]);
    double coarse[n * n][channels] = {};
    for (int i = 0; i < n * n; ++i)
        for (int k = 0; k < channels; ++k)
            for (int plane = 0; plane < 31; ++plane) coarse[i][k] += weights[i][plane] * dual[plane][k];
    for (int row = 0; row < n; ++row)
        for (int k = 0; k < channels; ++k)
            for (int column = 0; column < n; ++column)
                put(bytes, coarse_at + 4 * (((size_t(f) * n + row) * channels + k) * taps + column),
                    static_cast<float>(coarse[row * n + column][k]));
    for (int u = 0; u < units; ++u)
        for (int column = 0; column < n; ++column)
            put(bytes, first_at + 4 * ((size_t(u) * n + column) * filters + f),
                static_cast<float>(first_shares[f][u] * coarse[first_units[u][0] * n + column][first_units[u][1]]));
}

}  // namespace

std::vector<uint8_t> detector_section() {
    const auto detector = dlib::get_frontal_face_detector();
    const auto &scanner = detector.get_scanner();
    if (detector.num_detectors() != filters || scanner.get_fhog_window_width() != side ||
        scanner.get_fhog_window_height() != side || scanner.get_cell_size() != 8 || scanner.get_padding() != 0 ||
        scanner.get_min_pyramid_layer_width() != 64 || scanner.get_min_pyramid_layer_height() != 64)
        throw std::runtime_error("dlib's frontal detector is not the one that this program knows");
    std::vector<uint8_t> bytes(size);
    std::memcpy(bytes.data(), magic, sizeof magic);
    for (int f = 0; f < filters; ++f) {
        const auto &weights = detector.get_w(f);
        put(bytes, thresholds_at + 8 * f, weights(scanner.get_num_dimensions()));
        double all[n * n][planes] = {};
        for (int plane = 0; plane < 31; ++plane) {
            square raw, applied;
            for (int i = 0; i < n * n; ++i) raw[i / n][i % n] = weights(plane * n * n + i);
            as_dlib_applies_it(raw, applied);
            for (int i = 0; i < n * n; ++i) all[i][plane] = applied[i / n][i % n];
        }
        for (int i = 0; i < n * n; ++i)
            for (int plane = 0; plane < planes; ++plane)
                put(bytes, weights_at + 4 * ((size_t(f) * n * n + i) * planes + plane),
                    static_cast<float>(all[i][plane]));
        put_looks(bytes, f, all);
    }
    for (int k = 0; k < channels; ++k)
        for (int plane = 0; plane < 18; ++plane)
            put(bytes, projection_at + 4 * (size_t(k) * planes + plane), projection[k][plane]);
    for (int u = 0; u < units; ++u)
        put(bytes, units_at + 4 * u, static_cast<uint64_t>(first_units[u][0] * channels + first_units[u][1]), 4);
    put(bytes, thresholds_at + 8 * filters, detector.get_overlap_tester().get_iou_thresh());
    put(bytes, thresholds_at + 8 * filters + 8, detector.get_overlap_tester().get_percent_covered_thresh());
    return bytes;
}

}  // namespace modelpack
