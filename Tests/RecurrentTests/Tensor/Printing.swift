import Recurrent
import Testing

@Suite("Printing") struct PrintingTests {
    @Test("aligns columns and shortens to four digits") func matrix() {
        let x = Tensor([[0.5, -1.25, 1 / 3], [10, 0.125, -2]])
        #expect(
            "\(x)" == """
                Tensor [2, 3]
                [[ 0.5000 -1.2500  0.3333]
                 [10.0000  0.1250 -2.0000]]
                """
        )
    }

    @Test("uses no more digits than the numbers need") func digits() {
        #expect("\(Tensor([1, 2, 30]))" == "Tensor [3] [ 1.0  2.0 30.0]")
        #expect("\(Tensor([0.25, 2]))" == "Tensor [2] [0.25 2.00]")
        #expect("\(Tensor(2.8537107))" == "Tensor [] 2.8537")
        #expect("\(Tensor([0.99999]))" == "Tensor [1] [1.0]")
    }

    @Test("turns to exponents for the very large and the very small") func exponents() {
        #expect("\(Tensor([1e-7, 1, -0.0]))" == "Tensor [3] [ 1.0000e-07  1.0000e+00 -0.0000e+00]")
        #expect("\(Tensor([12_345_678]))" == "Tensor [1] [1.2346e+07]")
        #expect("\(Tensor([9_999_999]))" == "Tensor [1] [1.0000e+07]")
    }

    @Test("shows what is not a number") func special() {
        #expect("\(Tensor([.nan, .infinity, -.infinity, 0]))" == "Tensor [4] [ nan  inf -inf  0.0]")
    }

    @Test("separates matrices, and leaves out the middle of long axes") func large() {
        #expect(
            "\(Tensor([[[1], [2]], [[3], [4]]]))" == """
                Tensor [2, 2, 1]
                [[[1.0]
                  [2.0]]

                 [[3.0]
                  [4.0]]]
                """
        )
        #expect("\(Tensor.arange(0, 2000))" == "Tensor [2000] [   0.0    1.0    2.0 … 1997.0 1998.0 1999.0]")
        #expect("\(Tensor.zeros([0, 3]))" == "Tensor [0, 3]\n[]")
        #expect("\(Tensor.zeros([0]))" == "Tensor [0] []")
    }
}
