package dev.gatlingllm.provider.transport;

import java.util.function.Supplier;

/**
 * Turns the JSON of an answer into calls of a listener: event by event for a stream, at once for a
 * whole answer. The listener drops output without text, and what comes after the end.
 *
 * <p>One per call. Not safe for use by several threads.
 */
public interface AnswerDecoder {

  /**
   * Decodes the data of one event of a stream. Data that is not JSON ends the call as malformed.
   *
   * @param nanos when its bytes left the transport
   */
  void event(long nanos, byte[] bytes, int offset, int length);

  /**
   * Decodes the data of an event that the end of the stream cut off, or whose last empty line is
   * missing.
   */
  void lastEvent(long nanos, byte[] bytes, int offset, int length);

  /** Whether every event is a JSON object or the mark of the end: text may look like either. */
  default boolean readsObjects() {
    return false;
  }

  /**
   * Hands over, before the first event, where the name of the present event is to be read: the
   * value of its field {@code event}, empty without one.
   */
  default void nameOfEvents(Supplier<String> name) {}

  /**
   * A line of a stream that begins as a JSON object does: no line of server-sent events, but some
   * servers write an error so. By default it is ignored, as the standard says.
   */
  default void strayObject(long nanos, byte[] bytes, int offset, int length) {}

  /** The answer is over: at the latest now the call ends. */
  void end(long nanos);

  /**
   * Decodes an answer that was not streamed; {@link #end} follows.
   *
   * @param nanos when its last bytes left the transport
   */
  void whole(long nanos, byte[] bytes, int offset, int length);
}
