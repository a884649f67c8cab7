// The numbers and structures that go to the kernel, what each call hands it, and libv4lconvert's pictures.
#define _GNU_SOURCE
#include "CV4L2.h"

#include <errno.h>
#include <fcntl.h>
#include <libv4l-plugin.h>
#include <stddef.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "check.h"

// Every ioctl of this program comes by here on its way to the kernel; the first `interruptions` end as if by a signal.
static unsigned long last_request;
static void *last_argument;
static int last_type, interruptions, calls;

int ioctl(int fd, unsigned long request, ...) {
    va_list arguments;
    va_start(arguments, request);
    last_argument = va_arg(arguments, void *);
    va_end(arguments);
    last_request = request;
    ++calls;
    if (request == VIDIOC_STREAMON || request == VIDIOC_STREAMOFF) last_type = *(int *)last_argument;
    if (interruptions > 0) {
        --interruptions;
        errno = EINTR;
        return -1;
    }
    return (int)syscall(SYS_ioctl, fd, request, last_argument);
}

// What a 64-bit kernel takes, whatever its processor: the sizes stand in the numbers too.
static void structures(void) {
#define SIZE(type, bytes) check(sizeof(struct type) == (bytes), #type " has %zu bytes, not " #bytes, sizeof(struct type))
#define PLACE(type, field, at) \
    check(offsetof(struct type, field) == (at), #type "." #field " is at %zu, not " #at, offsetof(struct type, field))
    SIZE(v4l2_capability, 104);
    SIZE(v4l2_fmtdesc, 64);
    SIZE(v4l2_frmsizeenum, 44);
    SIZE(v4l2_frmivalenum, 52);
    SIZE(v4l2_format, 208);
    SIZE(v4l2_pix_format, 48);
    SIZE(v4l2_streamparm, 204);
    SIZE(v4l2_requestbuffers, 20);
    SIZE(v4l2_buffer, 88);
    PLACE(v4l2_capability, device_caps, 88);
    PLACE(v4l2_format, fmt.pix.width, 8);
    PLACE(v4l2_streamparm, parm.capture.timeperframe, 12);
    PLACE(v4l2_buffer, timestamp, 24);
    PLACE(v4l2_buffer, sequence, 56);
    PLACE(v4l2_buffer, m.offset, 64);
    PLACE(v4l2_buffer, length, 72);
    check(V4L2_PIX_FMT_YUYV == 0x56595559 && V4L2_PIX_FMT_MJPEG == 0x47504A4D, "the format codes are YUYV and MJPG");
}

// Nothing here is a camera, so each call must fail as the kernel says it: this is no such device.
static void requests(void) {
    const int fd = open("/dev/null", O_RDWR | O_CLOEXEC);
    require(fd >= 0, "/dev/null opens");
    union {
        struct v4l2_capability capability;
        struct v4l2_fmtdesc description;
        struct v4l2_frmsizeenum size;
        struct v4l2_frmivalenum interval;
        struct v4l2_format format;
        struct v4l2_streamparm parameter;
        struct v4l2_requestbuffers request;
        struct v4l2_buffer buffer;
    } argument;
    memset(&argument, 0, sizeof argument);
    // The emulator hands on none of them, and says so in its own way.
    const int refusal = getenv("ROLLCALL_EMULATED") ? ENOSYS : ENOTTY;
    int result;
#define CALL(call, member, number)                                                                          \
    result = call(fd, &argument.member);                                                                    \
    check(result == refusal, #call " fails with %d on what is no camera, not with %d", refusal, result);     \
    check(last_request == (number) && last_argument == &argument, #call " asks for " #number ", not %#lx", last_request)
    CALL(cv4l2_querycap, capability, 0x80685600);
    CALL(cv4l2_enum_fmt, description, 0xC0405602);
    CALL(cv4l2_s_fmt, format, 0xC0D05605);
    CALL(cv4l2_reqbufs, request, 0xC0145608);
    CALL(cv4l2_querybuf, buffer, 0xC0585609);
    CALL(cv4l2_qbuf, buffer, 0xC058560F);
    CALL(cv4l2_dqbuf, buffer, 0xC0585611);
    CALL(cv4l2_g_parm, parameter, 0xC0CC5615);
    CALL(cv4l2_s_parm, parameter, 0xC0CC5616);
    CALL(cv4l2_enum_framesizes, size, 0xC02C564A);
    CALL(cv4l2_enum_frameintervals, interval, 0xC034564B);
    check(cv4l2_streamon(fd) == refusal && last_request == 0x40045612 && last_type == 1, "streamon asks for capture");
    last_type = 0;
    check(cv4l2_streamoff(fd) == refusal && last_request == 0x40045613 && last_type == 1, "streamoff asks for capture");
    int ends[2], waiting = 0;
    check(cv4l2_ioctl(fd, FIONREAD, &waiting) == ENOTTY, "/dev/null has no bytes to count");
    close(fd);

    require(pipe(ends) == 0 && write(ends[1], "abc", 3) == 3, "a pipe holds three bytes");
    interruptions = 2;
    calls = 0;
    check(cv4l2_ioctl(ends[0], FIONREAD, &waiting) == 0 && waiting == 3, "an ioctl that succeeds gives 0 and its answer");
    check(calls == 3, "it goes on after each signal");
    close(ends[0]);
    close(ends[1]);
    check(cv4l2_ioctl(ends[0], FIONREAD, &waiting) == EBADF, "a closed file gives EBADF");
}

// Enough of a camera for libv4lconvert, which asks for its formats first.
static int camera(void *context, int fd, unsigned long request, void *argument) {
    (void)context, (void)fd;
    if (request == VIDIOC_QUERYCAP) return memset(argument, 0, sizeof(struct v4l2_capability)), 0;
    struct v4l2_fmtdesc *format = argument;
    if (request == VIDIOC_ENUM_FMT && format->index == 0) return format->pixelformat = V4L2_PIX_FMT_YVYU, 0;
    errno = EINVAL;
    return -1;
}

/// Memory of `size` bytes that ends where reading and writing end the program.
static uint8_t *ending_exactly(size_t size) {
    enum { room = 1 << 16 };
    uint8_t *memory = mmap(NULL, 2 * room, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    require(memory != MAP_FAILED && mprotect(memory + room, room, PROT_NONE) == 0 && size <= room, "memory is to be had");
    return memory + room - size;
}

// What Sources/Capture lets libv4lconvert convert, in pictures without a byte to spare.
static void conversions(void) {
    enum { width = 64, height = 48, count = width * height };
    static const struct { char code[5]; int row_bits, bits; } kinds[] = {
        {"YVYU", 16, 16}, {"YV12", 8, 12},  {"M420", 8, 12},  {"NV16", 8, 16},  {"NV61", 8, 16},  {"RGB3", 24, 24},
        {"BGR3", 24, 24}, {"RGB4", 32, 32}, {"BGR4", 32, 32}, {"XR24", 32, 32}, {"AR24", 32, 32}, {"BX24", 32, 32},
        {"BA24", 32, 32}, {"BA81", 8, 8},   {"GBRG", 8, 8},   {"GRBG", 8, 8},   {"RGGB", 8, 8},   {"BG10", 16, 16},
        {"GB10", 16, 16}, {"BA10", 16, 16}, {"RG10", 16, 16}, {"BYR2", 16, 16}, {"GB16", 16, 16}, {"GR16", 16, 16},
        {"RG16", 16, 16}, {"Y16 ", 16, 16}, {"Y04 ", 8, 8},   {"Y06 ", 8, 8},   {"Y10B", 10, 10}};
    enum { target_size = count * 3 / 2 };
    uint8_t *target = ending_exactly(target_size);
    const struct libv4l_dev_ops operations = {.ioctl = camera};
    struct v4lconvert_data *library = v4lconvert_create_with_dev_ops(-1, NULL, &operations);
    require(library != NULL, "libv4lconvert starts");
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        const char *code = kinds[i].code;
        const int source_size = count * kinds[i].bits / 8;
        uint8_t *source = ending_exactly((size_t)source_size);
        uint32_t noise = 1;
        for (int at = 0; at < source_size; at++) source[at] = (uint8_t)((noise = noise * 1664525 + 1013904223) >> 24);
        struct v4l2_format from = {.type = V4L2_BUF_TYPE_VIDEO_CAPTURE}, to = from;
        from.fmt.pix.width = to.fmt.pix.width = width;
        from.fmt.pix.height = to.fmt.pix.height = height;
        from.fmt.pix.pixelformat = v4l2_fourcc(code[0], code[1], code[2], code[3]);
        from.fmt.pix.bytesperline = (uint32_t)(width * kinds[i].row_bits / 8);
        from.fmt.pix.sizeimage = (uint32_t)source_size;
        to.fmt.pix.pixelformat = V4L2_PIX_FMT_YUV420;
        to.fmt.pix.bytesperline = width;
        to.fmt.pix.sizeimage = target_size;
        memset(target, 0, target_size);
        const int size = v4lconvert_convert(library, &from, &to, source, source_size, target, target_size);
        check(size == target_size, "%s: %d bytes: %s", code, size, v4lconvert_get_error_message(library));
        if (i == 0) {
            int different = 0;
            for (int at = 0; at < count; at++) different += target[at] != source[2 * at];
            check(different == 0, "the luma of YVYU is every second byte, but for %d pixels", different);
        }
        printf("libv4lconvert %s %016llx\n", code, (unsigned long long)digest_of(target, target_size));
    }
    v4lconvert_destroy(library);
}

int main(void) {
    structures();
    requests();
    conversions();
    return check_end();
}
