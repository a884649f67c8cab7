/// More than 100 configurations of a terminal that are wrong, each in its own way.
struct MalformedConfiguration: Sendable, CustomStringConvertible {
    let text: String
    let line: Int
    /// What the message says after file and line.
    let reason: String

    var description: String { text.split(separator: "\n").last.map(String.init) ?? "(empty)" }

    private static let server = "[server]\nurl = \"https://a\"\n"

    /// A line in a table, after everything that must be set.
    private static func wrong(_ table: String, _ line: String, _ reason: String) -> MalformedConfiguration {
        MalformedConfiguration(text: "\(server)[\(table)]\n\(line)", line: 4, reason: "\(table)." + reason)
    }

    /// A whole file.
    private static func file(_ text: String, line: Int, _ reason: String) -> MalformedConfiguration {
        MalformedConfiguration(text: text, line: line, reason: reason)
    }

    static let all = camera + recognition + attendance + serverLink + daemon + structure

    private static let camera = [
        wrong(
            "camera", "source = \"usb\"",
            "source: expected one of \"v4l2\", \"y4m\", \"images\", found the string \"usb\""),
        wrong("camera", "source = \"V4L2\"", "source: expected one of"),
        wrong(
            "camera", "source = 1", "source: expected one of \"v4l2\", \"y4m\", \"images\", found the whole number 1"),
        wrong("camera", "source = [\"v4l2\"]", "source: expected one of \"v4l2\", \"y4m\", \"images\", found an array"),
        wrong("camera", "source = \"y4m\"", "source: \"y4m\" needs path"),
        wrong("camera", "source = \"images\"", "source: \"images\" needs path"),
        file(server + "[camera]\nsource = \"images\"\npath = \"-\"", line: 5, "camera.path: \"-\" is standard input"),
        wrong("camera", "device = 0", "device: expected a path (a string), found the whole number 0"),
        wrong("camera", "device = \"\"", "device: expected a path (a string), found the string \"\""),
        wrong("camera", "device = \"a\\u0000b\"", "device: expected a path"),
        wrong("camera", "device = \"a\\nb\"", "device: expected a path (a string), found the string \"a\\u{a}b\""),
        wrong("camera", "device = true", "device: expected a path (a string), found true"),
        wrong("camera", "path = {}", "path: expected a path, or \"-\" for standard input, found a table"),
        wrong("camera", "format = \"YUY\"", "format: expected \"auto\" or the four characters"),
        wrong("camera", "format = \"YUYV2\"", "format: expected \"auto\" or the four characters"),
        wrong("camera", "format = \"ÄÖÜß\"", "format: expected \"auto\" or the four characters"),
        wrong("camera", "format = \"\"", "format: expected \"auto\" or the four characters"),
        wrong("camera", "width = 1280", "width: height must be set too"),
        wrong("camera", "height = 720", "height: width must be set too"),
        wrong(
            "camera", "width = \"1280\"", "width: expected a whole number from 160 to 7680, found the string \"1280\""),
        wrong("camera", "width = 1280.0", "width: expected a whole number from 160 to 7680, found the number 1280.0"),
        wrong("camera", "width = 159", "width: expected a whole number from 160 to 7680, found the whole number 159"),
        wrong("camera", "width = 7681", "width: expected a whole number"),
        wrong("camera", "width = -640", "width: expected a whole number from 160 to 7680, found the whole number -640"),
        wrong("camera", "height = 4321", "height: expected a whole number from 120 to 4320"),
        wrong("camera", "height = 0", "height: expected a whole number from 120 to 4320, found the whole number 0"),
        wrong("camera", "rate = 0", "rate: expected a number from 1 to 120, found the whole number 0"),
        wrong("camera", "rate = 121", "rate: expected a number from 1 to 120"),
        wrong("camera", "rate = nan", "rate: expected a number from 1 to 120, found the number nan"),
        wrong("camera", "rate = inf", "rate: expected a number from 1 to 120, found the number inf"),
        wrong("camera", "rate = \"fast\"", "rate: expected a number"),
        wrong(
            "camera", "pace = \"fast\"",
            "pace: expected one of \"real_time\", \"full_speed\", found the string \"fast\""),
        wrong("camera", "pace = false", "pace: expected one of"),
        wrong("camera", "dark_seconds = 0", "dark_seconds: expected a number from 1 to 3600 (seconds)"),
        wrong(
            "camera", "dark_seconds = -inf",
            "dark_seconds: expected a number from 1 to 3600 (seconds), found the number -inf"),
        wrong("camera", "frozen_seconds = 3601", "frozen_seconds: expected a number"),
        wrong(
            "camera", "frozen_seconds = 00:00:30",
            "frozen_seconds: expected a number from 1 to 3600 (seconds), found the time"),
        wrong("camera", "no_frames_seconds = 0.4", "no_frames_seconds: expected a number from 0.5 to 3600 (seconds)"),
        wrong("camera", "no_frames_seconds = \"5s\"", "no_frames_seconds: expected a number"),
        wrong("camera", "devise = \"/dev/video0\"", "devise: unknown key; did you mean camera.device?"),
        wrong("camera", "fps = 15", "fps: unknown key; known here: dark_seconds, device, format"),
        wrong("camera", "Rate = 15", "Rate: unknown key; did you mean camera.rate?"),
        wrong("camera", "device.name = \"x\"", "device: expected a path (a string), found a table"),
    ]

