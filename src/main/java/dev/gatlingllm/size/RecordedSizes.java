package dev.gatlingllm.size;

import dev.gatlingllm.input.InputException;
import dev.gatlingllm.input.InputPath;
import dev.gatlingllm.input.TraceFile;
import dev.gatlingllm.input.TraceFormat;
import dev.gatlingllm.input.TraceWindow;
import dev.gatlingllm.record.CallRecordReader;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.record.RecordFormatException;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.text.Figures;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The sizes of recorded calls, input and output of one call at the same place.
 *
 * @param name what they were recorded in, for readers
 * @param inputs input tokens of each, at least 1
 * @param outputs output tokens of each, at least 1
 */
@SuppressWarnings("ArrayRecordComponent") // millions of calls, never handed out
record RecordedSizes(String name, int[] inputs, int[] outputs) {

  /**
   * Reads the calls with both numbers within bounds.
   *
   * @throws InputException naming the file, if it cannot be read or holds no such call
   */
  static RecordedSizes read(SizePhrase.Recorded recorded, Bounds input, Bounds output) {
    IntStream.Builder inputs = IntStream.builder();
    IntStream.Builder outputs = IntStream.builder();
    String name = recorded.kind().name().toLowerCase(Locale.ROOT) + " " + recorded.path();
    forEach(
        recorded,
        (in, out) -> {
          if (input.hold(in) && output.hold(out)) {
            inputs.add((int) in);
            outputs.add((int) out);
          }
        });
    RecordedSizes sizes =
        new RecordedSizes(name, inputs.build().toArray(), outputs.build().toArray());
    if (sizes.inputs.length == 0) {
      throw new InputException(
          recorded.path() + ": must hold a call that succeeded with its tokens within the bounds");
    }
    return sizes;
  }

  private interface Sizes {
    void add(long input, long output);
  }

  private static void forEach(SizePhrase.Recorded recorded, Sizes sizes) {
    try {
      Path path = Path.of(recorded.path());
      switch (recorded.kind()) {
        case TRACE ->
            TraceFile.read(InputPath.of(recorded.path()), TraceWindow.ALL, TraceFormat.AUTO)
                .rows()
                .forEach(row -> sizes.add(row.contextTokens(), row.generatedTokens()));
        case RUN -> forEachCall(new RunFiles(path).calls(), sizes);
      }
    } catch (InvalidPathException ignored) {
      throw new InputException(recorded.path() + " must be a path");
    }
  }

  private static void forEachCall(Path calls, Sizes sizes) {
    try {
      CallRecordReader.read(
          calls,
          call -> {
            if (call.outcome() == Outcome.SUCCEEDED) {
              sizes.add(call.tokens().input().orElse(0), call.tokens().output().orElse(0));
            }
          });
    } catch (IOException | RecordFormatException e) {
      throw new InputException(calls + " cannot be read: " + e.getMessage());
    }
  }

  /** The place of a call for a share from 0, below 1. */
  int place(double share) {
    return (int) (share * inputs.length);
  }

  /** For readers, such as {@code as in trace feeders/x.csv (1,200 calls)}. */
  String words() {
    return "as in "
        + name
        + " ("
        + Figures.count(inputs.length)
        + (inputs.length == 1 ? " call)" : " calls)");
  }
}
