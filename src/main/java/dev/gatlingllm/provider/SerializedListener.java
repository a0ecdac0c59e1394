package dev.gatlingllm.provider;

import dev.gatlingllm.secret.Secret;
import dev.gatlingllm.timing.NanoClock;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serializer of the events of one attempt: passes them on one at a time, and exactly one end,
 * whichever threads they come from and whatever is thrown. Drops what comes after the end, and
 * output without text.
 *
 * <p>Thread-safe without locks, because a listener may hold locks of its own while it cancels: an
 * event that comes during another one waits in a queue, and the thread that is busy with that one
 * passes it on. Output that need not wait costs two atomic writes and allocates nothing.
 *
 * <p>No method throws what the listener throws. That ends the attempt as {@link
 * Failure.Kind#CRASHED}; thrown at the end, it goes to the log.
 */
public final class SerializedListener implements CallListener {

  private static final Logger LOGGER = LoggerFactory.getLogger(SerializedListener.class);

  private final CallListener listener;
  private final NanoClock clock;
  private final UnaryOperator<String> scrub;
  private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();

  /** Events in the queue, and the one that is being passed on. */
  private final AtomicInteger pending = new AtomicInteger();

  /** Whoever sets it decides how the attempt ends. */
  private final AtomicBoolean ended = new AtomicBoolean();

  private volatile boolean failed;
  private volatile int status;

  /**
   * A serializer of one attempt.
   *
   * @param listener receives the events
   * @param clock stamps the end of an attempt in which something is thrown
   * @param scrub takes secrets out of the texts of a failure
   */
  public SerializedListener(CallListener listener, NanoClock clock, UnaryOperator<String> scrub) {
    this.listener = listener;
    this.clock = clock;
    this.scrub = scrub;
  }

  /** Whether the end is decided: no other event will be passed on. */
  public boolean ended() {
    return ended.get();
  }

  /** Whether the attempt ended with a failure. */
  public boolean failed() {
    return failed;
  }

  /** The HTTP status, 0 as long as no head came. */
  public int status() {
    return status;
  }

  /**
   * Runs code that reads a part of the answer and passes its events to this listener; not if the
   * attempt has ended. Code that throws ends it: as malformed by a {@link
   * MalformedAnswerException}, else as crashed.
   */
  public void guard(Runnable reading) {
    if (ended()) {
      return;
    }
    try {
      reading.run();
    } catch (MalformedAnswerException e) {
      failed(clock.nanos(), new Failure(Failure.Kind.MALFORMED, status, "", e.getMessage()));
    } catch (Throwable e) {
      failed(clock.nanos(), crashed(e));
    }
  }

  /**
   * Ends the attempt from outside of its transport, unless it has ended: the failure is its last
   * event, and comes before any that waits.
   *
   * @param executor passes the failure on, unless a thread is busy with an event: then that one
   */
  public void stop(long nanos, Failure failure, Executor executor) {
    if (ended.compareAndSet(false, true)) {
      failed = true;
      queue.add(() -> tellFailure(nanos, failure));
      if (pending.getAndIncrement() == 0) {
        executor.execute(this::drain);
      }
    }
  }

  /** Gives the attempt up without an end: nothing is passed on from here on. */
  public void cancel() {
    ended.set(true);
  }

  @Override
  public void sent(long nanos) {
    pass(() -> listener.sent(nanos));
  }

  @Override
  public void head(long nanos, ResponseHead head) {
    status = head.status();
    pass(() -> listener.head(nanos, head));
  }

  @Override
  public void output(long nanos, OutputKind kind, String text) {
    if (text.isEmpty()) {
      return;
    }
    if (!pending.compareAndSet(0, 1)) {
      pass(() -> listener.output(nanos, kind, text));
      return;
    }
    // No lambda: this is the path of every chunk.
    try {
      if (!ended()) {
        listener.output(nanos, kind, text);
      }
    } catch (Throwable e) {
      crash(e);
    }
    if (pending.decrementAndGet() > 0) {
      drain();
    }
  }

  @Override
  public void outputWithoutText(long nanos, OutputKind kind) {
    pass(() -> listener.outputWithoutText(nanos, kind));
  }

  @Override
  public void connection(ConnectionUse use) {
    pass(() -> listener.connection(use));
  }

  @Override
  public void served(Served served) {
    pass(
        () ->
            listener.served(
                new Served(
                    Secret.hideBearer(served.model()),
                    Secret.hideBearer(served.tier()),
                    Secret.hideBearer(served.latencyMode()),
                    served.serviceMillis(),
                    served.responseId())));
  }

  @Override
  public void usage(TokenUsage usage) {
    pass(() -> listener.usage(usage));
  }

  @Override
  public void finish(String reason) {
    pass(() -> listener.finish(Secret.hideBearer(reason)));
  }

  @Override
  public void completed(long nanos) {
    pass(
        () -> {
          if (ended.compareAndSet(false, true)) {
            listener.completed(nanos);
          }
        });
  }

  @Override
  public void failed(long nanos, Failure failure) {
    pass(() -> endWith(nanos, failure));
  }

  private void pass(Runnable event) {
    queue.add(
        () -> {
          if (!ended()) {
            event.run();
          }
        });
    if (pending.getAndIncrement() == 0) {
      drain();
    }
  }

  private void drain() {
    do {
      try {
        queue.remove().run();
      } catch (Throwable e) {
        crash(e);
      }
    } while (pending.decrementAndGet() > 0);
  }

  private void crash(Throwable thrown) {
    if (ended()) {
      log(thrown);
    } else {
      endWith(clock.nanos(), crashed(thrown));
    }
  }

  private void endWith(long nanos, Failure failure) {
    if (ended.compareAndSet(false, true)) {
      failed = true;
      tellFailure(nanos, failure);
    }
  }

  private void tellFailure(long nanos, Failure failure) {
    try {
      listener.failed(nanos, scrubbed(failure));
    } catch (Throwable e) {
      log(e);
    }
  }

  /** There must be a failure, even if the class that words it cannot be loaded any more. */
  private Failure crashed(Throwable thrown) {
    try {
      Failure failure = Failure.of(Failure.Kind.CRASHED, thrown);
      return new Failure(failure.kind(), status, failure.code(), failure.message());
    } catch (Throwable ignored) {
      return new Failure(Failure.Kind.CRASHED, status, thrown.getClass().getSimpleName(), "");
    }
  }

  /** A text that cannot be scrubbed is not shown. */
  private Failure scrubbed(Failure failure) {
    try {
      return failure.with(scrub);
    } catch (Throwable ignored) {
      return new Failure(failure.kind(), failure.status(), "", "");
    }
  }

  private static void log(Throwable thrown) {
    try {
      LOGGER.error("A listener failed although its call had ended", thrown);
    } catch (Throwable ignored) {
      // The call has ended all the same.
    }
  }
}