    private static let recognition = [
        wrong("models", "pack = 68", "pack: expected a path"),
        wrong("models", "pack = [\"a\"]", "pack: expected a path (a string), found an array"),
        wrong("models", "pakc = \"x.pack\"", "pakc: unknown key; did you mean models.pack?"),
        wrong(
            "models", "landmarks = \"x.dat\"",
            "landmarks: no longer read: delete landmarks and descriptor; models.pack names one file for all, "
                + "which `sudo rollcalld-models` makes"),
        wrong("models", "descriptor = \"x.dat\"", "descriptor: no longer read: delete landmarks and descriptor"),
        wrong(
            "recognition", "detector = \"cnn\"",
            "detector: expected one of \"hog\", \"haar\", \"both\", found the string \"cnn\""),
        wrong("recognition", "detector = 1", "detector: expected one of \"hog\", \"haar\", \"both\""),
        wrong("recognition", "haar_cascade = true", "haar_cascade: expected a path (a string), found true"),
        wrong("recognition", "haar_cascade = \"\"", "haar_cascade: expected a path"),
        wrong("recognition", "cascade = \"a.xml\"", "cascade: unknown key"),
        wrong("recognition", "min_inter_eye_pixels = 9", "min_inter_eye_pixels: expected a number from 10 to 500"),
        wrong("recognition", "min_inter_eye_pixels = \"30px\"", "min_inter_eye_pixels: expected a number"),
        wrong(
            "recognition", "stranger_named = 0.2",
            "stranger_named: expected a number from 0.0001 to 0.1, found the number 0.2"),
        wrong("recognition", "stranger_named = 0", "stranger_named: expected a number"),
        wrong("recognition", "student_for_another = nan", "student_for_another: expected a number"),
        wrong("recognition", "student_for_another = true", "student_for_another: expected a number"),
        wrong(
            "recognition", "min_margin = 0.08",
            "min_margin: no longer read: delete max_distance and min_margin; recognition.stranger_named says how many"),
        wrong("recognition", "min_shots = 0", "min_shots: expected a whole number from 1 to 32"),
        wrong(
            "recognition", "min_shots = 3.0", "min_shots: expected a whole number from 1 to 32, found the number 3.0"),
        wrong("recognition", "min_shots = 33", "min_shots: expected a whole number"),
        wrong("recognition", "threshold = 0.6", "threshold: unknown key; known here: detector, haar"),
    ]

