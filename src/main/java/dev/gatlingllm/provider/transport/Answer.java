package dev.gatlingllm.provider.transport;

import dev.gatlingllm.provider.AnswerLimits;
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
        return new KnownByHead(
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
  final class Streamed implements Answer, SseDecoder.Sink {
    private final AnswerDecoder decoder;
    private final SseDecoder events;
    private long nanos;
    private long waitsSinceNanos;
    private boolean over;

    /** A stream within the default limits. */
    public Streamed(AnswerDecoder decoder) {
      this(decoder, AnswerLimits.DEFAULT);
    }

    public Streamed(AnswerDecoder decoder, AnswerLimits limits) {
      this.decoder = decoder;
      this.events = new SseDecoder(limits.eventBytes(), decoder.readsObjects(), this);
      decoder.nameOfEvents(events::name);
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

    @Override
    public void event(byte[] bytes, int offset, int length) {
      if (over) {
        decoder.lastEvent(nanos, bytes, offset, length);
      } else {
        decoder.event(nanos, bytes, offset, length);
      }
    }

    @Override
    public void dataWaits() {
      waitsSinceNanos = nanos;
    }

    @Override
    public void waitingEvent(byte[] bytes, int offset, int length) {
      decoder.event(waitsSinceNanos, bytes, offset, length);
    }

    @Override
    public void strayObject(byte[] bytes, int offset, int length) {
      decoder.strayObject(nanos, bytes, offset, length);
    }
  }

  /** One JSON object. */
  final class Whole implements Answer {
    private final AnswerDecoder decoder;
    private final int limitBytes;
    private final ByteBlock body;
    private long lastNanos;

    /** An answer within the default limits. */
    public Whole(AnswerDecoder decoder) {
      this(decoder, AnswerLimits.DEFAULT);
    }

    public Whole(AnswerDecoder decoder, AnswerLimits limits) {
      this.decoder = decoder;
      this.limitBytes = limits.answerBytes();
      this.body = new ByteBlock(limitBytes);
    }

    @Override
    public void bytes(long nanos, ByteBuffer bytes) {
      lastNanos = nanos;
      if (!body.append(bytes)) {
        throw new MalformedAnswerException(
            "the answer exceeds " + limitBytes + " bytes; llm.limit.answerBytes raises the limit");
      }
    }

    @Override
    public void end(long nanos) {
      decoder.whole(body.isEmpty() ? nanos : lastNanos, body.bytes(), 0, body.length());
      decoder.end(nanos);
    }
  }

  /** A failure that the head names, such as a redirect: what the body says of it is for people. */
  record KnownByHead(Failure failure, SerializedListener listener) implements Answer {

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
