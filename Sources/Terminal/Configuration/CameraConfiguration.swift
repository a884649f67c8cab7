import Configuration

extension TerminalConfiguration {
    /// `[camera]`: where frames come from.
    public struct Camera: Sendable, Equatable {
        /// The kinds of sources.
        public enum Source: String, Sendable, CaseIterable {
            case v4l2, y4m, images
        }

        /// How fast a finite source is played.
        public enum Pace: String, Sendable, CaseIterable {
            case realTime = "real_time"
            case fullSpeed = "full_speed"
        }

        /// A size in pixels.
        public struct Size: Sendable, Equatable {
            /// Pixels of a row.
            public var width: Int
            /// Rows.
            public var height: Int
        }

        /// The kind of source.
        public var source: Source
        /// The device of a camera.
        public var device: String
        /// The Y4M file ("-" is standard input) or the folder of images; nil for a camera.
        public var path: String?
        /// The fourcc asked of the camera, such as "YUYV"; nil takes the best that is offered.
        public var format: String?
        /// The size asked of the camera; nil takes the best that is offered.
        public var size: Size?
        /// Frames per second; nil takes what the camera offers (a folder of images plays 15).
        public var rate: Double?
        /// How fast a finite source is played.
        public var pace: Pace
        /// How long the image may be dark before the camera counts as dark.
        public var darkAfter: Duration
        /// How long the image may stay the very same before the camera counts as frozen.
        public var frozenAfter: Duration
        /// How long no frame may come before the camera counts as lost.
        public var noFramesAfter: Duration

        init(_ table: TomlTable) throws(ConfigurationError) {
            source = try table.read("source", .choice(), default: .v4l2)
            device = try table.read("device", .path, default: "/dev/video0")
            path = try table.read("path", .streamPath)
            format = try table.read("format", .fourcc, default: "auto")
            let width = try table.read("width", .integer(in: 160...7680))
            let height = try table.read("height", .integer(in: 120...4320))
            rate = try table.read("rate", .number(in: 1...120))
            pace = try table.read("pace", .choice(), default: .realTime)
            darkAfter = try table.read("dark_seconds", .seconds(in: 1...3600), default: .seconds(8))
            frozenAfter = try table.read("frozen_seconds", .seconds(in: 1...3600), default: .seconds(8))
            noFramesAfter = try table.read("no_frames_seconds", .seconds(in: 0.5...3600), default: .seconds(5))

            if format == "auto" { format = nil }
            switch (width, height) {
            case (let width?, let height?): size = Size(width: width, height: height)
            case (nil, nil): size = nil
            case (_?, nil): throw table.refusal("width", "height must be set too, or neither")
            case (nil, _?): throw table.refusal("height", "width must be set too, or neither")
            }
            if source != .v4l2 && path == nil {
                throw table.refusal("source", "\"\(source.rawValue)\" needs path, the file or folder to play")
            }
            if source == .images && path == "-" {
                throw table.refusal("path", "\"-\" is standard input, which only source = \"y4m\" reads; name a folder")
            }
        }
    }
}

extension Accepted where Value == String {
    /// A path, or "-" for standard input.
    fileprivate static var streamPath: Self {
        let path = Self.path
        return Accepted("a path, or \"-\" for standard input") { value in
            value.content == .string("-") ? "-" : path.result(of: value)
        }
    }

    /// A pixel format as drivers name it, or "auto".
    fileprivate static var fourcc: Self {
        text.parsed(as: "\"auto\" or the four characters of a pixel format, as \"YUYV\", \"NV12\", \"GREY\", \"MJPG\"")
        { text in
            let isName = text.utf8.count == 4 && text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
            return isName ? text : nil
        }
    }
}
