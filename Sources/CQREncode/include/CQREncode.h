/* libqrencode. */
#ifndef ROLLCALL_CQRENCODE_H
#define ROLLCALL_CQRENCODE_H

#include <qrencode.h>

#endif
