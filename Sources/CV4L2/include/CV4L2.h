// What Swift cannot see of V4L2: the ioctl numbers and pixel format codes are macros with arguments.
#ifndef ROLLCALL_CV4L2_H
#define ROLLCALL_CV4L2_H

#include <libv4lconvert.h>
#include <linux/videodev2.h>
#include <stdint.h>

/// ioctl that goes on after a signal. 0, or the errno of the failure.
int cv4l2_ioctl(int fd, unsigned long request, void *argument);

static inline int cv4l2_querycap(int fd, struct v4l2_capability *a) { return cv4l2_ioctl(fd, VIDIOC_QUERYCAP, a); }
static inline int cv4l2_enum_fmt(int fd, struct v4l2_fmtdesc *a) { return cv4l2_ioctl(fd, VIDIOC_ENUM_FMT, a); }
static inline int cv4l2_enum_framesizes(int fd, struct v4l2_frmsizeenum *a) {
    return cv4l2_ioctl(fd, VIDIOC_ENUM_FRAMESIZES, a);
}
static inline int cv4l2_enum_frameintervals(int fd, struct v4l2_frmivalenum *a) {
    return cv4l2_ioctl(fd, VIDIOC_ENUM_FRAMEINTERVALS, a);
}
static inline int cv4l2_s_fmt(int fd, struct v4l2_format *a) { return cv4l2_ioctl(fd, VIDIOC_S_FMT, a); }
static inline int cv4l2_g_parm(int fd, struct v4l2_streamparm *a) { return cv4l2_ioctl(fd, VIDIOC_G_PARM, a); }
static inline int cv4l2_s_parm(int fd, struct v4l2_streamparm *a) { return cv4l2_ioctl(fd, VIDIOC_S_PARM, a); }
static inline int cv4l2_reqbufs(int fd, struct v4l2_requestbuffers *a) { return cv4l2_ioctl(fd, VIDIOC_REQBUFS, a); }
static inline int cv4l2_querybuf(int fd, struct v4l2_buffer *a) { return cv4l2_ioctl(fd, VIDIOC_QUERYBUF, a); }
static inline int cv4l2_qbuf(int fd, struct v4l2_buffer *a) { return cv4l2_ioctl(fd, VIDIOC_QBUF, a); }
static inline int cv4l2_dqbuf(int fd, struct v4l2_buffer *a) { return cv4l2_ioctl(fd, VIDIOC_DQBUF, a); }
static inline int cv4l2_streamon(int fd) {
    int type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    return cv4l2_ioctl(fd, VIDIOC_STREAMON, &type);
}
static inline int cv4l2_streamoff(int fd) {
    int type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    return cv4l2_ioctl(fd, VIDIOC_STREAMOFF, &type);
}

#endif
