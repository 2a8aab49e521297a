/// A kind of mark, as charts know it: what its type says, in a form that can be stored.
///
/// A chart puts the marks of one kind together and draws them at once. A kind is made once and kept, since it is
/// recognized by its identity:
///
///     static let kind = MarkKind(PointMark.self)
public final class MarkKind: Sendable {
    package let form: MarkForm
    package let swatch: Swatch
    package let stance: @Sendable (MarkChannels) -> Stance
    package let arranged: @Sendable ([MarkChannels]) -> [MarkChannels]
    package let render: @Sendable ([MarkChannels], PlotArea) -> [SVGElement]
    package let coverage: @Sendable ([MarkChannels], PlotArea) -> [Coverage]
    package let isThin: @Sendable ([MarkChannels], PlotArea) -> Bool
    package let annotate: @Sendable ([MarkChannels], inout Annotations) -> Void
    package let sentences: @Sendable ([MarkChannels]) -> [String]

    /// The kind of the marks of a type.
    public convenience init<Marks: Mark>(_ marks: Marks.Type) {
        self.init(
            form: Marks.form,
            swatch: Marks.swatch,
            stance: { Marks.stance(of: $0) },
            arranged: { Marks.arranged($0) },
            render: { Marks.render($0, in: $1) },
            coverage: { Marks.coverage(of: $0, in: $1) },
            isThin: { Marks.isThin($0, in: $1) },
            annotate: { Marks.annotate($0, in: &$1) },
            sentences: { Marks.sentences(about: $0) }
        )
    }

    /// Embedded Swift lets a class have a generic initializer only if it is a convenience.
    private init(
        form: MarkForm,
        swatch: Swatch,
        stance: @escaping @Sendable (MarkChannels) -> Stance,
        arranged: @escaping @Sendable ([MarkChannels]) -> [MarkChannels],
        render: @escaping @Sendable ([MarkChannels], PlotArea) -> [SVGElement],
        coverage: @escaping @Sendable ([MarkChannels], PlotArea) -> [Coverage],
        isThin: @escaping @Sendable ([MarkChannels], PlotArea) -> Bool,
        annotate: @escaping @Sendable ([MarkChannels], inout Annotations) -> Void,
        sentences: @escaping @Sendable ([MarkChannels]) -> [String]
    ) {
        self.form = form
        self.swatch = swatch
        self.stance = stance
        self.arranged = arranged
        self.render = render
        self.coverage = coverage
        self.isThin = isThin
        self.annotate = annotate
        self.sentences = sentences
    }

    /// Whether marks with different labels are different series.
    package var isSeries: Bool { form == .scattered || form == .joined || form == .bars }

    /// Whether the marks are the points of lines, whose ends can bear names.
    package var isLine: Bool { form == .joined && swatch == .line }

    /// One mark, as summaries count it.
    package var noun: String {
        switch form {
        case .bars: "bar"
        case .cells: "cell"
        case .single, .scattered, .joined: "point"
        }
    }
}

/// The way in which marks of one kind go together, from which a chart's grid, series, stops and summary follow.
public enum MarkForm: Sendable {
    /// Marks by themselves, such as rules and texts.
    case single
    /// Points of series, each read along both axes.
    case scattered
    /// Points of series, joined in their order to a line or the edge of an area.
    case joined
    /// Boxes of series, which fill the room at their values.
    case bars
    /// Boxes whose colors are the values, as in a heat map.
    case cells
}

/// The way in which a mark stands on an axis.
public enum Stance: Sendable, Hashable {
    /// A mark that stands on no axis.
    case free
    /// A mark on the horizontal axis, measured along the vertical one, from zero or between two values.
    case upright(fromZero: Bool)
    /// A mark on the vertical axis, measured along the horizontal one, from zero or between two values.
    case lying(fromZero: Bool)

    package var isLying: Bool {
        if case .lying = self { true } else { false }
    }
}

/// A part of a plot that marks cover, which texts and insets keep off.
public enum Coverage: Sendable {
    /// A line along some points.
    case line([Point])
    /// A point with some room around it.
    case point(Point)
    /// A rectangle.
    case box(Box)
}

/// A picture that stands for a series in a legend.
public enum Swatch: Sendable {
    /// A piece of a line.
    case line
    /// The series's symbol.
    case symbol
    /// A filled square.
    case square
}
