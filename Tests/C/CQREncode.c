// libqrencode as the server uses it: the module of a symbol is its lowest bit, row by row.
#include "CQREncode.h"

#include <stdbool.h>
#include <string.h>

#include "check.h"

static bool is_dark(const QRcode *code, int column, int row) { return code->data[row * code->width + column] & 1; }

// ISO/IEC 18004, 6.3.3: three squares within each other at three corners, and at no fourth.
static bool has_finder(const QRcode *code, int left, int top) {
    for (int row = 0; row < 7; row++) {
        for (int column = 0; column < 7; column++) {
            const bool is_ring = row == 0 || row == 6 || column == 0 || column == 6;
            const bool is_middle = row >= 2 && row <= 4 && column >= 2 && column <= 4;
            if (is_dark(code, left + column, top + row) != (is_ring || is_middle)) return false;
        }
    }
    return true;
}

int main(void) {
    const char *text = "https://school.example:8443/register#ABCD-EFGH-JKLM";
    QRcode *code = QRcode_encodeData((int)strlen(text), (const unsigned char *)text, 0, QR_ECLEVEL_M);
    require(code != NULL, "a symbol is made");
    // Version 4 holds 62 bytes at level M, version 3 holds 42.
    require(code->version == 4 && code->width == 33, "it is as small as its text allows");
    const int far = code->width - 7;
    check(has_finder(code, 0, 0) && has_finder(code, far, 0) && has_finder(code, 0, far), "it has its three corners");
    check(!has_finder(code, far, far), "it has no fourth");
    // 6.3.5: dark and light in turn between the corners.
    for (int place = 8; place < code->width - 8; place++)
        check(is_dark(code, place, 6) == (place % 2 == 0) && is_dark(code, 6, place) == (place % 2 == 0), "it is timed");
    unsigned char modules[33 * 33];
    for (int index = 0; index < code->width * code->width; index++) modules[index] = code->data[index] & 1;
    printf("modules %016llx\n", (unsigned long long)digest_of(modules, sizeof modules));
    QRcode_free(code);

    static unsigned char bytes[4000];
    check(QRcode_encodeData(sizeof bytes, bytes, 0, QR_ECLEVEL_M) == NULL, "what does not fit is refused");
    return check_end();
}
