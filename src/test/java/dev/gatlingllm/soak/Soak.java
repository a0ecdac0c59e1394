package dev.gatlingllm.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs the three providers at the same time, each in a JVM against a simulated endpoint in another,
 * for as long as the first argument says ({@code 60min}), at as many calls per minute as the second
 * says. Prints what each JVM held in minutes 10 to 20 and in the last ten ({@link SoakWindows}),
 * and exits with 1 if any of it grew ({@link Measure}) or a run failed.
 */
final class Soak {

  private static final List<String> PROVIDERS = List.of("azure-openai", "bedrock", "openai");
  private static final Pattern DURATION = Pattern.compile("(\\d+)\\s*(s|min|h)");
  private static final int FAILED = 1;

  private Soak() {}

  /** Runs the soak. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Duration duration = duration(arguments[0]);
    Path folder = Files.createTempDirectory("soak");
    List<SoakedRun> runs = new ArrayList<>();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> runs.forEach(SoakedRun::close)));
    System.out.println("soak of " + arguments[0] + " in " + folder);
    for (String provider : PROVIDERS) {
      runs.add(SoakedRun.start(folder, provider, duration, arguments[1]));
    }
    System.exit(passed(runs, new SoakJudge(SoakWindows.of(duration))) ? 0 : FAILED);
  }

  /**
   * A duration such as {@code 60min}, {@code 90s} or {@code 2h}.
   *
   * @throws IllegalArgumentException if it is none, or shorter than three minutes
   */
  static Duration duration(String text) {
    Matcher parts = DURATION.matcher(text.strip());
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "soak.duration must be a number with s, min or h, was " + text);
    }
    long number = Long.parseLong(parts.group(1));
    Duration duration =
        switch (parts.group(2)) {
          case "s" -> Duration.ofSeconds(number);
          case "min" -> Duration.ofMinutes(number);
          default -> Duration.ofHours(number);
        };
    if (duration.compareTo(Duration.ofMinutes(3)) < 0) {
      throw new IllegalArgumentException("soak.duration must be >= 3min, was " + text);
    }
    return duration;
  }

  private static boolean passed(List<SoakedRun> runs, SoakJudge judge)
      throws IOException, InterruptedException {
    boolean passed = true;
    System.out.println("| provider | calls | measure | early | late | change | |");
    System.out.println("|---|---|---|---|---|---|---|");
    for (SoakedRun run : runs) {
      String failure = run.awaitEnd();
      if (!failure.isEmpty()) {
        System.out.println("| " + run.provider() + " | | " + failure + " | | | | FAILED |");
        passed = false;
      }
      for (Finding found : judge.judge(run.samples())) {
        System.out.println(row(run, found));
        passed &= found.passed();
      }
    }
    return passed;
  }

  private static String row(SoakedRun run, Finding found) throws IOException {
    Measure measure = found.measure();
    return String.format(
        Locale.ROOT,
        "| %s | %d | %s | %.1f | %.1f | %+.1f %% | %s |",
        run.provider(),
        run.calls(),
        measure.title(),
        measure.shown(found.early()),
        measure.shown(found.late()),
        100 * (found.late() / found.early() - 1),
        found.passed() ? "ok" : "FAILED");
  }
}
