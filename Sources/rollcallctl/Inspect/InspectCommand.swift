import ArgumentParser
import Capture
import Configuration
import Faces
import Glibc
import Progress
import Terminal

/// `rollcallctl inspect`
struct InspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Show what recognition sees in images: faces, landmarks, quality with reasons, descriptor.",
        discussion: """
            Runs the very stages of the terminal on JPEG, PNG, PGM and PPM files. An image that cannot be read is named \
            on standard error, and the others are still inspected.

            Exit status: 0 every image was inspected (with or without a face), 1 an image or the models could not be \
            read or a picture not be written, 64 wrong usage, 78 the configuration is refused.
            """)

    @Argument(help: "The images to look at.", completion: .file())
    var images: [String]

    @Flag(help: "Print one JSON document: an array with an object per image.")
    var json = false

    @Flag(help: "All images are photographs of one person: say which photograph is missing.")
    var onePerson = false

    @Option(
        help: ArgumentHelp(
            "Draw boxes and landmarks: a PNG file for one image, a folder for several.", valueName: "out"))
    var annotate: String?

    @OptionGroup var models: ModelOptions
    @OptionGroup var recognition: RecognitionArguments

    func validate() throws {
        guard let annotate, let name = annotate.split(separator: "/").last.map({ $0.lowercased() }) else { return }
        guard !PictureName.isPicture(name) || name.hasSuffix(".png") || NamedFile.folderProblem(annotate) == nil else {
            throw ValidationError("--annotate writes PNG files: end the name with .png, or name a folder.")
        }
    }

    func run() throws {
        let (options, stages) = try recognition.load(over: models.loadEngine())
        var paths = try annotationPaths()
        var meter = meter
        var inspected: [InspectedImage] = []
        var isComplete = true
        for path in images {
            let (image, drawn, complaints) = inspect(path, stages, options, annotations: &paths)
            meter?.clear()
            for complaint in complaints { complain(complaint) }
            isComplete = isComplete && complaints.isEmpty
            inspected.append(image)
            if !json, image.error == nil { print(image.text) }
            if !json, let drawn { print("  drawn: \(drawn)") }
            meter?.advance()
        }
        meter?.finish()
        try printEnd(inspected)
        if !isComplete { throw ExitStatus.wrong }
    }

    private func printEnd(_ images: [InspectedImage]) throws {
        switch (json, onePerson) {
        case (true, true):
            print(try rollcallctl.json(OnePersonJSON(images: images, advice: images.missing.map(\.message))))
        case (true, false): print(try rollcallctl.json(images))
        case (false, true):
            let advice = images.missing
            let hasFace = images.contains { !$0.faces.isEmpty }
            let verdict = hasFace ? "nothing is missing" : "nothing can be said, no photograph has a face"
            print("of one person:" + (advice.isEmpty ? " \(verdict)" : ""))
            for piece in advice { print("  " + piece.text) }
        case (false, false): break
        }
    }

    private func inspect(
        _ path: String, _ stages: any FaceStages, _ options: RecognitionOptions, annotations: inout AnnotationPaths?
    ) -> (InspectedImage, drawn: String?, complaints: [String]) {
        var complaints: [String] = []
        var drawn: String?
        var image = InspectedImage(path: path)
        do throws(CaptureError) {
            let frame = try ImageFile.load(path: path)
            image = stages.inspect(frame, path: path, options: options)
            if let error = image.error { complaints.append("\(path): \(error)") }
            if let target = annotations?.next(for: path) {
                do throws(CaptureError) {
                    let canvas = try Annotation.draw(image, on: frame)
                    try PNGFile.write(rgb: canvas.rgb, width: canvas.width, height: canvas.height, path: target)
                    drawn = target
                } catch { complaints.append(error.description) }
            }
        } catch {
            image.error = error.description
            complaints.append(error.description)
        }
        return (image, drawn, complaints)
    }

    private func annotationPaths() throws(ExitCode) -> AnnotationPaths? {
        guard let annotate else { return nil }
        do {
            return try AnnotationPaths(target: annotate, imageCount: images.count)
        } catch {
            complain("\(annotate): the folder cannot be made; choose another place with --annotate")
            throw ExitStatus.wrong
        }
    }

    /// None where the results themselves appear on the screen one after the other.
    private var meter: ProgressMeter? {
        guard images.count > 1, json || isatty(STDOUT_FILENO) == 0 else { return nil }
        return ProgressMeter("Inspecting", unit: "images", total: images.count)
    }
}
