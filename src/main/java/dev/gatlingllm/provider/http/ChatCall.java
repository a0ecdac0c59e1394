package dev.gatlingllm.provider.http;

import dev.gatlingllm.provider.CallHandle;
import dev.gatlingllm.provider.CallListener;
import dev.gatlingllm.provider.Failure;
import dev.gatlingllm.provider.OutputKind;
import dev.gatlingllm.provider.Reading;
import dev.gatlingllm.provider.ResponseHead;
import dev.gatlingllm.provider.TokenUsage;
import dev.gatlingllm.secret.Secret;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;

/**
 * One attempt, between the transport and the listener: stamps what the transport hands over,
 * decodes it, and makes sure that the listener hears one thing at a time and exactly one end,
 * however the transport, a cancellation and the closing of the client race.
 *
 * <p>The transport calls {@link #written}, {@link #head}, {@link #body}, then {@link #end} or
 * {@link #error}, one after the other. Everything else may be called from any thread.
 */
public final class ChatCall implements CallHandle {

  private static final Logger LOGGER = LoggerFactory.getLogger(ChatCall.class);

  private enum State {
    /** Nobody speaks to the listener. */
    IDLE,
    /** The transport's thread speaks to the listener. */
    SPEAKING,
    /** The transport's thread speaks, and tells the listener of {@code stop} when it is done. */
    STOPPING,
    /** The terminal event was told, or is on its way. */
    ENDED
  }

