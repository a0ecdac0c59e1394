package dev.gatlingllm.provider.bedrock;

import dev.gatlingllm.provider.CallListener;
import dev.gatlingllm.provider.Failure;
import dev.gatlingllm.provider.OutputKind;
import dev.gatlingllm.provider.ResponseHead;
import dev.gatlingllm.provider.TokenUsage;
import dev.gatlingllm.provider.bedrock.body.BodyFormat;
import dev.gatlingllm.secret.Secret;
import dev.gatlingllm.timing.NanoClock;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.http.SdkHttpExecutionAttribute;

/**
 * One attempt on its way through the SDK: carries events from the transport to the listener and
 * keeps the listener's rules, one at a time and one terminal event.
 *
 * <p>Thread-safe without locks, because a listener may hold locks of its own while it cancels: an
 * event that comes while another is being told is queued, and told by the thread that is at it.
 */
final class Exchange {

  /** Under this key the exchange travels with its HTTP request; nothing of it is sent. */
  static final SdkHttpExecutionAttribute<Exchange> KEY =
      new SdkHttpExecutionAttribute<>(Exchange.class) {};

  private final CallListener listener;
  private final NanoClock clock;
  private final String region;
  private final Optional<BodyFormat> body;
  private final Queue<Runnable> events = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final CompletableFuture<Void> bodyRead = new CompletableFuture<>();
  private volatile boolean over;
  private volatile Optional<Connections> connections = Optional.empty();
  private volatile long handedOverNanos;
  private volatile int status;
  private volatile long lastBytesNanos;
  private volatile boolean cut;

  Exchange(CallListener listener, NanoClock clock, String region) {
    this(listener, clock, region, Optional.empty());
  }

  /** An exchange whose answer is the model's own body, or Converse's if there is none. */
  Exchange(CallListener listener, NanoClock clock, String region, Optional<BodyFormat> body) {
    this.listener = listener;
    this.clock = clock;
    this.region = region;
    this.body = body;
  }

  /** What reads the frames of the answer. */
  FrameReader reader(Secrets secrets) {
    return body.<FrameReader>map(format -> new ChunkReader(this, secrets, format))
        .orElseGet(() -> new EventReader(this, secrets));
  }

  long now() {
    return clock.nanos();
  }

  /** The region the call was sent to. */
  String region() {
    return region;
  }

  /** The HTTP status, 0 as long as no response has begun. */
  int status() {
    return status;
  }

  /** The instant at which the last bytes of the body so far left the transport. */
  long lastBytesNanos() {
    return lastBytesNanos;
  }

  /** Whether the listener has heard the end, or does not want to hear more. */
  boolean over() {
    return over;
  }

  /** Whether the transport lost the response. */
  boolean wasCut() {
    return cut;
  }

  void cut() {
    cut = true;
  }

  /**
   * Runs a task when the transport is done with a body that was read before the SDK, which still
   * waits for it; never for an answer that the SDK reads.
   */
  void whenBodyIsRead(Runnable task) {
    CompletableFuture<Void> unused = bodyRead.thenRun(task);
  }

  void bodyIsRead() {
    bodyRead.complete(null);
  }

  /** The request goes to the transport now; a connection may have to be opened for it. */
  void handedOver(Connections newConnections) {
    connections = Optional.of(newConnections);
    handedOverNanos = clock.nanos();
  }

  /**
   * A connection takes the request now. If one was opened meanwhile, it was sent when it was handed
   * over: it may have waited for that one, and the time is the network's and the service's.
   */
  void written() {
    boolean waited = connections.filter(some -> some.anyOpenedSince(handedOverNanos)).isPresent();
    long nanos = waited ? handedOverNanos : clock.nanos();
    tell(() -> listener.sent(nanos));
  }

  /** Why a TLS handshake failed since the request was handed over. */
  Optional<Throwable> failedHandshake() {
    return connections.flatMap(some -> some.failedHandshakeSince(handedOverNanos));
  }

  void head(long nanos, ResponseHead head) {
    status = head.status();
    lastBytesNanos = nanos;
    tell(() -> listener.head(nanos, head));
  }

  void bytes(long nanos) {
    lastBytesNanos = nanos;
  }

  void output(long nanos, OutputKind kind, String text) {
    if (!text.isEmpty()) {
      tell(() -> listener.output(nanos, kind, text));
    }
  }

  void usage(TokenUsage usage) {
    tell(() -> listener.usage(usage));
  }

  void finish(String reason) {
    String shown = Secret.hideBearer(reason);
    tell(() -> listener.finish(shown));
  }

  void completed(long nanos) {
    end(() -> listener.completed(nanos));
  }

  void failed(Failure failure) {
    long nanos = clock.nanos();
    end(() -> listener.failed(nanos, failure));
  }

  /** Tells the listener nothing from here on. */
  void cancel() {
    over = true;
  }

  private void end(Runnable event) {
    tell(
        () -> {
          over = true;
          event.run();
        });
  }

  private void tell(Runnable event) {
    events.add(event);
    if (waiting.getAndIncrement() > 0) {
      return;
    }
    do {
      tellNow(events.poll());
    } while (waiting.decrementAndGet() > 0);
  }

  private void tellNow(Runnable event) {
    if (over) {
      return;
    }
    try {
      event.run();
    } catch (Throwable crash) {
      if (!over) {
        over = true;
        Failure failure = Failure.of(Failure.Kind.CRASHED, crash);
        listener.failed(
            clock.nanos(),
            new Failure(failure.kind(), 0, failure.code(), Secret.hideBearer(failure.message())));
      }
    }
  }
}
