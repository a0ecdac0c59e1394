package dev.gatlingllm.provider.bedrock;

import dev.gatlingllm.provider.Cuts.Piece;
import dev.gatlingllm.provider.Transcript;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.reactivestreams.Subscription;

/** Takes the bodies of event streams, one buffer a tick. */
public final class FrameBodies {

  private static final long FIRST_TICK = 1000;

  private FrameBodies() {}

  /** Everything that a call with this body tells; it is cut off when the call gives it up. */
  public static Transcript feed(List<Piece> body) {
    AtomicLong clock = new AtomicLong(FIRST_TICK);
    AtomicBoolean givenUp = new AtomicBoolean();
    Transcript heard = new Transcript();
    SdkExchange exchange = new SdkExchange(heard, clock::get, "us-east-1");
    EventStreamReader reader = new EventStreamReader(exchange, new SdkFailures(new Secrets()));
    reader.onSubscribe(givesUp(givenUp));
    for (Piece piece : body) {
      if (!givenUp.get()) {
        reader.onNext(piece.buffer());
      }
      clock.incrementAndGet();
    }
    if (!givenUp.get()) {
      reader.onComplete();
    }
    return heard;
  }

  /** The instant of the buffer with which so many bytes have come, or of the end. */
  static long stampOf(int bytes, List<Piece> body) {
    long tick = FIRST_TICK;
    for (Piece piece : body) {
      if (piece.end() >= bytes) {
        return tick;
      }
      tick++;
    }
    return tick;
  }

  /** The instant of the last buffer that was not empty; of nothing, that of the head. */
  static long stampOfLastBytes(List<Piece> body) {
    return body.isEmpty() ? 0 : stampOf(body.get(body.size() - 1).end(), body);
  }

  private static Subscription givesUp(AtomicBoolean givenUp) {
    return new Subscription() {
      @Override
      public void request(long n) {}

      @Override
      public void cancel() {
        givenUp.set(true);
      }
    };
  }
}
