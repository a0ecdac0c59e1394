package dev.gatlingllm.experiment.payload;

import dev.gatlingllm.prompt.PromptBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * In which order payloads are sent: pass by pass, each payload once in every pass. Immutable.
 *
 * @param passes how often each payload is sent, at least 1
 * @param shuffled whether the order within a pass is random
 * @param seed decides the order
 */
public record PayloadOrder(int passes, boolean shuffled, long seed) {

  /** The order that all clients share. */
  public <T> List<T> shared(List<T> payloads) {
    return order(payloads, seed);
  }

  /** The order of one client, unlike that of every other. */
  public <T> List<T> ofClient(int client, List<T> payloads) {
    return order(payloads, PromptBuilder.mixed(seed, client));
  }

  private <T> List<T> order(List<T> payloads, long randomSeed) {
    Random random = new Random(randomSeed);
    List<T> all = new ArrayList<>(payloads.size() * passes);
    for (int pass = 0; pass < passes; pass++) {
      List<T> one = new ArrayList<>(payloads);
      if (shuffled) {
        Collections.shuffle(one, random);
      }
      all.addAll(one);
    }
    return all;
  }
}
