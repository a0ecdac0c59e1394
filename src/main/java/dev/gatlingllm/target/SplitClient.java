package dev.gatlingllm.target;

import dev.gatlingllm.provider.CallHandle;
import dev.gatlingllm.provider.CallListener;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.SplitTarget;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The clients of the targets that the calls of a run are split over. Whoever makes the calls draws
 * the target of each; calls that come here without, such as those of a warm-up, go to each target
 * in turn. Safe for use by many threads.
 */
final class SplitClient implements LlmClient {

  private final List<SplitTarget> targets;
  private final AtomicInteger turn = new AtomicInteger();

  /** Calls of at least one target. */
  SplitClient(List<SplitTarget> targets) {
    this.targets = List.copyOf(targets);
  }

  private List<LlmClient> clients() {
    return targets.stream().map(SplitTarget::client).distinct().toList();
  }

  @Override
  public List<SplitTarget> targets() {
    return targets;
  }

  @Override
  public String provider() {
    return targets.get(0).client().provider();
  }

  @Override
  public String defaultModel() {
    return targets.get(0).client().defaultModel();
  }

  @Override
  public CallHandle start(LlmRequest request, CallListener listener) {
    SplitTarget next = targets.get(Math.floorMod(turn.getAndIncrement(), targets.size()));
    return next.client().start(next.applied(request), listener);
  }

  @Override
  public void check(LlmRequest request) {
    targets.forEach(one -> one.client().check(one.applied(request)));
  }

  @Override
  public List<Executor> eventLoops() {
    return clients().stream().flatMap(client -> client.eventLoops().stream()).toList();
  }

  @Override
  public void close() {
    clients().forEach(LlmClient::close);
  }
}
