import Capture
import Foundation
import Synchronization
import Testing

@testable import Terminal

struct SignalTests {
    private let signal: Signal

    init() throws {
        signal = try Signal()
    }

    @Test func aCallBeforeTheWaitIsNotLost() {
        signal.notify()
        #expect(signal.wait(atMost: .seconds(600)))
    }

    @Test func manyCallsWakeOnce() {
        // More than the pipe can hold.
        for _ in 0..<100_000 { signal.notify() }
        #expect(signal.wait(atMost: .seconds(600)))
        #expect(!signal.wait(atMost: .zero))
    }

    @Test func withoutACallTheWaitEnds() {
        let start = BootClock.now
        #expect(!signal.wait(atMost: .milliseconds(50)))
        #expect(BootClock.now - start >= .milliseconds(50))
    }

    @Test func anotherThreadEndsTheWait() throws {
        let signal = signal
        let thread = try WorkerThread(name: "caller") { signal.notify() }
        #expect(signal.wait(atMost: .seconds(600)))
        thread.join()
    }

    @Test func aSignalGivesItsDescriptorsBack() throws {
        for _ in 0..<5000 {
            let short = try Signal()
            #expect(fcntl(short.descriptor, F_GETFD) == FD_CLOEXEC)
            // Two descriptors each would be beyond that in the end.
            #expect(short.descriptor < 5000)
        }
    }
}

/// A value that a thread leaves for the test.
private final class Kept<Value: Sendable>: Sendable {
    private let value: Mutex<Value>
    init(_ value: Value) { self.value = Mutex(value) }
    func set(_ new: Value) { value.withLock { $0 = new } }
    func get() -> Value { value.withLock { $0 } }
}

struct WorkerThreadTests {
    @Test func theBodyRunsUnderItsNameWithSignalsBlocked() throws {
        // Of the signals that are blocked in this thread, SIGUSR1 is none.
        var mask = sigset_t()
        sigemptyset(&mask)
        sigaddset(&mask, SIGUSR1)
        pthread_sigmask(SIG_UNBLOCK, &mask, nil)
        let name = Kept("")
        let blocked = Kept(false)
        let thread = try WorkerThread(name: "a-name-that-is-too-long") {
            name.set((try? String(contentsOfFile: "/proc/thread-self/comm", encoding: .utf8)) ?? "")
            var mask = sigset_t()
            pthread_sigmask(SIG_BLOCK, nil, &mask)
            blocked.set(sigismember(&mask, SIGTERM) == 1 && sigismember(&mask, SIGUSR1) == 1)
        }
        thread.join()
        #expect(name.get() == "a-name-that-is-\n")
        #expect(blocked.get())
        pthread_sigmask(SIG_BLOCK, nil, &mask)
        #expect(sigismember(&mask, SIGUSR1) == 0, "the mask of the thread that made it is as before")
    }

    @Test func joinWaitsForTheEndAndMayBeRepeated() throws {
        let signal = try Signal()
        let isDone = Kept(false)
        let thread = try WorkerThread(name: "worker") {
            signal.wait(atMost: .seconds(600))
            isDone.set(true)
        }
        let other = try WorkerThread(name: "other") { thread.join() }
        #expect(!isDone.get())
        signal.notify()
        thread.join()
        #expect(isDone.get())
        thread.join()
        other.join()
    }

    @Test func whatTheBodyHoldsIsLetGoAtItsEnd() throws {
        weak var held: Kept<Int>?
        let thread: WorkerThread
        do {
            let value = Kept(1)
            held = value
            thread = try WorkerThread(name: "holder") { value.set(2) }
        }
        thread.join()
        #expect(held == nil)
    }

    @Test func theStackHasTheSizeAskedFor() throws {
        let size = Kept(0)
        let thread = try WorkerThread(name: "stack", stackSize: 3 << 20) { size.set(stackSize()) }
        thread.join()
        #expect(size.get() >= 3 << 20)
    }
}

/// The size in bytes of the calling thread's stack; 0 if it is not known. By its name, which Swift's Glibc does not show.
private func stackSize() -> Int {
    typealias Attributes = @convention(c) (pthread_t, UnsafeMutablePointer<pthread_attr_t>) -> Int32
    guard let symbol = dlsym(nil, "pthread_getattr_np") else { return 0 }
    var attributes = pthread_attr_t()
    guard unsafeBitCast(symbol, to: Attributes.self)(pthread_self(), &attributes) == 0 else { return 0 }
    defer { pthread_attr_destroy(&attributes) }
    var size = 0
    pthread_attr_getstacksize(&attributes, &size)
    return size
}
