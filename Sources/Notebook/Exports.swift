@_exported public import Charting
@_exported public import Recurrent
