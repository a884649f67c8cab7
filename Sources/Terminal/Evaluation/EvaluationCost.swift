import Glibc

/// What an evaluation took of the machine.
public struct EvaluationCost: Sendable, Equatable, Encodable {
    /// By the clock on the wall.
    public var wallSeconds: Double
    /// Of all processors together.
    public var cpuSeconds: Double
    /// The most memory that the process has had in RAM, in MiB; 0 where the system does not say.
    public var peakMemoryMiB: Double
    /// Photographs, descriptors or frames in a second of the wall clock.
    public var perSecond: Double

    enum CodingKeys: String, CodingKey {
        case wallSeconds = "wall_seconds"
        case cpuSeconds = "cpu_seconds"
        case peakMemoryMiB = "peak_memory_mib"
        case perSecond = "per_second"
    }

    /// Measures from the moment in which it is made.
    public struct Meter {
        private let wall = ContinuousClock.now
        private let cpu = CPUClock.process

        /// Begins now.
        public init() {}

        /// The cost of `count` photographs, descriptors or frames.
        public func cost(of count: Int) -> EvaluationCost {
            let seconds = (ContinuousClock.now - wall) / .seconds(1)
            return EvaluationCost(
                wallSeconds: seconds, cpuSeconds: (CPUClock.process - cpu) / .seconds(1),
                peakMemoryMiB: Self.peakMemoryMiB, perSecond: seconds > 0 ? Double(count) / seconds : 0)
        }

        /// `VmHWM` of proc(5).
        private static var peakMemoryMiB: Double {
            let descriptor = open("/proc/self/status", O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { return 0 }
            defer { close(descriptor) }
            var bytes = [UInt8](repeating: 0, count: 8192)
            let count = read(descriptor, &bytes, bytes.count)
            let lines = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self).split(separator: "\n")
            guard let line = lines.first(where: { $0.hasPrefix("VmHWM:") }),
                let kilobytes = line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap({ Double($0) })
            else { return 0 }
            return kilobytes / 1024
        }
    }
}
