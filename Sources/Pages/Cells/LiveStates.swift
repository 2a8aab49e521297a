internal import OutputHTML
internal import Records
internal import Serialization

/// The outputs of a live cell in each state that the build recorded.
///
/// They are a script of their own, which loads from a folder, too, and only when a reader moves a control.
struct LiveStates {
    /// The script.
    let file: SiteFile
    /// The offenses of drawings, those of one state.
    let offenses: [CheckedDrawing.Offense]

    /// Renders the states. Captions are the page's, which keeps them.
    static func render(_ states: [[Output]], name: String, at path: String, wording: Wording) -> LiveStates {
        var frame = OutputFrame()
        frame.dataTitle = wording.showData
        frame.attributes = wording.attributes
        let rendered = states.map { OutputRenderer.render($0, in: frame) }
        let lines = rendered.map { JSON.string($0.html.string).compact }
        let call = "self.unrollStates?.(\(JSON.string(name).compact), [\n"
        return LiveStates(
            file: SiteFile(path, call + lines.joined(separator: ",\n") + "\n])\n"),
            offenses: rendered.map(\.offenses).first { !$0.isEmpty } ?? []
        )
    }
}
