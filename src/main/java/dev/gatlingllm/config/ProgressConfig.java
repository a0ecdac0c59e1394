package dev.gatlingllm.config;

import java.time.Duration;
import java.util.List;

/**
 * {@code llm.console} and {@code llm.progress}: what is told while the run goes on.
 *
 * @param every pause between two looks at the run, each a line of {@code progress.jsonl}; zero for
 *     none
 * @param lines least pause between two lines on a console that is no terminal
 * @param show where it is told
 * @param window how far back a completion counts
 * @param format {@code brief}, {@code human} or {@code jsonl}
 */
public record ProgressConfig(
    Duration every, Duration lines, Show show, Duration window, String format) {

  /** Where progress is told. */
  public enum Show {
    /** As a block on a terminal, as lines elsewhere. */
    AUTO,
    /** As a block that is rewritten. */
    BLOCK,
    /** As one line after another. */
    LINES,
    /** In {@code progress.jsonl} only. */
    NONE
  }

  static ProgressConfig read(ConfigReader reader) {
    return new ProgressConfig(
        reader.duration("llm.console.progress"),
        reader.duration("llm.console.lines"),
        reader.choice("llm.console.show", Show.class),
        reader.positiveDuration("llm.progress.window"),
        reader.choice("llm.progress.format", List.of("brief", "human", "jsonl")));
  }
}
