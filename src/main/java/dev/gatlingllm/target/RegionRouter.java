package dev.gatlingllm.target;

import dev.gatlingllm.provider.CallHandle;
import dev.gatlingllm.provider.CallListener;
import dev.gatlingllm.provider.Failure;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.timing.NanoClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * One client for each region: a call goes where it says, or to the usual endpoint if it does not.
 * Safe for use by many threads.
 */
final class RegionRouter implements LlmClient {

  private final LlmClient usual;
  private final Map<String, LlmClient> regions;
  private final NanoClock clock;

  RegionRouter(LlmClient usual, Map<String, LlmClient> regions, NanoClock clock) {
    this.clock = clock;
    this.usual = usual;
    this.regions = Map.copyOf(regions);
  }

  @Override
  public String provider() {
    return usual.provider();
  }

  @Override
  public CallHandle start(LlmRequest request, CallListener listener) {
    LlmClient client = request.region().isEmpty() ? usual : regions.get(request.region());
    if (client == null) {
      String unknown =
          "a call names the region " + request.region() + ", which llm.regions does not have";
      listener.failed(
          clock.nanos(), new Failure(Failure.Kind.CRASHED, 0, "UnknownRegion", unknown));
      return () -> {};
    }
    return client.start(request, listener);
  }

  @Override
  public String defaultModel() {
    return usual.defaultModel();
  }

  @Override
  public void check(LlmRequest request) {
    usual.check(request);
  }

  @Override
  public List<Executor> eventLoops() {
    List<Executor> loops = new ArrayList<>(usual.eventLoops());
    regions.values().forEach(client -> loops.addAll(client.eventLoops()));
    return loops;
  }

  @Override
  public void close() {
    usual.close();
    regions.values().forEach(LlmClient::close);
  }
}
