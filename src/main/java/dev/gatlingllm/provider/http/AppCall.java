package dev.gatlingllm.provider.http;

import dev.gatlingllm.provider.CallListener;
import dev.gatlingllm.provider.Failure;
import dev.gatlingllm.provider.Reading;
import dev.gatlingllm.provider.Redirect;
import dev.gatlingllm.secret.Secret;
import dev.gatlingllm.timing.NanoClock;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * One attempt at an application's own HTTP interface, between a transport and the listener: stamps
 * what the transport hands over, decodes it, and tells exactly one end. Confined to the thread of
 * the transport, which calls {@link #sent}, {@link #head}, {@link #body}, then {@link #end} or
 * {@link #error}; what comes after the end is dropped.
 */
public final class AppCall {

  private final AppFormat format;
  private final CallListener listener;
  private final Consumer<String> keep;
  private final NanoClock clock;
  private final InstantSource wallClock;
  private final Optional<Secret> key;
  private final ByteBlock refusal = new ByteBlock(ErrorBody.LIMIT_BYTES);
  private int status;
  private Optional<String> location = Optional.empty();
  private AppAnswer answer;
  private boolean ended;

  /**
   * An attempt that was not sent yet.
   *
   * @param keep receives the value to be kept, if one comes
   * @param clock stamps the events
   * @param wallClock what a {@code retry-after} date is compared with
   * @param key taken out of every failure
   */
  public AppCall(
      AppFormat format,
      CallListener listener,
      Consumer<String> keep,
      NanoClock clock,
      InstantSource wallClock,
      Optional<Secret> key) {
    this.format = format;
    this.listener = listener;
    this.keep = keep;
    this.clock = clock;
    this.wallClock = wallClock;
    this.key = key;
  }

  /** The request goes to the transport now. */
  public void sent() {
    listener.sent(clock.nanos());
  }

  /**
   * The status line and headers came.
   *
   * @param header the value of a header by its lower-case name, null if it did not come
   */
  public void head(int responseStatus, UnaryOperator<String> header) {
    long nanos = clock.nanos();
    if (!ended) {
      status = responseStatus;
      location = Optional.ofNullable(header.apply("location"));
      answer = AppAnswer.of(format, listener, keep);
      listener.head(nanos, ChatHeaders.read(status, header, "", wallClock.instant()));
    }
  }

  /** Bytes of the body came. They are used only during this call. */
  public void body(ByteBuffer bytes) {
    long nanos = clock.nanos();
    if (ended || !bytes.hasRemaining() || Reading.isStopped()) {
      return;
    }
    if (!succeeded()) {
      refusal.append(bytes);
      return;
    }
    guarded(nanos, () -> answer.bytes(nanos, bytes));
  }

  /** The body is over. */
  public void end() {
    long nanos = clock.nanos();
    if (ended) {
      return;
    }
    if (!succeeded()) {
      fail(
          nanos,
          Redirect.is(status)
              ? Redirect.failure(status, location)
              : ErrorBody.read(status, refusal.bytes(), refusal.length()));
      return;
    }
    guarded(nanos, () -> answer.end());
    if (!ended) {
      ended = true;
      listener.completed(nanos);
    }
  }

  /** The transport failed. */
  public void error(Throwable cause) {
    fail(clock.nanos(), TransportFailures.describe(cause, status));
  }

  /** The request could not be built or sent. */
  public void crash(String message) {
    fail(clock.nanos(), new Failure(Failure.Kind.CRASHED, status, "", message));
  }

  /** Whether the end was told. */
  public boolean ended() {
    return ended;
  }

  private boolean succeeded() {
    return status >= 200 && status < 300;
  }

  private void guarded(long nanos, Runnable decoding) {
    try {
      decoding.run();
    } catch (MalformedResponseException e) {
      fail(nanos, new Failure(Failure.Kind.MALFORMED, status, "", e.getMessage()));
    } catch (Throwable e) {
      fail(nanos, TransportFailures.crash(e, status));
    }
  }

  private void fail(long nanos, Failure failure) {
    if (ended) {
      return;
    }
    ended = true;
    listener.failed(
        nanos,
        new Failure(
            failure.kind(), failure.status(), hide(failure.code()), hide(failure.message())));
  }

  private String hide(String text) {
    return key.map(secret -> secret.hideIn(text)).orElseGet(() -> Secret.hideBearer(text));
  }
}
