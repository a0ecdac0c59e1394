package dev.gatlingllm.provider.http;

import dev.gatlingllm.provider.CallListener;
import dev.gatlingllm.provider.Failure;
import java.nio.ByteBuffer;

/**
 * The body of one response, decoded as it comes. Told to a listener, which hears exactly one
 * terminal event at the latest in {@link #end}.
 */
sealed interface Answer {

  /** The longest answer that is accepted when it is not streamed. */
  int LIMIT_BYTES = 16 << 20;

  /** A piece of the body, with the instant at which it left the transport. */
  void bytes(long nanos, ByteBuffer bytes);

  /** The body is over. */
  void end(long nanos);

  /** The decoding that a response needs. */
  static Answer of(
      int status, boolean streaming, AnswerDecoder.Factory format, CallListener listener) {
    if (status != 200) {
      return new Refused(status, listener);
    }
    AnswerDecoder decoder = format.decoding(listener);
    return streaming ? new Streamed(decoder) : new Whole(decoder);
  }

  /** Server-sent events. */
  final class Streamed implements Answer {
    private final AnswerDecoder decoder;
    private final SseDecoder events = new SseDecoder(this::event);
    private long nanos;
    private boolean over;

    private Streamed(AnswerDecoder decoder) {
      this.decoder = decoder;
    }

    @Override
    public void bytes(long nanos, ByteBuffer bytes) {
      this.nanos = nanos;
      events.feed(bytes);
    }

    @Override
    public void end(long nanos) {
      this.nanos = nanos;
      over = true;
      events.end();
      decoder.end(nanos);
    }

    private void event(byte[] bytes, int offset, int length) {
      if (over) {
        decoder.lastEvent(nanos, bytes, offset, length);
      } else {
        decoder.event(nanos, bytes, offset, length);
      }
    }
  }

  /** One JSON object. */
  final class Whole implements Answer {
    private final AnswerDecoder decoder;
    private final ByteBlock body = new ByteBlock(LIMIT_BYTES);
    private long lastNanos;

    private Whole(AnswerDecoder decoder) {
      this.decoder = decoder;
    }

    @Override
    public void bytes(long nanos, ByteBuffer bytes) {
      lastNanos = nanos;
      if (!body.append(bytes)) {
        throw new MalformedResponseException("the answer exceeds " + LIMIT_BYTES + " bytes");
      }
    }

    @Override
    public void end(long nanos) {
      decoder.whole(body.isEmpty() ? nanos : lastNanos, body.bytes(), 0, body.length());
    }
  }

  /** An error: read up to {@link ErrorBody#LIMIT_BYTES}, the rest is not waited for. */
  final class Refused implements Answer {
    private final int status;
    private final CallListener listener;
    private final ByteBlock body = new ByteBlock(ErrorBody.LIMIT_BYTES);

    private Refused(int status, CallListener listener) {
      this.status = status;
      this.listener = listener;
    }

    @Override
    public void bytes(long nanos, ByteBuffer bytes) {
      if (!body.append(bytes)) {
        end(nanos);
      }
    }

    @Override
    public void end(long nanos) {
      Failure failure = ErrorBody.read(status, body.bytes(), body.length());
      listener.failed(nanos, failure);
    }
  }
}
