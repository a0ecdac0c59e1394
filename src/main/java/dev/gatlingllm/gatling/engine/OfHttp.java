package dev.gatlingllm.gatling.engine;

import dev.gatlingllm.provider.CallHandle;
import dev.gatlingllm.provider.CallListener;
import dev.gatlingllm.provider.Failure;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.timing.NanoClock;

/**
 * The client of a simulation all of whose calls go over Gatling's HTTP client: it makes none
 * itself, since each of them belongs to a user.
 */
public final class OfHttp implements LlmClient {

  static final String NAME = "http";

  private final AutoCloseable target;

  /**
   * A client.
   *
   * @param target closed when the run ends, such as a simulated endpoint
   */
  public OfHttp(AutoCloseable target) {
    this.target = target;
  }

  @Override
  public String provider() {
    return NAME;
  }

  @Override
  public CallHandle start(LlmRequest request, CallListener listener) {
    listener.failed(
        NanoClock.SYSTEM.nanos(),
        new Failure(Failure.Kind.CRASHED, 0, "", "the call has no over(http(…), …)"));
    return () -> {};
  }

  @Override
  public void close() {
    try {
      target.close();
    } catch (Exception e) {
      throw new IllegalStateException("the target cannot be closed", e);
    }
  }
}
