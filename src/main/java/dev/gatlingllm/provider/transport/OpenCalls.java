package dev.gatlingllm.provider.transport;

import dev.gatlingllm.provider.CallListener;
import dev.gatlingllm.provider.Failure;
import dev.gatlingllm.secret.Secret;
import dev.gatlingllm.timing.NanoClock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** The calls of one client that have not ended. Safe for use by many threads. */
public final class OpenCalls implements AutoCloseable {

  private final NanoClock clock;
  private final InstantSource wallClock;
  private final Optional<Secret> key;
  private final Executor executor;
  private final Set<HttpCall> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * No calls yet.
   *
   * @param clock stamps the events
   * @param wallClock what a {@code retry-after} date is compared with
   * @param key taken out of every failure
   * @param executor the transport's threads, which tell of an end that the transport did not see
   */
  public OpenCalls(
      NanoClock clock, InstantSource wallClock, Optional<Secret> key, Executor executor) {
    this.clock = clock;
    this.wallClock = wallClock;
    this.key = key;
    this.executor = executor;
  }

  /**
   * Opens a call; it ends at once if this is closed.
   *
   * @param answers decode its response
   */
  public HttpCall open(Answer.Factory answers, CallListener listener) {
    HttpCall call = new HttpCall(answers, listener, this);
    open.add(call);
    if (closed) {
      failClosed(call);
    }
    return call;
  }

  /** Ends every open call as broken, with code {@code ClientClosed}, and any opened later. */
  @Override
  public void close() {
    closed = true;
    open.forEach(OpenCalls::failClosed);
  }

  private static void failClosed(HttpCall call) {
    call.fail(new Failure(Failure.Kind.BROKEN, 0, "ClientClosed", "the client was closed"));
  }

  void forget(HttpCall call) {
    open.remove(call);
  }

  NanoClock clock() {
    return clock;
  }

  Instant wallTime() {
    return wallClock.instant();
  }

  Executor executor() {
    return executor;
  }

  /**
   * A text of the service that shows no credential.
   *
   * @param more what besides the key is not to be shown
   */
  String hide(String text, Optional<Secret> more) {
    String shown = more.map(secret -> secret.hideIn(text)).orElse(text);
    return key.map(secret -> secret.hideIn(shown)).orElseGet(() -> Secret.hideBearer(shown));
  }
}
