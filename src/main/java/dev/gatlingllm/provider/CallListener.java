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
   * The SDK has built and signed the request and hands it to the transport: from here on the time
   * is the service's and the network's.
   *
   * @param nanos the instant just before the transport took it
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
