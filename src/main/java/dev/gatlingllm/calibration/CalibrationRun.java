package dev.gatlingllm.calibration;

import dev.gatlingllm.call.CallLimits;
import dev.gatlingllm.call.CallProbe;
import dev.gatlingllm.call.CallResult;
import dev.gatlingllm.call.LlmCall;
import dev.gatlingllm.call.RetryPolicy;
import dev.gatlingllm.call.Timer;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.timing.NanoClock;
import java.time.Duration;
import java.util.PrimitiveIterator;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Plays the beginning of an expected load, call for call as the run will: prompts are built ahead
 * on threads of their own, each call waits for its arrival on a timer, and what has ended is handed
 * on. Answers are bounded so that they end when the time is up: the streams overlap as those of the
 * run will, and every call is complete.
 *
 * @param client to a simulated endpoint; not closed here
 * @param clock the clock of that endpoint
 * @param timers the timer of the next call
 * @param builders where requests are built
 * @param speed how fast the endpoint answers
 * @param probe measures what the client adds to the calls, as that of the run does
 * @param ended receives each call that has ended, on a thread of the transport
 */
public record CalibrationRun(
    LlmClient client,
    NanoClock clock,
    Supplier<Timer> timers,
    Executor builders,
    Speed speed,
    CallProbe probe,
    BiConsumer<LlmRequest, CallResult> ended) {

  /** How long before its arrival a call is made ready. */
  private static final long LEAD_NANOS = 250_000_000L;

  /** How long a call may take beyond the time that is up. */
  private static final long PATIENCE_NANOS = 10_000_000_000L;

  /**
   * How fast an endpoint answers.
   *
   * @param ttftNanos to the first token
   * @param tokensPerSecond from there on
   */
  public record Speed(long ttftNanos, double tokensPerSecond) {

    /** Tokens that fit into a time; at least 1. */
    int tokensIn(long nanos) {
      double tokens = (nanos - ttftNanos) / 1e9 * tokensPerSecond;
      return (int) Math.max(1, Math.min(Integer.MAX_VALUE, tokens));
    }
  }

  /**
   * Plays the load for this long and returns when every call has ended.
   *
   * @throws IllegalStateException if calls do not end, or a request cannot be built
   */
  public void play(ExpectedLoad load, Duration duration) throws InterruptedException {
    Play play = new Play(load.requests(), duration.toNanos());
    if (load.pace() instanceof ExpectedLoad.Open open) {
      play.open(open.schedule().offsets());
    } else if (load.pace() instanceof ExpectedLoad.Closed closed) {
      play.closed(closed.clients());
    }
    play.await(duration.toNanos() + LEAD_NANOS + PATIENCE_NANOS);
  }

  /** One play. */
  private final class Play {

    private final Supplier<LlmRequest> requests;
    private final long begin;
    private final long end;
    private final AtomicInteger open = new AtomicInteger(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();

    Play(Supplier<LlmRequest> requests, long durationNanos) {
      this.requests = requests;
      this.begin = clock.nanos() + LEAD_NANOS;
      this.end = begin + durationNanos;
    }

    void open(PrimitiveIterator.OfLong offsets) {
      makeReadyNext(offsets);
    }

    /** One arrival at a time, so that a high rate for a long time needs no memory. */
    private void makeReadyNext(PrimitiveIterator.OfLong offsets) {
      if (!offsets.hasNext()) {
        leave();
        return;
      }
      long arrival = begin + offsets.nextLong();
      if (arrival - end >= 0) {
        leave();
        return;
      }
      Timer timer = timers.get();
      timer.schedule(
          arrival - LEAD_NANOS - clock.nanos(),
          () -> {
            enter();
            build(timer, () -> arrival, () -> {});
            makeReadyNext(offsets);
          });
    }

    void closed(int clients) {
      for (int i = 0; i < clients; i++) {
        enter();
        nextOf(timers.get());
      }
      leave();
    }

    /** The next call of a client, as soon as it is built. */
    private void nextOf(Timer timer) {
      build(
          timer,
          () -> begin + Math.max(0, clock.nanos() - begin),
          () -> {
            if (clock.nanos() - end < 0) {
              enter();
              nextOf(timer);
            }
          });
    }

    private void build(Timer timer, LongSupplier arrival, Runnable then) {
      builders.execute(
          () -> {
            try {
              LlmRequest request = requests.get();
              arrive(timer, arrival.getAsLong(), request, then);
            } catch (RuntimeException e) {
              fail(e);
            }
          });
    }

    private void fail(RuntimeException e) {
      failure.compareAndSet(null, e);
      leave();
    }

    private void arrive(Timer timer, long arrival, LlmRequest request, Runnable then) {
      long early = arrival - clock.nanos();
      if (early > 0) {
        timer.schedule(early, () -> arrive(timer, arrival, request, then));
      } else {
        timer.schedule(0, () -> start(timer, arrival, request, then));
      }
    }

    private void start(Timer timer, long arrival, LlmRequest request, Runnable then) {
      LlmRequest bounded = bounded(request, end - clock.nanos());
      new LlmCall(
              client,
              bounded,
              arrival,
              limits(),
              RetryPolicy.NONE,
              timer,
              clock,
              probe,
              result -> finish(bounded, result, then))
          .start();
    }

    private void finish(LlmRequest request, CallResult result, Runnable then) {
      try {
        ended.accept(request, result);
        then.run();
        leave();
      } catch (RuntimeException e) {
        fail(e);
      }
    }

    private LlmRequest bounded(LlmRequest request, long nanosLeft) {
      int fit = speed.tokensIn(nanosLeft);
      return request.withMaxTokens(Math.min(fit, request.maxTokens().orElse(fit)));
    }

    private CallLimits limits() {
      long most = end - begin + PATIENCE_NANOS;
      return new CallLimits(most, most, most, most);
    }

    private void enter() {
      open.incrementAndGet();
    }

    private void leave() {
      if (open.decrementAndGet() == 0) {
        over.countDown();
      }
    }

    void await(long mostNanos) throws InterruptedException {
      if (!over.await(mostNanos, TimeUnit.NANOSECONDS)) {
        throw new IllegalStateException(
            open.get() + " calls to the simulated endpoint did not end");
      }
      if (failure.get() != null) {
        throw failure.get();
      }
    }
  }
}
