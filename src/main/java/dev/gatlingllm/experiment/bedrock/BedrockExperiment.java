package dev.gatlingllm.experiment.bedrock;

import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Parameter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;

/**
 * How the scenarios of a file are run: {@code runs} times, one run after the other, each time every
 * scenario {@code invocations} times, in a shuffled order.
 *
 * @param name the experiment's name; may be empty
 * @param runs at least 1
 * @param invocations of each scenario in each run, at least 1
 * @param parallelCalls clients, at least 1
 * @param pause of a client after each call
 * @param sampling what every call asks for besides
 */
public record BedrockExperiment(
    String name, int runs, int invocations, int parallelCalls, Duration pause, Sampling sampling) {

  /** Models that know {@code top_k}, and know it under this name. */
  private static final String KNOWS_TOP_K = "anthropic";

  /**
   * How the model is to choose its words.
   *
   * @param temperature sampling temperature
   * @param topP nucleus sampling
   * @param topK most candidates for a token; sent to models of Anthropic only, for which it has a
   *     name
   */
  public record Sampling(OptionalDouble temperature, OptionalDouble topP, OptionalInt topK) {

    /** Nothing is asked for. */
    public static final Sampling NONE =
        new Sampling(OptionalDouble.empty(), OptionalDouble.empty(), OptionalInt.empty());

    /** The request with these. */
    public LlmRequest apply(LlmRequest request) {
      LlmRequest sampled = request;
      if (temperature.isPresent()) {
        sampled = sampled.with(Parameter.TEMPERATURE, temperature.getAsDouble());
      }
      if (topP.isPresent()) {
        sampled = sampled.with(Parameter.TOP_P, topP.getAsDouble());
      }
      if (topK.isPresent() && request.model().toLowerCase(Locale.ROOT).contains(KNOWS_TOP_K)) {
        Map<String, Object> fields = new HashMap<>(sampled.extraBody());
        fields.put("top_k", topK.getAsInt());
        sampled = sampled.withParameters(sampled.parameters().withExtraBody(fields));
      }
      return sampled;
    }
  }

  /** The calls of each run, in an order of its own that the seed decides. */
  public <T> List<List<T>> order(List<T> scenarios, long seed) {
    Random random = new Random(seed);
    List<List<T>> order = new ArrayList<>(runs);
    for (int run = 0; run < runs; run++) {
      List<T> one = new ArrayList<>(invocations * scenarios.size());
      for (int i = 0; i < invocations; i++) {
        one.addAll(scenarios);
      }
      Collections.shuffle(one, random);
      order.add(one);
    }
    return order;
  }
}
