import Testing

@testable import Capture

private func mode(_ format: String, _ width: Int, _ height: Int, _ rate: UInt32?) -> CameraMode {
    CameraMode(format: FourCC(format)!, width: width, height: height, interval: rate.map { FrameInterval(1, $0) })
}

@Suite struct FourCCTests {
    @Test func namesAndCodes() {
        #expect(FourCC("YUYV")?.code == 0x5659_5559)
        #expect(FourCC(code: 0x5659_5559).description == "YUYV")
        #expect(FourCC("Y8")?.description == "Y8")
        #expect(FourCC("")?.code == nil)
        #expect(FourCC("TOOLONG") == nil)
        #expect(FourCC("Ä") == nil)
        #expect(FourCC("Y16-BE")?.description == "Y16-BE")
        #expect(FourCC("Y16-BE") != FourCC("Y16"))
        #expect(FourCC(code: 0).description == "")
        #expect(NativeFormat(FourCC("NV12")!) == .nv12)
        #expect(NativeFormat(FourCC("RGB3")!) == nil)
    }

    @Test(arguments: [
        ("RGB3", 1920, 921_600), ("BGR4", 2560, 1_228_800), ("YV12", 640, 460_800), ("NV61", 640, 614_400),
        ("Y10B", 800, 384_000), ("Y16-BE", 1280, 614_400), ("BA81", 640, 307_200),
    ])
    func whatIsConvertedHasAStatedSize(name: String, row: Int, picture: Int) throws {
        let format = try #require(FourCC(name))
        let bytes = try #require(format.convertedBytes(width: 640, height: 480))
        #expect(bytes == (row, picture) && format.isReadable)
    }

    @Test(arguments: ["RGBP", "HSV3", "HSV4"]) func whatLibv4lTakesBeyondItsEndIsUnreadable(name: String) throws {
        let format = try #require(FourCC(name))
        #expect(format.convertedBytes(width: 640, height: 480) == nil && !format.isReadable)
    }
}

@Suite struct CameraModeTests {
    /// What a common USB camera offers: raw pictures only slowly when they are large.
    static let webcam = [
        mode("YUYV", 640, 480, 30), mode("YUYV", 640, 480, 15), mode("YUYV", 1280, 720, 10), mode("YUYV", 320, 240, 30),
        mode("MJPG", 640, 480, 30), mode("MJPG", 1280, 720, 30), mode("MJPG", 1920, 1080, 30),
    ]

    @Test(
        arguments: [
            // The rate decides before the size, the size before the format.
            (15.0, nil, nil, nil, "MJPG 1280x720 30.0/s"),
            (10, nil, nil, nil, "YUYV 1280x720 10.0/s"),
            // What is asked for is kept to, or nothing is chosen.
            (15, 640, nil, nil, "YUYV 640x480 15.0/s"),
            (16, 640, nil, nil, "YUYV 640x480 30.0/s"),
            (15, 640, 480, "MJPG", "MJPG 640x480 30.0/s"),
            (15, 1920, 1080, nil, "MJPG 1920x1080 30.0/s"),
            (15, 1920, 1080, "YUYV", nil),
            (15, 123, nil, nil, nil),
            // A rate that nobody reaches: the highest there is.
            (60, nil, nil, "YUYV", "YUYV 640x480 30.0/s"),
        ] as [(Double, Int?, Int?, String?, String?)])
    func aWebcam(rate: Double, width: Int?, height: Int?, format: String?, expected: String?) {
        let options = CameraOptions(
            width: width, height: height, framesPerSecond: rate, format: format.flatMap { FourCC($0) })
        #expect(CameraMode.best(of: Self.webcam, for: options)?.description == expected)
        #expect(CameraMode.best(of: Self.webcam.reversed(), for: options)?.description == expected)
    }

    @Test func outsideTheBoundsTheNearestWins() {
        let options = CameraOptions()
        let small = [mode("YUYV", 160, 120, 30), mode("YUYV", 352, 288, 30)]
        #expect(CameraMode.best(of: small, for: options) == small[1])
        let large = [mode("YUYV", 3840, 2160, 30), mode("YUYV", 1920, 1080, 30)]
        #expect(CameraMode.best(of: large, for: options) == large[1])
        #expect(CameraMode.best(of: small + large + [mode("YUYV", 640, 480, 30)], for: options)?.width == 640)
    }

