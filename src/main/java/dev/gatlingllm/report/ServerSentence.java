package dev.gatlingllm.report;

import dev.gatlingllm.report.server.QueueStretch;
import dev.gatlingllm.report.server.ServerView;
import dev.gatlingllm.text.Figures;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Says what the service's own metrics add to what the client saw. */
final class ServerSentence {

  /** What to do where the service's queue is not to blame. */
  static final String WHERE_ELSE =
      "Look between client and server (network, gateway, proxy), and at how many calls the server"
          + " works on at once.";

  /** From here on the next request finds no room; engines keep a last block back. */
  private static final double FULL_PERCENT = 98;

  /** Fewer readings do not clear the service. */
  private static final int FEWEST_READINGS = 3;

  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private ServerSentence() {}

  /** Whole sentences; empty if there is nothing to say. */
  static String of(RunReport report) {
    ServerView view = report.serverView();
    List<String> sentences = new ArrayList<>();
    view.queue().ifPresent(queue -> sentences.add(queue(queue, view, report)));
    if (view.preemptions().orElse(0) > 0) {
      sentences.add(
          "The server preempted requests for want of cache: "
              + Figures.count(Math.round(view.preemptions().getAsDouble()))
              + (view.preemptions().getAsDouble() == 1 ? " time." : " times."));
    }
    if (view.mostCachePercent().orElse(0) >= FULL_PERCENT) {
      sentences.add(
          "Its KV cache was full: "
              + Figures.percent(view.mostCachePercent())
              + " % in use at most.");
    }
    if (clears(view) && report.steadyState().growth().isPresent()) {
      sentences.add(
          "In the server's queue no call waited meanwhile, so the wait arose on the way to it, or"
              + " while it worked on the calls"
              + (view.mostRunning().isPresent()
                  ? " (up to " + Figures.number(view.mostRunning()) + " at once)."
                  : "."));
    }
    return String.join(" ", sentences);
  }

  /** Whether nothing waited in the service's queue, as far as it says. */
  static boolean clears(ServerView view) {
    return view.mostWaiting().orElse(1) == 0 && view.readings() >= FEWEST_READINGS;
  }

  private static String queue(QueueStretch queue, ServerView view, RunReport report) {
    return "From "
        + CLOCK.format(queue.from())
        + (view.untilEnd() ? " UTC on" : " to " + CLOCK.format(queue.to()) + " UTC")
        + since(queue.from(), view, report)
        + " calls waited in the server's queue, up to "
        + Figures.number(queue.most())
        + " at once.";
  }

  private static String since(Instant from, ServerView view, RunReport report) {
    double every = seconds(view.interval());
    return report
        .info()
        .map(
            info ->
                " ("
                    + duration(Math.max(0, seconds(Duration.between(info.start(), from))), every)
                    + " into the run, read every "
                    + duration(every, every)
                    + ")")
        .orElse("");
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1e3;
  }

  /** No finer than the readings tell. */
  private static String duration(double seconds, double every) {
    return Figures.duration(every < 1 ? Math.round(10 * seconds) / 10.0 : Math.round(seconds));
  }

  /** What to know when reading the charts, in sentences. */
  static List<String> remarks(ServerView view) {
    List<String> remarks = new ArrayList<>();
    if (!view.failures().isEmpty()) {
      remarks.add(
          "Server metrics: "
              + view.failures().entrySet().stream()
                  .map(one -> Figures.count(one.getValue()) + " × " + one.getKey())
                  .collect(Collectors.joining(", "))
              + ", in "
              + Figures.count(view.readings())
              + " readings. Such a reading is a gap in the charts.");
    }
    if (view.leftOut() > 0) {
      remarks.add(
          "Server metrics: "
              + Figures.count(view.leftOut())
              + " more that llm.serverMetrics.metrics asks for are in server-metrics.jsonl only:"
              + " name their labels to see them.");
    }
    return remarks;
  }
}
