@preconcurrency internal import Dispatch
internal import Foundation
internal import LibC

/// Says when the files that a site is made of have changed.
///
/// A change is told when the files differ from what they were and have come to rest: an editor that writes aside,
/// removes and renames makes one change.
package struct SourceWatcher: Sendable {
    private let look: @Sendable () -> SourceSnapshot
    private let first: SourceSnapshot

    /// How long files must stay as they are before a change is told.
    private static let rest = Duration.milliseconds(20)
    /// How often is looked where the system does not tell.
    private static let interval = Duration.milliseconds(200)

    /// Watches the lessons of a project, its settings and its theme from now on, and not its site, wherever that is.
    package init(of project: ProjectFolders) {
        look = { SourceSnapshot(of: project) }
        first = look()
    }

    /// Calls a function after each change, until the task is cancelled.
    package func run(_ onChange: () -> Void) async {
        let events = FolderEvents()
        var known = first
        while !Task.isCancelled {
            // Watched before it is looked at, so that nothing happens unseen in between.
            events?.watch(known.folders)
            var present = look()
            if present == known, present.folders == known.folders {
                await Self.wait(for: events)
                present = look()
            }
            // A new folder is no change until there is something in it, but it has to be watched.
            if present == known { known = present }
            while present != known, !Task.isCancelled {
                try? await Task.sleep(for: Self.rest)
                let next = look()
                guard next == present else {
                    present = next
                    continue
                }
                known = present
                onChange()
            }
        }
    }

    private static func wait(for events: FolderEvents?) async {
        guard let events, await events.next() else {
            try? await Task.sleep(for: interval)
            return
        }
    }
}

#if os(Linux)
    /// What the system says of folders.
    private final class FolderEvents: Sendable {
        private let file: Int32
        private let source: any DispatchSourceRead
        private let signals: AsyncStream<Void>

        /// Nothing, if the system has no watch left to give.
        init?() {
            file = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
            guard file >= 0 else { return nil }
            let (signals, continuation) = AsyncStream.makeStream(
                of: Void.self,
                bufferingPolicy: .bufferingNewest(1)
            )
            self.signals = signals
            source = DispatchSource.makeReadSource(fileDescriptor: file, queue: .global())
            let file = file
            source.setEventHandler {
                FolderEvents.drain(file)
                continuation.yield()
            }
            source.setCancelHandler { close(file) }
            source.resume()
        }

        deinit { source.cancel() }

        /// Watches folders, besides those that are watched.
        func watch(_ folders: Set<String>) {
            let events =
                IN_CLOSE_WRITE | IN_MODIFY | IN_ATTRIB | IN_CREATE | IN_DELETE | IN_MOVE | IN_DELETE_SELF
            for folder in folders { inotify_add_watch(file, folder, UInt32(events)) }
        }

        /// Waits for something to happen.
        ///
        /// - Returns: Whether it can be waited for.
        func next() async -> Bool {
            for await _ in signals { return true }
            return Task.isCancelled
        }

        /// Takes in what the system said; snapshots tell more.
        private static func drain(_ file: Int32) {
            var buffer = [UInt8](repeating: 0, count: 1 << 16)
            while read(file, &buffer, buffer.count) > 0 {}
        }
    }
#else
    /// The system is not asked; snapshots tell.
    private final class FolderEvents: Sendable {
        init?() { return nil }
        func watch(_ folders: Set<String>) {}
        func next() async -> Bool { false }
    }
#endif
