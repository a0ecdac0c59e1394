package dev.gatlingllm.config;

import com.typesafe.config.ConfigException;
import dev.gatlingllm.arrival.RatePhase;
import dev.gatlingllm.input.InputPath;
import dev.gatlingllm.input.RateFile;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code llm.load.profile}: phrases that say what the load is, one after the other. */
final class ProfilePhrases {

  static final String KEY = "llm.load.profile";

  private static final String ACCEPTED =
      "one of hold N for TIME, pause TIME, ramp N to N in TIME, ramp to N in TIME, steps N to N by"
          + " N each TIME, spike N to N for TIME, sine N by N every TIME for TIME, file NAME.csv,"
          + " where N is a number of rpm or, with that word, clients";

  private static final String NUMBER = "(\\d{1,12}(?:\\.\\d{1,9})?)(?: ?(rpm|clients?))?";
  private static final String TIME = "(.+?)";

  /** A phrase: how it is written, and what phase it is. */
  private record Phrase(Pattern pattern, Function<Reading, RatePhase> phase) {

    private static Phrase of(String pattern, Function<Reading, RatePhase> phase) {
      String whole = pattern.replace("N", NUMBER).replace("TIME", TIME).replace(" ", "\\s+");
      return new Phrase(Pattern.compile(whole.replace("\\s+?", "\\s*")), phase);
    }
  }

  private static final List<Phrase> PHRASES =
      List.of(
          Phrase.of("hold N for TIME", r -> RatePhase.hold(r.number(1), r.time(3))),
          Phrase.of("pause(?: for)? TIME", r -> RatePhase.pause(r.time(1))),
          Phrase.of("ramp to N in TIME", r -> RatePhase.ramp(r.last(), r.number(1), r.time(3))),
          Phrase.of(
              "ramp(?: from)? N to N in TIME",
              r -> RatePhase.ramp(r.number(1), r.number(3), r.time(5))),
          Phrase.of(
              "steps(?: from)? N to N by N each TIME",
              r -> RatePhase.steps(r.number(1), r.number(3), r.number(5), r.time(7))),
          Phrase.of(
              "spike(?: from)? N to N for TIME",
              r -> RatePhase.spike(r.number(1), r.number(3), r.time(5))),
          Phrase.of(
              "sine N by N every TIME for TIME",
              r -> RatePhase.sine(r.number(1), r.number(3), r.time(5), r.time(6))),
          Phrase.of("file TIME", r -> r.file(1)));

  /**
   * What the phrases say.
   *
   * @param ofClients whether they say how many clients there are, and not how many arrivals
   */
  record Read(List<RatePhase> phases, boolean ofClients) {}

  private final List<RatePhase> phases = new ArrayList<>();
  private String unit = "";

  private ProfilePhrases() {}

  /**
   * Reads phrases.
   *
   * @throws ConfigurationException naming the phrase that cannot be used, and what is accepted
   */
  static Read read(List<String> phrases) {
    ProfilePhrases reading = new ProfilePhrases();
    phrases.forEach(phrase -> reading.add(phrase.strip()));
    return new Read(List.copyOf(reading.phases), reading.unit.equals("clients"));
  }

  private void add(String text) {
    for (Phrase phrase : PHRASES) {
      Matcher matcher = phrase.pattern().matcher(text);
      if (matcher.matches()) {
        phases.add(
            ConfigurationException.in(
                KEY + ": \"" + text + "\": ", () -> phrase.phase().apply(new Reading(matcher))));
        return;
      }
    }
    throw ConfigurationException.of(KEY, '"' + text + '"', ACCEPTED);
  }

  /** The parts of one phrase. */
  private final class Reading {

    private final Matcher matcher;

    private Reading(Matcher matcher) {
      this.matcher = matcher;
      boolean named = false;
      for (int i = 1; i <= matcher.groupCount(); i++) {
        String part = matcher.group(i);
        if (part != null && part.matches("rpm|clients?")) {
          require(part.startsWith("client") ? "clients" : "rpm");
          named = true;
        }
      }
      boolean numbers = matcher.groupCount() > 2;
      if (numbers && !named) {
        require("rpm");
      }
    }

    /** All phrases are in one unit; one that names none is in rpm. */
    private void require(String found) {
      if (!unit.isEmpty() && !unit.equals(found)) {
        throw new IllegalArgumentException(
            "must be in " + unit + " like the phrases before it, was in " + found);
      }
      unit = found;
    }

    double number(int group) {
      return Double.parseDouble(matcher.group(group));
    }

    /** What the phase before ended with; 0 at the start. */
    double last() {
      return phases.isEmpty() ? 0 : phases.get(phases.size() - 1).end();
    }

    Duration time(int group) {
      String text = matcher.group(group);
      try {
        Duration time = ConfigReader.parseDuration(text);
        if (!time.isZero() && !time.isNegative()) {
          return time;
        }
      } catch (ConfigException ignored) {
        // refused below with what would be accepted
      }
      throw new IllegalArgumentException(
          "the time must be above 0, such as 500 ms, 30 s or 2 min, was \"" + text + '"');
    }

    RatePhase file(int group) {
      RateFile file = RateFile.read(path(matcher.group(group)));
      require(file.unit());
      return RatePhase.through(
          "file " + path(matcher.group(group)).getFileName(),
          file.rows().stream()
              .map(row -> new RatePhase.Point(row.second(), row.value().doubleValue()))
              .toList());
    }

    private Path path(String text) {
      try {
        return InputPath.of(text);
      } catch (InvalidPathException ignored) {
        throw new IllegalArgumentException("the file must be a path, was \"" + text + '"');
      }
    }
  }
}
