package dev.gatlingllm.gatling.engine;

import dev.gatlingllm.provider.LlmClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What the scenarios of a run call. Where they call more than one target, the calls of each have
 * its name as a label, so that reports keep them apart. Safe for use by many threads.
 */
final class Targets {

  /** The label of calls in a run with several targets. */
  static final String LABEL = "target";

  private final List<Target> all = new CopyOnWriteArrayList<>();

  /** One target and its client. */
  final class Target {

    private final LlmClient client;
    private final String name;

    private Target(LlmClient client, String name) {
      this.client = client;
      this.name = name;
    }

    LlmClient client() {
      return client;
    }

    String name() {
      return name;
    }

    /** The labels of a call to it; one that the call sets itself stays. */
    Map<String, String> labels(Map<String, String> own) {
      if (all.size() < 2 || own.containsKey(LABEL)) {
        return own;
      }
      Map<String, String> labels = new LinkedHashMap<>(own);
      labels.put(LABEL, name);
      return labels;
    }
  }

  /**
   * Adds a target, before the load begins: named by its provider, the second of one with a number.
   */
  Target add(LlmClient client) {
    long before =
        all.stream().filter(one -> one.client.provider().equals(client.provider())).count();
    String name = before == 0 ? client.provider() : client.provider() + " " + (before + 1);
    Target target = new Target(client, name);
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
