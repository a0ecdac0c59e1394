package dev.gatlingllm.gatling;

import dev.gatlingllm.arrival.ArrivalSchedule;
import dev.gatlingllm.calibration.ExpectedLoad;
import dev.gatlingllm.config.GateConfig;
import dev.gatlingllm.config.LoadConfig;
import dev.gatlingllm.cost.Price;
import dev.gatlingllm.prompt.Tokenizer;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.run.CallBound;
import dev.gatlingllm.size.CallSize;
import dev.gatlingllm.size.CallSizes;
import dev.gatlingllm.text.Count;
import dev.gatlingllm.text.Figures;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.PrimitiveIterator;

/**
 * What a load may spend, in words, before its first call: calls, tokens, and money where the model
 * has a price. Retried attempts come on top.
 *
 * @param load the load of {@code llm.load}
 * @param gate says how far the load goes on
 * @param price that of the model; empty without one
 * @param currency of the price
 * @param tokenizer counts the input
 */
record PlannedSpend(
    LoadConfig load, GateConfig gate, Optional<Price> price, String currency, Tokenizer tokenizer) {

  /** Requests that are looked at: prompts differ in their size. */
  private static final int SAMPLES = 10;

  /** So many drawn sizes take some milliseconds. */
  private static final long MOST_DRAWN = 100_000;

  /** What is known of a simulation that injects its users without a word to us. */
  static String unknown() {
    return "planned spend: not known, since the simulation injects its users itself (llm.spend limits"
        + " it)";
  }

  /** What a call takes: the mean if sizes are drawn, else the largest of some calls. */
  CallBound each(ExpectedLoad planned) {
    return planned
        .sizes()
        .filter(CallSizes::differ)
        .map(drawn -> mean(drawn, calls(planned).orElse(MOST_DRAWN)))
        .orElseGet(() -> largest(planned));
  }

  /** The line on a load. */
  String of(ExpectedLoad planned) {
    OptionalLong calls = calls(planned);
    Optional<CallSizes> drawn = planned.sizes().filter(CallSizes::differ);
    CallBound each = each(planned);
    String size = tokens(each);
    if (calls.isEmpty()) {
      return "planned spend: "
          + end(planned)
          + (drawn.isPresent() ? "; a call on average " : "; each call ")
          + size
          + money(each, 1)
          + extended(each);
    }
    String line =
        "planned spend: at most "
            + callsInWords(calls.getAsLong())
            + (drawn.isPresent() ? ", on average " : ", each ")
            + size;
    return (each.output().isPresent() ? line + ": " + sum(each, calls.getAsLong()) : line)
        + extended(each);
  }

  /** What it may come to if too few calls decide a limit. */
  private String extended(CallBound each) {
    if (!gate.extend()) {
      return "";
    }
    GateConfig.AtMost most = gate.atMost();
    List<String> bounds = new ArrayList<>();
    most.duration().ifPresent(time -> bounds.add(Figures.duration(time.toNanos() / 1e9)));
    most.calls()
        .ifPresent(
            calls ->
                bounds.add(
                    callsInWords(calls)
                        + (each.output().isPresent() ? " (" + sum(each, calls) + ")" : "")));
    most.tokens().ifPresent(tokens -> bounds.add(tokensInWords(tokens)));
    return "; if limits stay undecided ("
        + GateConfig.UNDECIDED
        + " = extend), at most "
        + String.join(" or ", bounds);
  }

  private static String tokensInWords(long tokens) {
    return Figures.count(tokens) + " tokens";
  }

  private String sum(CallBound each, long calls) {
    return tokensInWords(calls * (each.input() + each.output().orElse(0))) + money(each, calls);
  }

  private static String callsInWords(long calls) {
    return calls == 1 ? Count.of(1, "call") : Figures.count(calls) + " calls";
  }

  private static String tokens(CallBound each) {
    String input = "about " + Figures.count(each.input());
    return each.output().isPresent()
        ? input + " + " + Figures.count(each.output().getAsLong()) + " tokens"
        : input + " input tokens and an answer without an upper bound";
  }

  private String money(CallBound each, long calls) {
    if (price.isEmpty() || each.output().isEmpty()) {
      return "";
    }
    BigDecimal one = price.get().atMost(each.input(), each.output().getAsLong());
    return ", " + Figures.amount(one.multiply(BigDecimal.valueOf(calls))) + " " + currency;
  }

  /** Rounded up, of the calls that are planned: they are drawn by their number. */
  private static CallBound mean(CallSizes sizes, long calls) {
    long drawn = Math.max(1, Math.min(MOST_DRAWN, calls));
    long input = 0;
    long output = 0;
    for (long call = 0; call < drawn; call++) {
      CallSize size = sizes.of(call);
      input += size.contextTokens();
      output += size.maxTokens();
    }
    return new CallBound(
        (input + drawn - 1) / drawn, OptionalLong.of((output + drawn - 1) / drawn));
  }

  private CallBound largest(ExpectedLoad planned) {
    long input = 0;
    long output = 0;
    boolean bounded = true;
    for (int sample = 0; sample < SAMPLES; sample++) {
      LlmRequest request = planned.requests().get();
      int counted = tokenizer.countMessages(request.messages());
      CallBound one = CallBound.of(request, OptionalInt.of(counted));
      input = Math.max(input, one.input());
      output = Math.max(output, one.output().orElse(0));
      bounded &= one.output().isPresent();
    }
    return new CallBound(input, bounded ? OptionalLong.of(output) : OptionalLong.empty());
  }

  private OptionalLong calls(ExpectedLoad planned) {
    if (planned.pace() instanceof ExpectedLoad.Open open) {
      return OptionalLong.of(planned.times() * arrivals(open.schedule()));
    }
    boolean ofSettings = !load.isOpen();
    boolean more = load.untilAll() && load.duration().isPresent();
    return ofSettings && !more && load.requests().isPresent()
        ? OptionalLong.of(planned.times() * load.requests().getAsLong())
        : OptionalLong.empty();
  }

  private static long arrivals(ArrivalSchedule schedule) {
    if (schedule.count().isPresent()) {
      return schedule.count().getAsLong();
    }
    long arrivals = 0;
    for (PrimitiveIterator.OfLong offsets = schedule.offsets(); offsets.hasNext(); arrivals++) {
      offsets.nextLong();
    }
    return arrivals;
  }

  private String end(ExpectedLoad planned) {
    boolean timed = !load.isOpen() && load.longest().isPresent();
    return planned.text()
        + (timed
            ? " until "
                + Figures.duration(planned.times() * (load.longest().get().toNanos() / 1e9))
                + " are over"
            : " until the simulation ends");
  }
}
