package dev.gatlingllm.provider.transport;

import dev.gatlingllm.provider.CallHandle;
import dev.gatlingllm.provider.CallListener;
import dev.gatlingllm.provider.ConnectionUse;
import dev.gatlingllm.provider.Failure;
import dev.gatlingllm.provider.Reading;
import dev.gatlingllm.provider.SerializedListener;
import dev.gatlingllm.provider.StaleConnection;
import dev.gatlingllm.secret.Secret;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.UnaryOperator;
import reactor.core.Disposable;
import reactor.core.Disposables;

/**
 * One attempt, between the transport and the listener: stamps what the transport hands over,
 * decodes it, and closes the connection if the attempt fails, however the transport, a cancellation
 * and the closing of the client race.
 *
 * <p>The transport calls {@link #written}, {@link #head}, {@link #body}, then {@link #end} or
 * {@link #error}, one after the other. Everything else may be called from any thread.
 */
public final class HttpCall implements CallHandle {

  /** Two connections in turn were closed already when the pool gave them out. */
  private static final String POOL_GAVE_UP = "Error while acquiring from ";

  private static final int REQUEST_TIMEOUT = 408;

  private final Answer.Factory answers;
  private final SerializedListener listener;
  private final OpenCalls owner;
  private final Disposable.Swap connection = Disposables.swap();
  private volatile long handedOverNanos;
  private volatile Optional<Secret> secret = Optional.empty();
  private volatile Optional<Reused> reused = Optional.empty();
  private volatile Answer answer;

  HttpCall(Answer.Factory answers, CallListener listener, OpenCalls owner) {
    this.answers = answers;
    this.listener =
        new SerializedListener(listener, owner.clock(), text -> owner.hide(text, secret));
    this.owner = owner;
  }

  /** Names what must be disposed of to close the connection; at once if the call has ended. */
  public void attach(Disposable subscription) {
    connection.update(subscription);
  }

  /** Names what was sent as this call's credential: no failure may show it. */
  public void hide(Secret sentSecret) {
    secret = Optional.of(sentSecret);
  }

  /** Whether the call has ended, so that there is nothing left to send. */
  public boolean ended() {
    return listener.ended();
  }

  /** The request goes to the transport now; a connection may have to be opened for it. */
  public void handedOver() {
    handedOverNanos = owner.clock().nanos();
  }

  /** The request goes to a transport that does not say when a connection takes it. */
  public void sent() {
    listener.sent(owner.clock().nanos());
  }

  /**
   * A connection takes the request now.
   *
   * @param use if the connection was opened for the request, it was sent when it was handed over,
   *     since the time until now is the network's and the service's
   * @param idleNanos how long the connection had been idle
   */
  void written(ConnectionUse use, long idleNanos) {
    long nanos = owner.clock().nanos();
    if (use.reused()) {
      reused = Optional.of(new Reused(idleNanos, nanos));
    }
    listener.sent(use.reused() ? nanos : handedOverNanos);
    listener.connection(use);
  }

  /** The connection had been used before. */
  private record Reused(long idleNanos, long writtenNanos) {

    Failure closedAt(long nanos) {
      return StaleConnection.failure(idleNanos, nanos - writtenNanos);
    }
  }

  /**
   * The status line and headers came.
   *
   * @param header the value of a header by its lower-case name, null if it did not come
   */
  public void head(int status, UnaryOperator<String> header) {
    long nanos = owner.clock().nanos();
    step(
        () -> {
          answer =
              saidGoodbye(status, header, nanos)
                  .<Answer>map(failure -> new Answer.KnownByHead(failure, listener))
                  .orElseGet(() -> answers.of(status, header, listener));
          listener.head(nanos, ResponseHeaders.read(status, header, "", owner.wallTime()));
        });
  }

  /** Bytes of the body came. They are used only during this call. */
  public void body(ByteBuffer bytes) {
    if (Reading.isStopped() || !bytes.hasRemaining()) {
      return;
    }
    long nanos = owner.clock().nanos();
    step(() -> answer.bytes(nanos, bytes));
  }

  /** The body is over. */
  public void end() {
    long nanos = owner.clock().nanos();
    step(() -> answer.end(nanos));
  }

  /** The transport or the SDK failed. */
  public void error(Throwable cause) {
    long nanos = owner.clock().nanos();
    Failure failure = TransportFailures.describe(cause, listener.status());
    step(() -> listener.failed(nanos, closedByServer(failure, nanos).orElse(failure)));
  }

  /**
   * A server that gives up an idle connection may say so first (408 with {@code Connection: close};
   * RFC 9110, 15.5.9). If the request was on its way by then, that comes as if it were the answer.
   * A service that gives up a request of its own says so in JSON.
   */
  private Optional<Failure> saidGoodbye(int status, UnaryOperator<String> header, long nanos) {
    boolean goodbye =
        status == REQUEST_TIMEOUT
            && "close".equalsIgnoreCase(header.apply("connection"))
            && !BodyType.of(header).media().contains("json");
    return goodbye ? reused.map(use -> use.closedAt(nanos)) : Optional.empty();
  }

  /** Before the first byte of a response, nobody knows whether the server took the request. */
  private Optional<Failure> closedByServer(Failure failure, long nanos) {
    if (failure.message().startsWith(POOL_GAVE_UP)) {
      return Optional.of(StaleConnection.beforeRequest());
    }
    return failure.kind() == Failure.Kind.BROKEN && listener.status() == 0
        ? reused.map(use -> use.closedAt(nanos))
        : Optional.empty();
  }

  /**
   * Ends the call from outside the transport, which may never have seen it. Does nothing if it has
   * ended.
   */
  public void fail(Failure failure) {
    listener.stop(owner.clock().nanos(), failure, this::onTransportThread);
    letGoIfEnded();
  }

  /** Ends the call because our own code or the SDK failed outside the transport. */
  public void crash(Throwable cause) {
    fail(TransportFailures.crash(cause, listener.status()));
  }

  /**
   * Gives the call up: closes its connection and ends it as broken, with code {@code Cancelled}.
   */
  @Override
  public void cancel() {
    fail(
        new Failure(Failure.Kind.BROKEN, listener.status(), "Cancelled", "given up by the client"));
  }

  private void step(Runnable step) {
    listener.guard(step);
    letGoIfEnded();
  }

  /** What was read of a line is not needed after the end, and the connection may stay a while. */
  private void letGoIfEnded() {
    if (listener.ended()) {
      answer = null;
      owner.forget(this);
      if (listener.failed()) {
        connection.dispose();
      }
    }
  }

  private void onTransportThread(Runnable event) {
    try {
      owner.executor().execute(event);
    } catch (RejectedExecutionException ignored) {
      // The client is closed and its threads are gone; the end must be told all the same.
      event.run();
    }
  }
}
