package dev.gatlingllm.experiment.replay;

import dev.gatlingllm.config.ConfigReader;
import dev.gatlingllm.input.TraceFormat;
import java.time.Duration;
import java.util.Optional;

/**
 * {@code llm.replay}.
 *
 * @param file the trace
 * @param format how it is written; {@code auto} for what its first line says
 * @param speed how many times faster than it was recorded
 * @param from where in the trace the replay begins
 * @param length how much of the trace is replayed; absent: all that is left
 */
public record ReplayConfig(
    String file, String format, double speed, Duration from, Optional<Duration> length) {

  public static ReplayConfig read(ConfigReader reader) {
    return new ReplayConfig(
        reader.text("llm.replay.file"),
        reader.choice("llm.replay.format", TraceFormat.WORDS),
        reader.positive("llm.replay.speed"),
        reader.duration("llm.replay.from"),
        reader.optionalDuration("llm.replay.length"));
  }
}
