#include "predictor.h"

#include <cmath>
#include <vector>

#include "kernels.h"

namespace rollcall {

using namespace landmarks_format;

struct predictor::parts {
    parts(section from, isa processor)
        : model(from), step(base::landmark_cascade_step),
          places(2 * model.tables.wide), pixels(model.tables.wide),
          leaves(groups(model.tables.trees) * group) {
#if defined(__x86_64__)
        if (processor != isa::base) step = avx2::landmark_cascade_step;
        if (processor == isa::avx512 && __builtin_cpu_supports("avx512vbmi")) step = avx512vbmi::landmark_cascade_step;
#else
        (void)processor;
#endif
        room = {places.data(), places.data() + model.tables.wide, pixels.data(), leaves.data()};
    }

    landmark_model model;
    landmark_step step;
    std::vector<uint32_t> places;
    std::vector<int32_t> pixels;
    std::vector<uint32_t> leaves;
    landmark_buffers room;
};

predictor::predictor(section model, isa processor) : parts_(std::make_unique<parts>(model, processor)) {}
predictor::~predictor() = default;
predictor::predictor(predictor &&) noexcept = default;
predictor &predictor::operator=(predictor &&) noexcept = default;

namespace {

/// The float nearest to `value` that rounds to the same whole number.
float rounded_alike(double value) {
    const float near = static_cast<float>(value);
    if (std::floor(near + 0.5) == std::floor(value + 0.5)) return near;
    return std::nextafter(near, value > near ? INFINITY : -INFINITY);
}

}  // namespace

void predictor::predict(const luma &image, const rectangle &box, float points[136]) {
    const landmark_tables &model = parts_->model.tables;
    // dlib's unnormalizing_tform: (0, 0) is the box's first pixel and (1, 1) its last.
    const double left = box.left, top = box.top;
    const shape_frame frame{left, top, box.right - left, box.bottom - top};
    // Times a power of two: every sum is rounded as without it, and the leaves' numbers are added as they are.
    alignas(64) float shape[landmark_lanes] = {};
    for (int lane = 0; lane < coordinates; ++lane) shape[lane] = model.shape[lane] * model.scale[lane];
    for (const landmark_cascade &cascade : parts_->model.cascades)
        parts_->step(model, cascade, image, frame, parts_->room, shape);
    for (int lane = 0; lane < coordinates; ++lane) {
        const double value = shape[lane] / model.scale[lane];
        const int coordinate = model.order[lane];
        points[coordinate] = rounded_alike(
            coordinate % 2 == 0 ? frame.width * value + frame.left : frame.height * value + frame.top);
    }
}

}  // namespace rollcall