    private static let attendance = [
        wrong("attendance", "time_zone = \"\"", "time_zone: expected the name of an IANA time zone"),
        wrong("attendance", "time_zone = \"../../etc/passwd\"", "time_zone: expected the name of an IANA time zone"),
        wrong("attendance", "time_zone = \"/etc/localtime\"", "time_zone: expected the name of an IANA time zone"),
        wrong("attendance", "time_zone = 1", "time_zone: expected the name of an IANA time zone"),
        wrong("attendance", "time_zone = \"Europe/London \"", "time_zone: expected the name"),
        wrong("attendance", "present_until = \"9:00\"", "present_until: expected a time of day"),
        wrong("attendance", "present_until = \"24:00:00\"", "present_until: expected a time of day"),
        wrong("attendance", "present_until = \"09:00 am\"", "present_until: expected a time of day"),
        wrong("attendance", "present_until = 9", "present_until: expected a time of day"),
        wrong("attendance", "present_until = 09:00:00.5", "present_until: expected a time of day"),
        wrong("attendance", "present_until = 2026-09-01", "present_until: expected a time of day"),
        wrong("attendance", "present_until = \"11:30:00\"", "present_until: present_until (11:30:00) must be before"),
        wrong(
            "attendance", "absent_after = \"08:59\"",
            "absent_after: present_until (09:00:00) must be before absent_after"),
        wrong("attendance", "absent_after = \"\"", "absent_after: expected a time of day"),
        wrong("attendance", "school_days = []", "school_days: name at least one day"),
        wrong("attendance", "school_days = \"monday\"", "school_days: expected an array of at most 7 elements"),
        wrong("attendance", "school_days = [\"mon\"]", "school_days: expected one of \"monday\""),
        wrong("attendance", "school_days = [\"Monday\"]", "school_days: expected one of \"monday\""),
        wrong("attendance", "school_days = [1, 2]", "school_days: expected one of \"monday\""),
        wrong("attendance", "school_days = [[\"monday\"]]", "school_days: expected one of"),
        file(
            server + "[attendance]\nschool_days = [\n \"monday\",\n \"funday\",\n]", line: 6,
            "attendance.school_days: expected one of"),
        wrong("attendance", "late_after = \"09:00\"", "late_after: unknown key; known here: absent_after"),
    ]

    private static let serverLink = [
        file("", line: 1, "server.url: must be set"),
        file("\n\n[server]\nca_file = \"x\"", line: 3, "server.url: must be set"),
        file("[server]\nulr = \"https://a\"", line: 2, "server.url: must be set: an address that begins with https://"),
        file("[server]\nurl = \"http://a\"", line: 2, "server.url: expected an address that begins with https://"),
        file("[server]\nurl = \"a.example\"", line: 2, "server.url: expected an address"),
        file("[server]\nurl = \"https://\"", line: 2, "server.url: expected an address"),
        file("[server]\nurl = \"https://user:secret@a\"", line: 2, "server.url: expected an address"),
        file("[server]\nurl = \"https://a:99999\"", line: 2, "server.url: expected an address"),
        file("[server]\nurl = \"https://a/?token=1\"", line: 2, "server.url: expected an address"),
        file("[server]\nurl = \"https://a/\\r\\nX: y\"", line: 2, "server.url: expected an address"),
        file("[server]\nurl = 443", line: 2, "server.url: expected an address"),
        file(server + "ca_file = true", line: 3, "server.ca_file: expected a path"),
        file(server + "token_file = \"\"", line: 3, "server.token_file: expected a path"),
        file(server + "token = \"rct_secret\"", line: 3, "server.token: unknown key; known here: ca_file"),
        file(
            server + "connect_timeout = 0", line: 3, "server.connect_timeout: expected a number from 1 to 120 (seconds)"
        ),
        file(server + "connect_timeout = 121", line: 3, "server.connect_timeout: expected a number"),
        file(
            server + "sync_interval = 0", line: 3, "server.sync_interval: expected a number from 0.1 to 3600 (seconds)"),
        file(server + "sync_interval = \"5\"", line: 3, "server.sync_interval: expected a number"),
        file(server + "heartbeat_interval = 1e9", line: 3, "server.heartbeat_interval: expected a number"),
        file(server + "roster_interval = -60", line: 3, "server.roster_interval: expected a number"),
        file(server + "verify = false", line: 3, "server.verify: unknown key"),
        file(server + "insecure = true", line: 3, "server.insecure: unknown key"),
        wrong("keys", "template_key_file = 32", "template_key_file: expected a path"),
        wrong("keys", "template_key = \"00\"", "template_key: unknown key; known here: template_key_file"),
    ]

