internal import OutputHTML
internal import Records
internal import Serialization

/// The outputs of a live cell in each state that the build recorded.
///
/// They become a script of their own, which loads from a folder, too, and only when a reader moves a control.
package struct LiveStates: Sendable {
    /// The path of the script in the site.
    package let path: String
    /// The name by which the page knows them.
    package let name: String
    /// The HTML of each state, as a list in JSON.
    package let list: String
    /// The offenses of drawings, those of one state.
    let offenses: [CheckedDrawing.Offense]

    /// Renders the states. Captions are the page's, which keeps them.
    static func render(_ states: [[Output]], name: String, at path: String, wording: Wording) -> LiveStates {
        var frame = OutputFrame()
        frame.dataTitle = wording.showData
        frame.attributes = wording.attributes
        let rendered = states.map { OutputRenderer.render($0, in: frame) }
        return LiveStates(
            path: path,
            name: name,
            list: JSON.array(rendered.map { .string($0.html.string) }).compact,
            offenses: rendered.map(\.offenses).first { !$0.isEmpty } ?? []
        )
    }
}
