package dev.gatlingllm.together;

import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.config.LlmConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How a load begins with settings, by a clock that goes on only while somebody waits. */
public final class MeetingsOfSettings {

  static final Instant START = Instant.parse("2026-01-31T12:00:00Z");

  /** A sleep may last longer than asked for: fewer looks for files while nobody comes. */
  private static final long LONGEST_SLEEP_MILLIS = 1000;

  private long nanos;
  private long leastSleepMillis;

  private Meeting come(LlmConfig config) {
    return Meeting.come(
        config,
        "some.Simulation",
        () -> nanos,
        () -> START.plusNanos(nanos),
        millis -> nanos += Duration.ofMillis(Math.max(leastSleepMillis, millis)).toNanos(),
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
  }

  /** When the load begins, and when Gatling may. */
  public static Object begins(LlmConfig config) {
    MeetingsOfSettings time = new MeetingsOfSettings();
    return List.of(time.come(config).agree().beginNanos(), time.nanos);
  }

  /** Whose clock was asked, or that it did not answer. */
  public static Object reference(LlmConfig config) {
    try {
      return new MeetingsOfSettings().come(config).agree().reference().map(ReferenceClock::name);
    } catch (ConfigurationException expected) {
      return expected.getMessage();
    }
  }

  /** Whether it comes to a folder. */
  public static Object waits(LlmConfig config) throws IOException {
    Meeting meeting = new MeetingsOfSettings().come(config);
    Optional<Path> folder = config.start().barrier();
    if (folder.isEmpty()) {
      return meeting.agree().beginNanos();
    }
    try (Stream<Path> files = Files.list(folder.get())) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  /** What is said when the others do not come. */
  public static Object givesUp(LlmConfig config) throws IOException {
    Files.deleteIfExists(config.start().barrier().orElseThrow().resolve("share-0-of-2.txt"));
    MeetingsOfSettings time = new MeetingsOfSettings();
    time.leastSleepMillis = LONGEST_SLEEP_MILLIS;
    Meeting meeting = time.come(config);
    try {
      return meeting.agree();
    } catch (ConfigurationException expected) {
      return expected.getMessage();
    }
  }
}
