/* libsodium. */
#ifndef ROLLCALL_CSODIUM_H
#define ROLLCALL_CSODIUM_H

#include <sodium.h>

#endif
