import CV4L2
import Glibc

/// The buffers that the driver fills, mapped into our memory, from the request until they are given back.
final class V4L2Queue {
    private let device: V4L2Device
    private var buffers: [UnsafeMutableRawBufferPointer] = []
    private var isStreaming = false

    /// A buffer that the driver has filled.
    struct Filled {
        var index: UInt32
        /// The bytes that the driver says it wrote, never more than the buffer has.
        var bytes: UnsafeMutableRawBufferPointer
        /// The driver says that the picture is damaged.
        var isDamaged: Bool
        var sequence: UInt32
        /// Capture time on CLOCK_MONOTONIC; nil when the driver's clock is another one.
        var monotonicTime: Duration?
    }

    /// Requests buffers, maps them, queues them all and starts to stream.
    init(device: V4L2Device, count: UInt32 = 4) throws(CaptureError) {
        self.device = device
        var request = v4l2_requestbuffers()
        request.count = count
        request.type = V4L2_BUF_TYPE_VIDEO_CAPTURE.rawValue
        request.memory = V4L2_MEMORY_MMAP.rawValue
        try device.check(cv4l2_reqbufs(device.fd, &request), "request buffers of")
        guard (2...32).contains(request.count) else {
            throw .io(operation: "request buffers of", path: device.path, reason: "the driver gave \(request.count)")
        }
        for index in 0..<request.count {
            var buffer = Self.buffer(index)
            try device.check(cv4l2_querybuf(device.fd, &buffer), "ask for a buffer of")
            let memory = mmap(
                nil, Int(buffer.length), PROT_READ | PROT_WRITE, MAP_SHARED, device.fd, off_t(buffer.m.offset))
            guard let memory, memory != MAP_FAILED else {
                throw .io(operation: "map", path: device.path, reason: systemReason(errno))
            }
            buffers.append(UnsafeMutableRawBufferPointer(start: memory, count: Int(buffer.length)))
            try queue(index)
        }
        try device.check(cv4l2_streamon(device.fd), "start")
        isStreaming = true
    }

    deinit {
        if isStreaming { _ = cv4l2_streamoff(device.fd) }
        for buffer in buffers { munmap(buffer.baseAddress, buffer.count) }
        var none = v4l2_requestbuffers()
        none.type = V4L2_BUF_TYPE_VIDEO_CAPTURE.rawValue
        none.memory = V4L2_MEMORY_MMAP.rawValue
        _ = cv4l2_reqbufs(device.fd, &none)
    }

    /// The largest buffer in bytes.
    var largest: Int { buffers.reduce(0) { max($0, $1.count) } }

    /// Takes a filled buffer from the driver; nil when none is ready.
    func dequeue() throws(CaptureError) -> Filled? {
        var buffer = Self.buffer(0)
        let number = cv4l2_dqbuf(device.fd, &buffer)
        if number == EAGAIN { return nil }
        try device.check(number, "take a frame from")
        guard buffer.index < buffers.count else {
            throw .deviceLost(device: device.path, reason: "the driver named a buffer that does not exist")
        }
        let memory = buffers[Int(buffer.index)]
        let isTooLong = Int(buffer.bytesused) > memory.count
        var time: Duration?
        if buffer.flags & UInt32(V4L2_BUF_FLAG_TIMESTAMP_MASK) == UInt32(V4L2_BUF_FLAG_TIMESTAMP_MONOTONIC) {
            time = .seconds(buffer.timestamp.tv_sec) + .microseconds(buffer.timestamp.tv_usec)
        }
        return Filled(
            index: buffer.index,
            bytes: UnsafeMutableRawBufferPointer(rebasing: memory[0..<min(Int(buffer.bytesused), memory.count)]),
            isDamaged: isTooLong || buffer.flags & UInt32(V4L2_BUF_FLAG_ERROR) != 0, sequence: buffer.sequence,
            monotonicTime: time)
    }

    /// Gives a buffer back to the driver, to be filled again.
    func queue(_ index: UInt32) throws(CaptureError) {
        var buffer = Self.buffer(index)
        try device.check(cv4l2_qbuf(device.fd, &buffer), "give a buffer back to")
    }

    private static func buffer(_ index: UInt32) -> v4l2_buffer {
        var buffer = v4l2_buffer()
        buffer.index = index
        buffer.type = V4L2_BUF_TYPE_VIDEO_CAPTURE.rawValue
        buffer.memory = V4L2_MEMORY_MMAP.rawValue
        return buffer
    }
}
