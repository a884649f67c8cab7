import NIOCore
import NIOHTTPTypes

/// Closes a connection whose request and answer together take too long: a peer that sends or reads byte by byte keeps
/// refreshing the idle time-out, but never this deadline.
final class ExchangeDeadline: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let limit: TimeAmount
    private var deadline: Scheduled<Void>?
    /// Requests begun and not yet both read and answered.
    private var openHalves = 0

    /// - Parameter limit: from the head of a request to the end of its body and of its answer.
    init(limit: TimeAmount) {
        self.limit = limit
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head: begin(context)
        case .body: break
        case .end: endHalf()
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) {
            // The answer has ended when the peer has taken its last byte, not when it is queued here.
            let sent = promise ?? context.eventLoop.makePromise()
            sent.futureResult.assumeIsolated().whenComplete { _ in self.endHalf() }
            context.write(data, promise: sent)
        } else {
            context.write(data, promise: promise)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        cancel()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        cancel()
    }

    private func begin(_ context: ChannelHandlerContext) {
        openHalves += 2
        guard deadline == nil else { return }
        deadline = context.eventLoop.assumeIsolated().scheduleTask(in: limit) {
            context.close(promise: nil)
        }
    }

    private func endHalf() {
        openHalves -= 1
        if openHalves <= 0 { cancel() }
    }

    private func cancel() {
        openHalves = 0
        deadline?.cancel()
        deadline = nil
    }
}