    private static let daemon = [
        wrong("state", "directory = 7", "directory: expected a path"),
        wrong("state", "folder = \"/var\"", "folder: unknown key; known here: directory"),
        wrong("status", "address = \"localhost\"", "address: expected an IPv4 or IPv6 address"),
        wrong("status", "address = \"127.0.0.256\"", "address: expected an IPv4 or IPv6 address"),
        wrong("status", "address = \"127.0.0.1:80\"", "address: expected an IPv4 or IPv6 address"),
        wrong("status", "address = \"[::1]\"", "address: expected an IPv4 or IPv6 address"),
        wrong("status", "address = 127.0", "address: expected an IPv4 or IPv6 address"),
        wrong("status", "port = 0", "port: expected a whole number from 1 to 65535"),
        wrong("status", "port = 65536", "port: expected a whole number from 1 to 65535"),
        wrong("status", "port = \"8470\"", "port: expected a whole number from 1 to 65535, found the string \"8470\""),
        wrong("status", "port = 9223372036854775807", "port: expected a whole number"),
        wrong("status", "show_names = \"no\"", "show_names: expected true or false, found the string \"no\""),
        wrong("status", "show_names = 0", "show_names: expected true or false, found the whole number 0"),
        wrong("status", "max_connections = 3", "max_connections: expected a whole number from 4 to 1024"),
        wrong("status", "max_connections = 1025", "max_connections: expected a whole number"),
        wrong("status", "adress = \"::1\"", "adress: unknown key; did you mean status.address?"),
        wrong("kiosk", "first_names = \"yes\"", "first_names: expected true or false, found the string \"yes\""),
        wrong(
            "kiosk", "language = \"fr\"", "language: expected one of \"auto\", \"en\", \"de\", found the string \"fr\""),
        wrong("kiosk", "language = 1", "language: expected one of \"auto\", \"en\", \"de\", found the whole number 1"),
        wrong("kiosk", "lanquage = \"de\"", "lanquage: unknown key; did you mean kiosk.language?"),
        wrong("clock", "trust_server = 1", "trust_server: expected true or false"),
        wrong("clock", "trust_server = \"true\"", "trust_server: expected true or false"),
        wrong("clock", "ntp = true", "ntp: unknown key; known here: trust_server"),
        wrong("log", "level = \"loud\"", "level: expected one of \"trace\""),
        wrong("log", "level = 3", "level: expected one of \"trace\""),
        wrong("log", "level = \"INFO\"", "level: expected one of \"trace\""),
        wrong("log", "destination = \"/var/log/x\"", "destination: expected one of \"auto\", \"journal\", \"console\""),
        wrong("log", "destination = []", "destination: expected one of"),
        wrong("log", "file = \"x\"", "file: unknown key"),
    ]

    private static let structure = [
        file("url = \"https://a\"", line: 1, "server.url: must be set"),
        file(server + "[camera]\nrate = 15\nrate = 15", line: 5, "not TOML"),
        file(server + "[server]", line: 3, "not TOML"),
        file(server + "[[camera]]\nrate = 15", line: 3, "camera: expected a table"),
        file("camera = \"/dev/video0\"\n" + server, line: 1, "camera: expected a table, written [camera]"),
        file(
            "status = 8470\n" + server, line: 1,
            "status: expected a table, written [status], found the whole number 8470"),
        file(server + "[camra]\nrate = 15", line: 3, "camra: unknown key; did you mean camera?"),
        file(server + "[database]\npath = \"x\"", line: 3, "database: unknown key; known here: attendance, camera"),
        file("rate = 15\n" + server, line: 1, "rate: unknown key; it belongs in [camera]"),
        file(server + "[camera.advanced]\nx = 1", line: 3, "camera.advanced: unknown key"),
        file(server + "[camera]\n\"\" = 1", line: 4, "camera.\"\": unknown key"),
        file(server + "[camera]\n\"ra\\u001bte\" = 1", line: 4, "camera.\"ra\\u{1b}te\": unknown key"),
        file(server + "camera = { rate = 15 }\n[camera]", line: 3, "server.camera: unknown key"),
        file(server + "[camera]\nrate = ", line: 4, "not TOML"),
        file(server + "[camera\nrate = 15", line: 3, "not TOML"),
        file(server + "[camera]\nrate: 15", line: 4, "not TOML"),
        file(server + "[camera]\ndevice = /dev/video0", line: 4, "not TOML"),
        file(server + "[camera]\ndevice = \"/dev/video0", line: 4, "not TOML"),
        file(server + "\u{0}", line: 3, "not TOML at column 1: a NUL byte"),
        file(server + "# \u{7}", line: 3, "not TOML"),
        file(server + "x = " + String(repeating: "[", count: 5000), line: 3, "not TOML at column 21: brackets nested"),
        file(
            server + String(repeating: "# filler\n", count: 120_000), line: 1,
            "not TOML at column 1: the file is larger"),
    ]
}
