// The network could be run as well as read, and dlib's archive links what it would run on. The converter only reads: these
// stand in for the functions of BLAS and LAPACK (see tools/modelpack/build).

#include <cstdlib>

extern "C" {
void cblas_saxpy() { std::abort(); }
void cblas_sgemm() { std::abort(); }
void cblas_sscal() { std::abort(); }
void cblas_strsm() { std::abort(); }
void sgetrf_() { std::abort(); }
}
