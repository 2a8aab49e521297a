/// The modules that a lesson's program imports before its first cell.
package struct Imports: Sendable, Hashable {
    /// Whether the engine and the charts are among them.
    private(set) var hasEngine = true
    /// The modules of the project's own, in their order.
    private(set) var modules: [String] = []
    /// The names that these declare, which go before those of the runtime where the engine is left out.
    private(set) var declared: Set<String> = []
    /// Those modules that are compiled of folders of files, which a program of live cells can import, too.
    private(set) var sources: [SourceModule] = []
    /// Whether it is a program for the browser.
    private var isInBrowser = false

    /// The engine and the charts, with what cells type besides.
    package static let engine = Imports()

    /// The engine and the charts, unless they are left out, and modules of the project's own.
    init(
        hasEngine: Bool = true,
        modules: [String] = [],
        declaring declared: Set<String> = [],
        sources: [SourceModule] = []
    ) {
        (self.hasEngine, self.modules, self.declared, self.sources) = (hasEngine, modules, declared, sources)
    }

    /// Returns what a program for the browser imports: of the project's own modules those of files that its code needs.
    func inBrowser(for code: [String]) -> Imports {
        var imports = self
        imports.isInBrowser = true
        imports.sources = SourceModule.needed(for: code, among: sources)
        imports.modules = imports.sources.map(\.name)
        return imports
    }

    /// The lines that import them.
    package var text: String {
        let own = modules.map { "import \($0)" }
        guard !hasEngine else { return (["import Notebook"] + own).joined(separator: "\n") }
        // What Notebook passes on of the engine is left out where each name is taken by itself.
        let names = Imports.runtime.filter {
            !declared.contains($0.name) || Imports.unavoidable.contains($0.name)
        }
        let runtime = names.map { "import \($0.kind) Notebook.\($0.name)" }
        return (runtime + (isInBrowser ? ["import func Notebook.print"] : []) + own).joined(separator: "\n")
    }

    /// The names by which the program itself calls the runtime.
    private static let unavoidable: Set = [
        "LessonProgram", "beginCell", "endLesson", "recordShape", "show", "recordBuilt", "builtValue",
    ]

    /// The names that cells type besides the engine's, and by which programs call the runtime, with the kinds that imports
    /// ask for.
    package static let runtime: [(kind: String, name: String)] =
        [
            "LessonProgram": "class", "Showable": "protocol", "LiveControl": "protocol",
            "BuiltValue": "protocol",
            "BuiltNumber": "protocol", "SliderScale": "enum", "Table": "typealias",
            "ControlFace": "typealias",
            "ControlSetting": "typealias", "Row": "struct", "TextField": "struct", "LiveStates": "struct",
            "Selection": "struct", "BuiltValues": "struct", "Toggle": "struct", "Stepper": "struct",
            "Picker": "struct",
            "Slider": "struct", "beginCell": "func", "endLesson": "func", "recordShape": "func",
            "show": "func",
            "require": "func", "about": "func", "runs": "func", "live": "func", "animate": "func",
            "recordBuilt": "func",
            "builtValue": "func", "builtLayer": "func", "loadBuilt": "func",
        ].map { (kind: $0.value, name: $0.key) }.sorted { $0.name < $1.name }
}
