package dev.gatlingllm.experiment.replay;

import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.config.Startup;
import dev.gatlingllm.input.TraceFile;
import dev.gatlingllm.input.TraceWindow;
import dev.gatlingllm.text.Console;
import dev.gatlingllm.text.Count;
import java.nio.file.Path;
import java.util.OptionalInt;

/** The trace that {@code llm.replay} asks for. */
public final class Traces {

  private Traces() {}

  /**
   * Reads the asked part of the trace.
   *
   * @throws ConfigurationException naming the file and line, if it cannot be read
   */
  public static TraceFile read(ReplayConfig replay) {
    return Startup.orExit(() -> readChecked(replay));
  }

  private static TraceFile readChecked(ReplayConfig replay) {
    try {
      TraceFile trace =
          TraceFile.read(
              Path.of(replay.file()),
              new TraceWindow(replay.from(), replay.length(), OptionalInt.empty()),
              replay.format());
      if (trace.failed() > 0) {
        Console.out()
            .println(
                "[llm] left out of the trace: "
                    + Count.of(trace.failed(), "row")
                    + " with a failed call");
      }
      return trace;
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException("llm.replay: " + e.getMessage());
    }
  }
}
