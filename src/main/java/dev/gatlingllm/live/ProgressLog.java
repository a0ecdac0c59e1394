package dev.gatlingllm.live;

import dev.gatlingllm.record.RunFiles;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.function.Function;

/**
 * Tells the progress of a run: a line on the console, in the format that was asked for, and one in
 * {@code progress.jsonl}. A file that cannot be written is told once and costs the run nothing
 * else. Confined to one thread at a time.
 */
final class ProgressLog implements AutoCloseable {

  /** Answers shorter than this share of what they may be are worth a warning. */
  private static final double SHORT_SHARE = 0.9;

  private static final int COMPLETIONS_TO_WARN = 20;

  private final BufferedWriter file;
  private final PrintStream console;
  private final Function<ProgressSnapshot, String> format;
  private boolean broken;
  private boolean warned;

  /**
   * A log of a run that begins.
   *
   * @param format {@code brief}, {@code human} or {@code jsonl}
   */
  ProgressLog(Path path, PrintStream console, String format) throws IOException {
    this.file = RunFiles.newWriter(path, StandardOpenOption.CREATE_NEW);
    this.console = console;
    this.format =
        switch (format) {
          case "human" -> ProgressText::human;
          case "jsonl" -> ProgressJson::line;
          default -> ProgressText::brief;
        };
  }

  /**
   * Tells how the run stands.
   *
   * @param aloud whether on the console, too
   */
  void tell(ProgressSnapshot now, boolean aloud) {
    if (aloud) {
      console.println(format.apply(now));
    }
    write(ProgressJson.line(now));
    if (!warned && now.completions() >= COMPLETIONS_TO_WARN && isShort(now)) {
      warned = true;
      warn(now);
    }
  }

  private static boolean isShort(ProgressSnapshot now) {
    return now.outputShare().orElse(1) < SHORT_SHARE;
  }

  private void warn(ProgressSnapshot now) {
    console.printf(
        Locale.ROOT,
        "[llm] answers end after %.0f %% of the tokens that they may have: the calls are shorter, and"
            + " more of them fit into a minute, than their shape says (vLLM answers at full length"
            + " with -Dllm.request.extraBody.ignore_eos=true)%n",
        100 * now.outputShare().getAsDouble());
  }

  private void write(String line) {
    if (broken) {
      return;
    }
    try {
      file.write(line);
      file.write('\n');
      file.flush();
    } catch (IOException e) {
      broken = true;
      console.println("[llm] progress.jsonl is cut short: " + e);
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException ignored) {
      // a write that failed has been told, and the lines before it are on disk
    }
  }
}
