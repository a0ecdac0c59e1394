package dev.gatlingllm.provider.transport;

import dev.gatlingllm.provider.Failure;
import dev.gatlingllm.provider.MalformedAnswerException;
import dev.gatlingllm.provider.Redirect;
import dev.gatlingllm.provider.SerializedListener;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The body of one response, decoded as it comes. Told to a listener, which hears exactly one
 * terminal event at the latest in {@link #end}.
 */
public interface Answer {

  /** The longest answer that is accepted when it is not streamed. */
  int LIMIT_BYTES = 16 << 20;

  /** A piece of the body, with the instant at which it left the transport. */
  void bytes(long nanos, ByteBuffer bytes);

  /** The body is over. */
  void end(long nanos);

  /** What makes the answer of a response. */
  @FunctionalInterface
  interface Factory {

    /**
     * The decoding that a successful response needs.
     *
     * @return empty if the status is no success
     */
    Optional<Answer> of(int status, SerializedListener listener);

    /**
     * The decoding that a response needs.
     *
     * @param header the value of a header by its lower-case name, null if it did not come
     */
    default Answer of(int status, UnaryOperator<String> header, SerializedListener listener) {
      if (Redirect.is(status)) {
        return new Redirected(
            Redirect.failure(status, Optional.ofNullable(header.apply("location"))), listener);
      }
      BodyType type = BodyType.of(header);
      Optional<Answer> success = of(status, listener);
      return switch (type.encoding()) {
        case "" -> answer(success, status, type, listener);
        case "gzip", "x-gzip", "deflate" ->
            new InflatedBody(
                answer(success, status, new BodyType(type.media(), ""), listener),
                !type.encoding().equals("deflate"),
                listener);
        default -> new Undecodable(success.isPresent(), status, type, listener);
      };
    }

    private Answer answer(
        Optional<Answer> success, int status, BodyType type, SerializedListener listener) {
      return success
          .map(answer -> checked(answer, status, type, listener))
          .orElseGet(() -> new Refused(status, type, listener));
    }

    private static Answer checked(
        Answer answer, int status, BodyType type, SerializedListener listener) {
      boolean known = answer instanceof Streamed || answer instanceof Whole;
      return known
          ? new ExpectedBody(answer, answer instanceof Streamed, status, type, listener)
          : answer;
    }
  }

  /** Server-sent events. */
  final class Streamed implements Answer {
    private final AnswerDecoder decoder;
    private final SseDecoder events = new SseDecoder(this::event);
    private long nanos;
    private boolean over;

    public Streamed(AnswerDecoder decoder) {
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

    public Whole(AnswerDecoder decoder) {
      this.decoder = decoder;
    }

    @Override
    public void bytes(long nanos, ByteBuffer bytes) {
      lastNanos = nanos;
      if (!body.append(bytes)) {
        throw new MalformedAnswerException("the answer exceeds " + LIMIT_BYTES + " bytes");
      }
    }

    @Override
    public void end(long nanos) {
      decoder.whole(body.isEmpty() ? nanos : lastNanos, body.bytes(), 0, body.length());
      decoder.end(nanos);
    }
  }

  /** The address of another service: what the body says of it is for people. */
  record Redirected(Failure failure, SerializedListener listener) implements Answer {

    @Override
    public void bytes(long nanos, ByteBuffer bytes) {}

    @Override
    public void end(long nanos) {
      listener.failed(nanos, failure);
    }
  }

  /** A body in a coding that cannot be decoded here. */
  record Undecodable(boolean success, int status, BodyType type, SerializedListener listener)
      implements Answer {

    @Override
    public void bytes(long nanos, ByteBuffer bytes) {
      end(nanos);
    }

    @Override
    public void end(long nanos) {
      Failure.Kind kind = success ? Failure.Kind.MALFORMED : ErrorBody.kind(status);
      listener.failed(
          nanos,
          new Failure(
              kind,
              status,
              "content-encoding",
              "the body is compressed with "
                  + type.encoding()
                  + ", although nothing asked for it, and cannot be read: switch compression off in"
                  + " the service or gateway, or set llm.request.headers.accept-encoding ="
                  + " identity"));
    }
  }

  /** An error: read up to {@link ErrorBody#LIMIT_BYTES}, the rest is not waited for. */
  final class Refused implements Answer {
    private final int status;
    private final BodyType type;
    private final SerializedListener listener;
    private final ByteBlock body = new ByteBlock(ErrorBody.LIMIT_BYTES);

    private Refused(int status, BodyType type, SerializedListener listener) {
      this.status = status;
      this.type = type;
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
      Failure failure = ErrorBody.read(status, type, body.bytes(), body.length());
      listener.failed(nanos, failure);
    }
  }
}
