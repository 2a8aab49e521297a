// A lesson writes `import Notebook`, or nothing at all, and has the engine and the charts.
@_exported public import Charting
@_exported public import Recurrent
