// dlib's network could be run as well as read, and what it would run on is linked with it. The converter only reads: these
// stand in for the functions of BLAS and LAPACK, which would bring OpenBLAS, 30 MB on a board that has no other use for it.

#include <cstdlib>

extern "C" {
void cblas_saxpy() { std::abort(); }
void cblas_sgemm() { std::abort(); }
void cblas_sscal() { std::abort(); }
void cblas_strsm() { std::abort(); }
void sgetrf_() { std::abort(); }
}
