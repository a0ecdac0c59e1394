package dev.gatlingllm.gatling.engine;

import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.SplitTarget;
import dev.gatlingllm.provider.TargetDraw;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/**
 * What the scenarios of a run call. Where they call more than one target, the calls of each have
 * its name as a label, so that reports keep them apart. Safe for use by many threads.
 */
final class Targets {

  /** The label of calls in a run with several targets. */
  static final String LABEL = "target";

  private final List<Target> all = new CopyOnWriteArrayList<>();

  /** What the calls of one protocol go to: one client, or targets that they are split over. */
  final class Target {

    private final LlmClient client;
    private final String name;
    private final TargetDraw draw;

    private Target(LlmClient client, String name, long seed) {
      this.client = client;
      this.name = name;
      this.draw = new TargetDraw(client.targets(), seed);
    }

    LlmClient client() {
      return client;
    }

    /** The way of a call that no split concerns. */
    Route whole() {
      return new Route(client, name, all.size() > 1, UnaryOperator.identity());
    }

    /**
     * The way of a call.
     *
     * @param call its number
     * @param wanted the name of the target that it asks for; empty to draw one
     * @throws IllegalArgumentException if no target has this name
     */
    Route route(long call, Optional<String> wanted) {
      if (draw.isEmpty() && wanted.isEmpty()) {
        return whole();
      }
      SplitTarget target = wanted.map(draw::named).orElseGet(() -> draw.of(call));
      return new Route(target.client(), target.name(), true, target::applied);
    }
  }

  /**
   * Where one call goes.
   *
   * @param name of its target
   * @param labelled whether the run has several
   * @param change what the target makes of the request
   */
  record Route(LlmClient client, String name, boolean labelled, UnaryOperator<LlmRequest> change) {

    /** The labels of the call; one that it sets itself stays. */
    Map<String, String> labels(Map<String, String> own) {
      if (!labelled || own.containsKey(LABEL)) {
        return own;
      }
      Map<String, String> labels = new LinkedHashMap<>(own);
      labels.put(LABEL, name);
      return labels;
    }
  }

  /**
   * Adds a target, before the load begins: named by its provider, the second of one with a number.
   *
   * @param seed of the draw, where its calls are split
   */
  Target add(LlmClient client, long seed) {
    long before =
        all.stream().filter(one -> one.client.provider().equals(client.provider())).count();
    String name = before == 0 ? client.provider() : client.provider() + " " + (before + 1);
    Target target = new Target(client, name, seed);
    all.add(target);
    return target;
  }

  int size() {
    return all.size();
  }

  List<LlmClient> clients() {
    return all.stream().map(Target::client).toList();
  }
}
