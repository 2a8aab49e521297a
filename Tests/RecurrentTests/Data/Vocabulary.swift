import Recurrent
import Testing

@Suite("The words of a text") struct WordTests {
    @Test(
        "are what stands between white space",
        arguments: [
            ("The wind, the wind is up!", "the|wind|the|wind|is|up"),
            ("Don't; well-known: 3.14 (π ≈ 22/7)", "don't|well-known|3.14|π|22/7"),
            ("Übung macht den\tMeister —\nnicht?", "übung|macht|den|meister|nicht"),
            ("Море спокойно. Η θάλασσα. بحر هادئ", "море|спокойно|η|θάλασσα|بحر|هادئ"),
            ("바다가 조용하다.", "바다가|조용하다"),
            (" … !? ", ""), ("", ""),
        ]
    )
    func spaced(text: String, words: String) {
        #expect(Vocabulary.words(of: text).joined(separator: "|") == words)
    }

    @Test(
        "are characters where nobody writes white space",
        arguments: [
            ("我爱机器学习。这部电影不好看！", "我|爱|机|器|学|习|这|部|电|影|不|好|看"),
            ("我爱RNN，LSTM也爱；2021年3月3日", "我|爱|rnn|lstm|也|爱|2021|年|3|月|3|日"),
            ("二〇二一年 “循环” GPT-4（很好）", "二|〇|二|一|年|循|环|gpt-4|很|好"),
            ("人々はニューラル・ネットワークをつくる。", "人|々|は|ニューラル|ネットワーク|を|つ|く|る"),
            ("ﾈｯﾄ と Wi-Fi、が", "ﾈｯﾄ|と|wi-fi|が"),
            ("かか\u{3099}き", "か|が|き"),
            ("ทะเลสงบ AI", "ท|ะ|เ|ล|ส|ง|บ|ai"),
            ("𠮷野家で𡈽を", "𠮷|野|家|で|𡈽|を"),
            ("중국어 中文과", "중국어|中|文|과"),
            ("，。！——“”", ""),
        ]
    )
    func unspaced(text: String, words: String) {
        #expect(Vocabulary.words(of: text).joined(separator: "|") == words)
    }

    @Test("of Chinese sentences make a vocabulary that knows new sentences") func vocabulary() {
        let vocabulary = Vocabulary(["这部电影很好看", "这部电影不好看"].map(Vocabulary.words(of:)))
        #expect(vocabulary.count == 2 + 8)
        #expect(!vocabulary.encode(Vocabulary.words(of: "电影不看，好！")).contains(vocabulary.unknownIndex!))
    }

    @Test("are numbered as they appear") func numbers() {
        let sentences = ["The sea is calm.", "The wind, the wind is up!"].map(Vocabulary.words(of:))
        let vocabulary = Vocabulary(sentences)
        #expect(vocabulary.words == ["<pad>", "<unk>", "the", "sea", "is", "calm", "wind", "up"])
        #expect(vocabulary.encode(["the", "storm"]) == [2, 1])
        #expect(vocabulary.decode([6, 7]) == ["wind", "up"])
        let frequent = Vocabulary(sentences, minimumCount: 2, padding: nil, unknown: nil)
        #expect(frequent.words == ["the", "is", "wind"])
        #expect(frequent["sea"] == nil)
    }
}
