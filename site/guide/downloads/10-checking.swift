// 10-checking.md as the one program that it is. In a checkout of Unroll, after ./unroll build:
//   swiftc -swift-version 5 -I .build/release/Modules -L .build/release -lNotebook -lm -Xlinker -rpath -Xlinker "$PWD/.build/release" -o lesson site/downloads/10-checking.swift && ./lesson
import Notebook
let notebook = Notebook.LessonProgram()

#sourceLocation(file: "lessons/10-checking.md", line: 42)
Notebook.beginCell("third", of: notebook)
#sourceLocation(file: "lessons/10-checking.md", line: 42)
Notebook.show(
1.0 / 3.0)

#sourceLocation()
Notebook.endLesson(notebook)
