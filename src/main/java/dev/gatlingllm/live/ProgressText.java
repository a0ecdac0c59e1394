package dev.gatlingllm.live;

import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.stats.Quantile;
import dev.gatlingllm.stats.SelectedValues;
import dev.gatlingllm.text.Figures;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.OptionalDouble;

/** One progress line for people, whatever the locale of the machine. */
final class ProgressText {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private ProgressText() {}

  /** Short: what one looks at. */
  static String brief(ProgressSnapshot now) {
    ProgressCounts counts = now.counts();
    StringBuilder line = new StringBuilder(120);
    line.append(
        Figures.fill(
            "[llm] %4d s%s  done %d  in flight %d  rpm %s  TTFT p50 %s p95 %s ms  %s tok/s  failed"
                + " %d",
            (long) now.elapsedSeconds(),
            percent(now),
            counts.succeeded(),
            counts.inFlight(),
            now.completions() == 0 ? "-" : Figures.fill("%.1f", now.requestsPerMinute()),
            whole(now.of(Measure.TTFT).median()),
            whole(p95(now.of(Measure.TTFT))),
            whole(now.of(Measure.TOKENS_PER_SECOND).median()),
            counts.failed()));
    if (counts.throttled() > 0) {
      line.append(" (throttled ").append(counts.throttled()).append(')');
    }
    if (counts.cancelled() > 0) {
      line.append("  cancelled ").append(counts.cancelled());
    }
    if (counts.dropped() > 0) {
      line.append("  dropped ").append(counts.dropped());
    }
    if (counts.spilledOver() > 0) {
      line.append("  spilled over ").append(counts.spilledOver());
    }
    now.outlook().spend().forEach(spent -> line.append("  spend ").append(spent));
    return line.toString();
  }

  private static String percent(ProgressSnapshot now) {
    return now.outlook()
        .way()
        .map(way -> Figures.fill("  %.0f %%", Math.floor(100 * way.share())))
        .orElse("");
  }

  private static String whole(OptionalDouble value) {
    return value.isPresent() ? Figures.fill("%.0f", value.getAsDouble()) : "-";
  }

  /** With the names of Azure's benchmarking tool: times in seconds. */
  static String human(ProgressSnapshot now) {
    ProgressCounts counts = now.counts();
    return Figures.fill(
        "%s rpm: %-6s processing: %-4d completed: %-5d failures: %-4d throttled: %-4d requests:"
            + " %-5d tpm: %-8s ttft_avg: %-6s ttft_95th: %-6s tbt_avg: %-6s tbt_95th: %-6s e2e_avg:"
            + " %-6s e2e_95th: %-6s context_tpr_avg: %-5s gen_tpr_10th: %-5s gen_tpr_avg: %-5s"
            + " gen_tpr_90th: %-5s util_avg: %-6s util_95th: %s",
        TIME.format(now.at()),
        Figures.fill("%.1f", now.requestsPerMinute()),
        counts.inFlight(),
        counts.completed(),
        counts.failed(),
        counts.throttled(),
        counts.completed(),
        orNa("%.0f", now.tokensPerMinute()),
        seconds(now.of(Measure.TTFT).mean()),
        seconds(p95(now.of(Measure.TTFT))),
        seconds(now.of(Measure.TPOT).mean()),
        seconds(p95(now.of(Measure.TPOT))),
        seconds(now.of(Measure.E2E).mean()),
        seconds(p95(now.of(Measure.E2E))),
        orNa("%.0f", now.of(Measure.INPUT_TOKENS).mean()),
        orNa("%.0f", percentile(now.of(Measure.OUTPUT_TOKENS), Quantile.P10)),
        orNa("%.0f", now.of(Measure.OUTPUT_TOKENS).mean()),
        orNa("%.0f", percentile(now.of(Measure.OUTPUT_TOKENS), Quantile.P90)),
        orNa("%.1f%%", now.utilizationPercent().mean()),
        orNa("%.1f%%", p95(now.utilizationPercent())));
  }

  static String utcTime(ProgressSnapshot now) {
    return TIME.format(now.at());
  }

  static OptionalDouble p95(SelectedValues values) {
    return percentile(values, Quantile.P95);
  }

  /** Withheld like that of a report; its median is never. */
  static OptionalDouble percentile(SelectedValues values, Quantile quantile) {
    return values.n() < quantile.needed() ? OptionalDouble.empty() : values.at(quantile);
  }

  private static String seconds(OptionalDouble millis) {
    return millis.isPresent() ? Figures.fill("%.3f", millis.getAsDouble() / 1e3) : "n/a";
  }

  static String orNa(String format, OptionalDouble value) {
    return value.isPresent() ? Figures.fill(format, value.getAsDouble()) : "n/a";
  }
}
