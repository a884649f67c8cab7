// The network of dlib_face_recognition_resnet_model_v1 (dlib's examples/dnn_face_recognition_ex.cpp, public domain):
// 29 convolutions in residual blocks after He et al., CVPR 2016.
#pragma once

#include <dlib/dnn.h>

namespace rollcall {

template <template <int, template <typename> class, int, typename> class Block, int N,
          template <typename> class Norm, typename Below>
using residual = dlib::add_prev1<Block<N, Norm, 1, dlib::tag1<Below>>>;

template <template <int, template <typename> class, int, typename> class Block, int N,
          template <typename> class Norm, typename Below>
using residual_down = dlib::add_prev2<
    dlib::avg_pool<2, 2, 2, 2, dlib::skip1<dlib::tag2<Block<N, Norm, 2, dlib::tag1<Below>>>>>>;

template <int N, template <typename> class Norm, int Stride, typename Below>
using block = Norm<dlib::con<N, 3, 3, 1, 1, dlib::relu<Norm<dlib::con<N, 3, 3, Stride, Stride, Below>>>>>;

template <int N, typename Below>
using flat = dlib::relu<residual<block, N, dlib::affine, Below>>;

template <int N, typename Below>
using down = dlib::relu<residual_down<block, N, dlib::affine, Below>>;

template <typename Below> using level0 = down<256, Below>;
template <typename Below> using level1 = flat<256, flat<256, down<256, Below>>>;
template <typename Below> using level2 = flat<128, flat<128, down<128, Below>>>;
template <typename Below> using level3 = flat<64, flat<64, flat<64, down<64, Below>>>>;
template <typename Below> using level4 = flat<32, flat<32, flat<32, Below>>>;

using descriptor_network = dlib::loss_metric<dlib::fc_no_bias<
    128, dlib::avg_pool_everything<level0<level1<level2<level3<level4<dlib::max_pool<
             3, 3, 2, 2,
             dlib::relu<dlib::affine<dlib::con<32, 7, 7, 2, 2, dlib::input_rgb_image_sized<150>>>>>>>>>>>>>;

}  // namespace rollcall
