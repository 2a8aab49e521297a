internal import Recurrent

// The layers of the tutorials in words, for there is no reflection here that would find their properties.

extension LastPointModel {
    var structure: LayerStructure {
        LayerStructure("LastPointModel", [.sublayer("rnn", rnn.structure), .sublayer("fc", fc.structure)])
    }
}

extension SineToCosineTutorial.Model {
    var structure: LayerStructure {
        LayerStructure("Model", [.sublayer("rnn", rnn.structure), .sublayer("out", out.structure)])
    }
}

extension TextTutorial.Model {
    var structure: LayerStructure {
        LayerStructure(
            "Model",
            [
                .sublayer("embedding", embedding.structure),
                .sublayer("rnn", rnn.structure),
                .sublayer("fc", fc.structure),
            ]
        )
    }
}
