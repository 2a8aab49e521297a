import Notebook

// The structure of the lesson's own layer, which natively is read by reflection.

extension SimpleRNN {
    var structure: LayerStructure {
        LayerStructure("SimpleRNN", [.sublayer("rnn", rnn.structure), .sublayer("fc", fc.structure)])
    }
}
