package dev.gatlingllm.provider;

import java.util.List;
import java.util.concurrent.Executor;

/**
 * A client of one model service. Starts calls through the vendor's SDK with the SDK's own retries
 * switched off, so that what is measured is one attempt.
 *
 * <p>Safe for use by many threads.
 */
public interface LlmClient extends AutoCloseable {

  /** The provider's name as it stands in records and reports, such as {@code azure-openai}. */
  String provider();

  /**
   * Starts one attempt and returns without waiting for the network. Whatever happens from here on,
   * also an exception inside the SDK while the request is being built, reaches {@code listener} as
   * its one terminal event; this method itself does not throw.
   *
   * @param request what to ask
   * @param listener receives the events, on threads of the transport
   * @return a handle that gives the attempt up
   */
  CallHandle start(LlmRequest request, CallListener listener);

  /** The model that is asked where a request names none; empty if there is none. */
  default String defaultModel() {
    return "";
  }

  /**
   * The targets that the calls of a run are split over, each with a client of its own or one that
   * several share; none if all calls go to this client. It closes theirs.
   */
  default List<SplitTarget> targets() {
    return List.of();
  }

  /**
   * Builds a request as {@link #start} would, and sends nothing.
   *
   * @throws IllegalArgumentException if the service's API cannot say what the request asks for;
   *     names the parameter
   */
  default void check(LlmRequest request) {}

  /**
   * The event loops that read the answers, to be probed for how long a task waits for them; each
   * runs its tasks on one thread. None if the client has none of its own.
   */
  default List<Executor> eventLoops() {
    return List.of();
  }

  /** Closes connections and threads. Calls in flight fail. */
  @Override
  void close();
}
