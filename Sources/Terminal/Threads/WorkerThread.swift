import Glibc
import Synchronization

/// One thread with a name, a stack of a stated size, and every signal blocked: signals belong to the main thread.
public final class WorkerThread: Sendable {
    /// As `ps -L` and `top -H` show it, where at most 15 bytes of it are seen.
    public let name: String
    private let thread: pthread_t
    private let joined = Mutex(false)

    /// Starts the thread. What the body takes along belongs to the new thread.
    /// - Parameter stackSize: bytes; at least 64 KiB.
    /// - Throws: `ThreadError.noThread`.
    public init(name: String, stackSize: Int = 1 << 20, body: sending @escaping () -> Void) throws(ThreadError) {
        self.name = name
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setstacksize(&attributes, max(stackSize, 64 << 10))

        // A new thread inherits the mask of the one that makes it.
        var all = sigset_t()
        var before = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_BLOCK, &all, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }

        let start = Unmanaged.passRetained(ThreadStart(name: name, body: body))
        var thread = pthread_t()
        let code = pthread_create(
            &thread, &attributes,
            { argument in
                if let argument { Unmanaged<ThreadStart>.fromOpaque(argument).takeRetainedValue().run() }
                return nil
            }, start.toOpaque())
        guard code == 0 else {
            start.release()
            throw .noThread(name, code)
        }
        self.thread = thread
    }

    /// Waits until the body has returned. May be called again, and by several threads.
    public func join() {
        joined.withLock { joined in
            if !joined { pthread_join(thread, nil) }
            joined = true
        }
    }

    deinit {
        if !joined.withLock({ $0 }) { pthread_detach(thread) }
    }
}

/// What travels to the new thread.
private final class ThreadStart {
    private let name: String
    private let body: () -> Void

    init(name: String, body: sending @escaping () -> Void) {
        self.name = name
        self.body = body
    }

    func run() {
        setName()
        body()
    }

    /// The kernel's file instead of `pthread_setname_np`, which Swift's Glibc does not show. Only for display.
    private func setName() {
        let file = open("/proc/thread-self/comm", O_WRONLY | O_CLOEXEC)
        guard file >= 0 else { return }
        defer { close(file) }
        let bytes = Array(name.utf8.prefix(15))
        _ = write(file, bytes, bytes.count)
    }
}