  private final boolean streaming;
  private final AnswerDecoder.Factory format;
  private final CallListener listener;
  private final ChatCalls owner;
  private final Disposable.Swap connection = Disposables.swap();
  private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);
  private final Gate gate = new Gate();
  private final AtomicReference<Stop> stop = new AtomicReference<>();
  private volatile long handedOverNanos;
  private volatile int status;
  private volatile Optional<Secret> secret = Optional.empty();
  private Answer answer;

  private record Stop(long nanos, Failure failure) {}

  ChatCall(
      boolean streaming, AnswerDecoder.Factory format, CallListener listener, ChatCalls owner) {
    this.streaming = streaming;
    this.format = format;
    this.listener = listener;
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
    return state.get() == State.ENDED || state.get() == State.STOPPING;
  }

  /** The request goes to the transport now; a connection may have to be opened for it. */
  public void handedOver() {
    handedOverNanos = owner.clock().nanos();
  }

  /**
   * A connection takes the request now.
   *
   * @param opened whether the connection was opened for it: then it was sent when it was handed
   *     over, since the time until now is the network's and the service's
   */
  void written(boolean opened) {
    long nanos = opened ? handedOverNanos : owner.clock().nanos();
    speak(nanos, () -> listener.sent(nanos));
  }

  /**
   * The status line and headers came.
   *
   * @param header the value of a header by its lower-case name, null if it did not come
   */
  public void head(int responseStatus, UnaryOperator<String> header) {
    long nanos = owner.clock().nanos();
    receive(
        nanos,
        () -> {
          status = responseStatus;
          answer = Answer.of(status, header, streaming, format, gate);
          gate.head(nanos, ChatHeaders.read(status, header, "", owner.wallTime()));
        });
  }

  /** Bytes of the body came. They are used only during this call. */
  public void body(ByteBuffer bytes) {
    if (Reading.isStopped()) {
      return;
    }
    long nanos = owner.clock().nanos();
    receive(nanos, () -> answer.bytes(nanos, bytes));
  }

  /** The body is over. */
  public void end() {
    long nanos = owner.clock().nanos();
    speak(nanos, () -> answer.end(nanos));
  }

  /** The transport or the SDK failed. */
  public void error(Throwable cause) {
    long nanos = owner.clock().nanos();
    speak(nanos, () -> gate.failed(nanos, TransportFailures.describe(cause, status)));
  }

  /**
   * Ends the call from outside the transport, which may never have seen it. Does nothing if it has
   * ended.
   */
  public void fail(Failure failure) {
    Stop wanted = new Stop(owner.clock().nanos(), failure);
    if (!stop.compareAndSet(null, wanted)) {
      return;
    }
    State before = state.getAndUpdate(ChatCall::stopped);
    if (before == State.ENDED) {
      return;
    }
    connection.dispose();
    if (before == State.IDLE) {
      letGo();
      onTransportThread(() -> tell(wanted));
    }
  }

  private static State stopped(State before) {
    return before == State.SPEAKING ? State.STOPPING : State.ENDED;
  }

  /** Ends the call because our own code or the SDK failed outside the transport. */
  public void crash(Throwable cause) {
    fail(TransportFailures.crash(cause, status));
  }

  /**
   * Gives the call up: closes its connection and ends it as broken, with code {@code Cancelled}.
   */
  @Override
  public void cancel() {
    fail(new Failure(Failure.Kind.BROKEN, status, "Cancelled", "given up by the client"));
  }

  /** Speaks while more may come, so that a failure must close the connection. */
  private void receive(long nanos, Runnable event) {
    speak(nanos, event);
    if (gate.failed) {
      connection.dispose();
    }
  }

  private void speak(long nanos, Runnable event) {
    if (!state.compareAndSet(State.IDLE, State.SPEAKING)) {
      return;
    }
    try {
      event.run();
    } catch (MalformedResponseException e) {
      gate.failed(nanos, new Failure(Failure.Kind.MALFORMED, status, "", e.getMessage()));
    } catch (Throwable e) {
      if (gate.ended) {
        LOGGER.error("A listener failed while it was told of the end of its call", e);
      }
      gate.failed(nanos, crash(e, status));
    } finally {
      fallSilent();
    }
  }

  /** There must be a failure, even if the class that words it cannot be loaded any more. */
  private static Failure crash(Throwable cause, int status) {
    try {
      return TransportFailures.crash(cause, status);
    } catch (Throwable ignored) {
      return new Failure(Failure.Kind.CRASHED, status, cause.getClass().getSimpleName(), "");
    }
  }

  /** What was read of a line is not needed after the end, and the connection may stay a while. */
  private void letGo() {
    answer = null;
  }

  private void fallSilent() {
    if (gate.ended) {
      letGo();
      state.set(State.ENDED);
    } else if (!state.compareAndSet(State.SPEAKING, State.IDLE)) {
      letGo();
      state.set(State.ENDED);
      tell(stop.get());
    }
  }

  private void tell(Stop end) {
    gate.failed(end.nanos, end.failure);
  }

  private void onTransportThread(Runnable event) {
    try {
      owner.executor().execute(event);
    } catch (RejectedExecutionException ignored) {
      // The client is closed and its threads are gone; the end must be told all the same.
      event.run();
    }
  }

  /** The listener without what must not pass: events after the end, and secrets. */
  private final class Gate implements CallListener {
    private boolean ended;
    private boolean failed;

    @Override
    public void head(long nanos, ResponseHead head) {
      listener.head(nanos, head);
    }

    @Override
    public void output(long nanos, OutputKind kind, String text) {
      if (!ended) {
        listener.output(nanos, kind, text);
      }
    }

    @Override
    public void usage(TokenUsage usage) {
      if (!ended) {
        listener.usage(usage);
      }
    }

    @Override
    public void finish(String reason) {
      if (!ended) {
        listener.finish(Secret.hideBearer(reason));
      }
    }

    @Override
    public void completed(long nanos) {
      if (!ended) {
        ended = true;
        owner.forget(ChatCall.this);
        listener.completed(nanos);
      }
    }

    @Override
    public void failed(long nanos, Failure failure) {
      if (!ended) {
        ended = true;
        failed = true;
        owner.forget(ChatCall.this);
        listener.failed(nanos, owner.withoutSecrets(failure, secret));
      }
    }
  }
}
