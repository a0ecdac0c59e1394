package dev.gatlingllm.gatling;

import dev.gatlingllm.arrival.ArrivalSchedule;
import dev.gatlingllm.calibration.PlannedLoad;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.prompt.ShapeProfile;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.text.Count;
import java.math.BigDecimal;
import java.util.function.Supplier;

/**
 * What a simulation is about to do, told to {@link LlmProtocolBuilder#planned} so that the warm-up
 * and the rehearsal do the same.
 */
public final class Planned {

  private Planned() {}

  /** The load of {@code llm.load}, with calls of one shape. */
  public static PlannedLoad load(LlmConfig config, Prompts prompts, ShapeProfile shape) {
    return load(config, text(shape), prompts.requests(shape));
  }

  /** The load of {@code llm.load}, with the conversations of a file. */
  public static PlannedLoad load(LlmConfig config, RecordedMessages conversations) {
    return load(config, "recorded conversations", conversations.requests())
        .withFiles(conversations.all());
  }

  private static PlannedLoad load(LlmConfig config, String what, Supplier<LlmRequest> requests) {
    if (config.load().rpm().isEmpty()) {
      return clients(config.load().clients().getAsInt(), what, requests);
    }
    BigDecimal rpm = BigDecimal.valueOf(config.load().rpm().getAsDouble());
    String text = rpm.stripTrailingZeros().toPlainString() + " arrivals/min of " + what;
    return new PlannedLoad(text, new PlannedLoad.Open(Load.schedule(config)), requests);
  }

  /** So many clients, each with one call of this shape after another. */
  public static PlannedLoad clients(int clients, Prompts prompts, ShapeProfile shape) {
    return clients(clients, text(shape), prompts.requests(shape));
  }

  /**
   * So many clients, each with one call after another.
   *
   * @param what what they call, in words
   */
  public static PlannedLoad clients(int clients, String what, Supplier<LlmRequest> requests) {
    String text = Count.of(clients, "client") + " with " + what;
    return new PlannedLoad(text, new PlannedLoad.Closed(clients), requests);
  }

  /**
   * Calls at the arrivals of a schedule.
   *
   * @param what the load in words
   */
  public static PlannedLoad arrivals(
      ArrivalSchedule schedule, String what, Supplier<LlmRequest> requests) {
    return new PlannedLoad(what, new PlannedLoad.Open(schedule), requests);
  }

  private static String text(ShapeProfile shape) {
    return shape.contextTokens() + "/" + shape.maxTokens() + " tokens";
  }
}