    @Test func formatsInTheirOrder() {
        let options = CameraOptions()
        let formats = ["NV12", "YU12", "YUYV", "UYVY", "MJPG", "GREY", "RGB3"]
        let modes = formats.map { mode($0, 640, 480, 30) }
        for first in modes.indices {
            #expect(CameraMode.best(of: modes[first...].reversed(), for: options)?.format == modes[first].format)
        }
    }

    @Test func ratesThatAreAlmostReachedOrUnknown() {
        let almost = CameraMode(format: FourCC("YUYV")!, width: 1280, height: 720, interval: FrameInterval(1001, 15000))
        #expect(CameraMode.best(of: [almost, mode("YUYV", 640, 480, 30)], for: CameraOptions()) == almost)
        let unknown = mode("YUYV", 1280, 720, nil)
        #expect(CameraMode.best(of: [unknown, mode("YUYV", 640, 480, 30)], for: CameraOptions()) == unknown)
    }

    @Test func whatIsOfferedInstead() {
        let sizes = CameraMode.offers(Self.webcam, for: CameraOptions(width: 123, format: FourCC("YUYV")))
        #expect(Set(sizes) == ["YUYV 640x480 30.0/s", "YUYV 1280x720 10.0/s", "YUYV 320x240 30.0/s"])
        #expect(CameraMode.offers(Self.webcam, for: CameraOptions(format: FourCC("NV12"))) == ["YUYV", "MJPG"])
        #expect(CameraMode.offers(Self.webcam, for: CameraOptions(width: 123)).count == 6)
        #expect(CameraMode.offers([], for: CameraOptions()) == [])
    }

    @Test func whatNobodyCanConvertIsNeitherChosenNorOffered() {
        let modes = [mode("HSV3", 640, 480, 30), mode("YVYU", 320, 240, 15)]
        #expect(CameraMode.best(of: modes, for: CameraOptions()) == modes[1])
        #expect(CameraMode.best(of: modes, for: CameraOptions(format: FourCC("HSV3"))) == nil)
        #expect(CameraMode.offers(modes, for: CameraOptions(format: FourCC("HSV3"))) == ["YVYU"])
        #expect(CameraMode.offers([modes[0]], for: CameraOptions()) == ["HSV3"])
        #expect(CameraMode.summary(of: modes) == ["HSV3 640x480 (unreadable)", "YVYU 320x240"])
    }

    @Test func impossibleModesAreNotChosen() {
        let modes = [
            mode("YUYV", 0, 0, 30), mode("YUYV", 8, 8, 30), mode("YUYV", 100_000, 480, 30), mode("YUYV", -5, 480, 30),
        ]
        #expect(CameraMode.best(of: modes, for: CameraOptions()) == nil)
        #expect(CameraMode.best(of: [], for: CameraOptions()) == nil)
        #expect(mode("YUYV", 640, 480, 0).interval?.framesPerSecond == 0)
    }

    @Test func sizesOfARange() {
        let vivid = SizeRange(width: 320...1920, height: 180...1080, widthStep: 2, heightStep: 2)
        #expect(vivid.candidates(width: nil, height: nil).contains { $0 == (1280, 720) })
        #expect(vivid.candidates(width: nil, height: nil).allSatisfy { vivid.width.contains($0.width) })
        #expect(vivid.candidates(width: 801, height: 601).map(\.width) == [800])
        let fixed = SizeRange(width: 700...700, height: 500...500, widthStep: 0, heightStep: 0)
        #expect(fixed.candidates(width: nil, height: nil).map(\.width) == [700])
        let coarse = SizeRange(width: 16...2000, height: 16...2000, widthStep: 16, heightStep: 7)
        #expect(
            coarse.candidates(width: nil, height: nil).allSatisfy { $0.width % 16 == 0 && ($0.height - 16) % 7 == 0 })
    }

    @Test(
        arguments: [
            (15.0, [FrameInterval(1000, 15000), FrameInterval(1, 60)]), (60, [FrameInterval(1, 60)]),
            (90, [FrameInterval(1, 60)]),
            (2, [FrameInterval(1, 5), FrameInterval(1, 60)]),
            (29.97, [FrameInterval(1000, 29970), FrameInterval(1, 60)]),
        ] as [(Double, [FrameInterval])])
    func intervalsOfARange(rate: Double, expected: [FrameInterval]) {
        let range = IntervalRange(shortest: FrameInterval(1, 60), longest: FrameInterval(1, 5))
        #expect(range.candidates(framesPerSecond: rate) == expected)
    }
}
