/* libqrencode needs no code of ours; SwiftPM wants one source file in a C target. */
#include "CQREncode.h"
