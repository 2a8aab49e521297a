import Recurrent
import Testing

@Suite("The characters of a text") struct CharacterVocabularyTests {
    @Test("are numbered by their code points, after padding, unknown and special words") func numbers() {
        let letters = Vocabulary(
            charactersOf: "hello\n world",
            padding: "<pad>",
            unknown: "<unk>",
            special: ["<s>", "</s>"]
        )
        let expected = ["<pad>", "<unk>", "<s>", "</s>", "\n", " ", "d", "e", "h", "l", "o", "r", "w"]
        #expect(letters.words == expected)
        #expect(letters.paddingIndex == 0 && letters.unknownIndex == 1)
        #expect(letters.encode(text: "hold!") == [8, 10, 9, 6, 1])
        #expect(letters.text(of: [2] + letters.encode(text: "o world") + [3]) == "<s>o world</s>")
        #expect(letters["</s>"] == 3)
    }

    @Test("are what a reader takes for one") func clusters() {
        let letters = Vocabulary(charactersOf: "e\u{301}👩‍🚀e")
        #expect(letters.words == ["e", "é", "👩‍🚀"])
        #expect(letters.encode(text: "é") == [1] && letters.encode(text: "e\u{301}") == [1])
        #expect(letters.text(of: [2, 1, 0]) == "👩‍🚀ée")
    }

    @Test("can be left out where they are rare") func rare() {
        let frequent = Vocabulary(charactersOf: "abcabca", minimumCount: 3, unknown: "?")
        #expect(frequent.words == ["?", "a"])
        #expect(frequent.encode(text: "cab") == [0, 1, 0])
    }
}
