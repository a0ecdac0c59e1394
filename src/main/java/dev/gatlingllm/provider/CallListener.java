package dev.gatlingllm.provider;

/**
 * Receives what happens to one attempt.
 *
 * <p>Order: at most one {@link #sent}, at most one {@link #head}, then any number of {@link
 * #output}, {@link #usage} and {@link #finish}, then exactly one of {@link #completed} or {@link
 * #failed}. Never two at the same time; each happens-before the next. Instants are {@link
 * dev.gatlingllm.timing.NanoClock} nanoseconds taken when the bytes left the transport, before they
 * were decoded. The methods run on threads of the transport: they must return quickly and must not
 * block.
 */
public interface CallListener {

  /**
   * The request is sent: from {@code nanos} on the time is the service's and the network's. Told
   * when a connection takes the request, and not at all if none ever does.
   *
   * @param nanos the instant just before the connection took the request; if a connection had to be
   *     opened for it, the one at which the SDK, having built and signed the request, handed it to
   *     the transport
   */
  default void sent(long nanos) {}

  /**
   * The status line and headers came.
   *
   * @param nanos the instant at which the first byte of the response was available
   */
  void head(long nanos, ResponseHead head);

  /**
   * One event that carries model output. Role-only, filter, usage and otherwise empty events never
   * arrive here.
   *
   * @param text what the event carried, never empty; may hold several tokens
   */
  void output(long nanos, OutputKind kind, String text);

  /**
   * One event that carries model output without text: the start of a tool call, reasoning that the
   * service hides, audio, an image. It is a chunk like any other.
   *
   * @param nanos as for {@link #output}
   */
  default void outputWithoutText(long nanos, OutputKind kind) {}

  /** The connection that took the request; at most once, before {@link #head}. */
  default void connection(ConnectionUse use) {}

  /** Who served the call, as the response says. The last one told is the valid one. */
  default void served(Served served) {}

  /** The service's own token accounting. The last one told is the valid one. */
  void usage(TokenUsage usage);

  /** Why the model stopped, in the provider's word, such as {@code stop} or {@code max_tokens}. */
  void finish(String reason);

  /**
   * The response is complete: terminator and everything before it were read.
   *
   * @param nanos the instant at which its last bytes left the transport
   */
  void completed(long nanos);

  /**
   * The attempt failed.
   *
   * @param nanos the instant at which the failure was known
   */
  void failed(long nanos, Failure failure);
}
