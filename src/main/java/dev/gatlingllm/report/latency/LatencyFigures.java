package dev.gatlingllm.report.latency;

import dev.gatlingllm.text.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Values in print, whatever the locale of the machine; what is not known is a dash. */
final class LatencyFigures {

  private LatencyFigures() {}

  static String count(long count) {
    return Long.toString(count);
  }

  static String text(String text) {
    return text.isEmpty() ? Figures.DASH : text;
  }

  static String seconds(OptionalDouble seconds) {
    return number("%.3f", seconds);
  }

  static String millis(OptionalDouble millis) {
    return number("%.2f", millis);
  }

  static String ratio(OptionalDouble ratio) {
    return number("%.4f", ratio);
  }

  static String tokens(OptionalDouble tokens) {
    return number("%.1f", tokens);
  }

  static String number(String format, OptionalDouble value) {
    return value.isPresent() ? Figures.fill(format, value.getAsDouble()) : Figures.DASH;
  }

  /** Such as {@code 3.300 s, 100 output, 1004 input, Sweden Central, 0.0 %, 2024-… CEST}. */
  static String run(Optional<LatencyRun> run) {
    return run.map(LatencyFigures::run).orElse(Figures.DASH);
  }

  static String run(LatencyRun run) {
    List<String> parts = new ArrayList<>();
    parts.add(Figures.fill("%.3f s", run.seconds()));
    run.completionTokens().ifPresent(tokens -> parts.add(tokens + " output"));
    run.promptTokens().ifPresent(tokens -> parts.add(tokens + " input"));
    run.secondsPerOutputToken()
        .ifPresent(seconds -> parts.add(Figures.fill("%.2f ms per token", seconds * 1e3)));
    if (!run.region().isEmpty()) {
      parts.add(run.region());
    }
    run.utilizationPercent()
        .ifPresent(percent -> parts.add(Figures.fill("utilisation %.1f %%", percent)));
    run.localTime().ifPresent(parts::add);
    parts.add("call " + run.callId());
    return String.join(", ", parts);
  }
}
