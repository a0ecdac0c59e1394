package dev.gatlingllm.config;

import java.time.Duration;
import java.util.List;

/**
 * {@code llm.console.progress} and {@code llm.progress}: what is told while the run goes on.
 *
 * @param every pause between two lines; zero for none
 * @param window how far back a completion counts
 * @param format {@code brief}, {@code human} or {@code jsonl}
 */
public record ProgressConfig(Duration every, Duration window, String format) {

  static ProgressConfig read(ConfigReader reader) {
    return new ProgressConfig(
        reader.duration("llm.console.progress"),
        reader.positiveDuration("llm.progress.window"),
        reader.choice("llm.progress.format", List.of("brief", "human", "jsonl")));
  }
}
