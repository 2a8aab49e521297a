import Notebook

// The structure of the lesson's own layer, which natively is read by reflection.

extension Forecaster {
    var structure: LayerStructure {
        LayerStructure("Forecaster", [.sublayer("rnn", rnn.structure), .sublayer("head", head.structure)])
    }
}
