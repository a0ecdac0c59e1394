package dev.gatlingllm.gatling;

import dev.gatlingllm.arrival.ArrivalSchedule;
import dev.gatlingllm.calibration.ExpectedLoad;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.config.LoadConfig;
import dev.gatlingllm.prompt.ShapeProfile;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.record.LoadPlan;
import dev.gatlingllm.size.CallSizes;
import dev.gatlingllm.text.Count;
import java.math.BigDecimal;
import java.util.function.Supplier;

/**
 * What a simulation is about to do, given to {@link LlmProtocolBuilder#expectedLoad} so that the
 * warm-up and the calibration run do the same.
 */
public final class ExpectedLoads {

  private ExpectedLoads() {}

  /** The load of {@code llm.load}, with calls of one shape. */
  public static ExpectedLoad load(LlmConfig config, Prompts prompts, ShapeProfile shape) {
    return load(config, text(shape), prompts.requests(shape));
  }

  /** The load of {@code llm.load}, with calls of drawn sizes. */
  public static ExpectedLoad load(LlmConfig config, Prompts prompts, CallSizes sizes) {
    return load(config, sizes.words(), prompts.requests(sizes)).ofSizes(sizes);
  }

  /** The load of {@code llm.load}, with the conversations of a file. */
  public static ExpectedLoad load(LlmConfig config, RecordedMessages conversations) {
    return load(config, "recorded conversations", conversations.requests())
        .withFiles(conversations.all());
  }

  /**
   * The load of {@code llm.load}, of sessions that are several calls each.
   *
   * @param turns how many calls a session is on average
   * @param what the sessions in words
   */
  public static ExpectedLoad sessions(
      LlmConfig config, double turns, String what, Supplier<LlmRequest> requests) {
    LoadConfig sessions = config.load();
    int calls = (int) Math.ceil(turns);
    if (!sessions.isOpen()) {
      return clients(sessions.mostClients(), what, requests)
          .repeated(sessions.requests().isPresent() ? calls : 1);
    }
    String text = rate(sessions) + " of " + what;
    return sessions.rpm().isPresent()
        ? arrivals(Load.schedule(sessions.ofCalls(turns), config.seed()), text, requests)
        : arrivals(Load.schedule(config), text, requests).repeated(calls);
  }

  private static ExpectedLoad load(LlmConfig config, String what, Supplier<LlmRequest> requests) {
    LoadConfig load = config.load();
    if (!load.isOpen()) {
      return clients(load.mostClients(), what, requests);
    }
    return arrivals(Load.schedule(config), rate(load) + " of " + what, requests);
  }

  private static String rate(LoadConfig open) {
    return open.rates()
        .map(rates -> LoadPlan.inWords(Arrivals.phases(rates)))
        .orElseGet(
            () ->
                BigDecimal.valueOf(open.rpm().getAsDouble()).stripTrailingZeros().toPlainString()
                    + " arrivals/min");
  }

  /** So many clients, each with one call of this shape after another. */
  public static ExpectedLoad clients(int clients, Prompts prompts, ShapeProfile shape) {
    return clients(clients, text(shape), prompts.requests(shape));
  }

  /** So many clients, each with one call of these sizes after another. */
  public static ExpectedLoad clients(int clients, Prompts prompts, CallSizes sizes) {
    return clients(clients, sizes.words(), prompts.requests(sizes)).ofSizes(sizes);
  }

  /**
   * So many clients, each with one call after another.
   *
   * @param what what they call, in words
   */
  public static ExpectedLoad clients(int clients, String what, Supplier<LlmRequest> requests) {
    String text = Count.of(clients, "client") + " with " + what;
    return new ExpectedLoad(text, new ExpectedLoad.Closed(clients), requests);
  }

  /**
   * Calls at the arrivals of a schedule.
   *
   * @param what the load in words
   */
  public static ExpectedLoad arrivals(
      ArrivalSchedule schedule, String what, Supplier<LlmRequest> requests) {
    return new ExpectedLoad(what, new ExpectedLoad.Open(schedule), requests);
  }

  /** Calls of these sizes at the arrivals of a schedule. */
  public static ExpectedLoad arrivals(ArrivalSchedule schedule, Prompts prompts, CallSizes sizes) {
    String when =
        schedule
            .profile()
            .map(of -> LoadPlan.inWords(Arrivals.phases(of.rates())))
            .orElseGet(
                () ->
                    schedule.count().isPresent()
                        ? Count.of(schedule.count().getAsLong(), "arrival")
                        : "arrivals");
    return arrivals(schedule, when + " of " + sizes.words(), prompts.requests(sizes))
        .ofSizes(sizes);
  }

  private static String text(ShapeProfile shape) {
    return shape.contextTokens() + "/" + shape.maxTokens() + " tokens";
  }
}
