package dev.gatlingllm.fuzz;

import dev.gatlingllm.experiment.bedrock.BedrockPlaces;
import dev.gatlingllm.experiment.bedrock.BedrockScenarioFile;
import dev.gatlingllm.input.InputException;
import dev.gatlingllm.input.MessagesFile;
import dev.gatlingllm.input.PayloadFiles;
import dev.gatlingllm.input.QuestionFile;
import dev.gatlingllm.input.TraceFile;
import dev.gatlingllm.input.TraceFormat;
import dev.gatlingllm.input.TraceWindow;
import dev.gatlingllm.report.server.MetricsFileException;
import dev.gatlingllm.report.server.ServerMetrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;

/** Any bytes as a file of a user: read, or refused with the file's name and no trace of a crash. */
public final class InputFileFuzz {

  private interface Reader {
    void read(Path file) throws IOException;
  }

  private static final List<Reader> READERS =
      List.of(
          PayloadFiles::read,
          MessagesFile::read,
          file -> TraceFile.read(file, TraceWindow.ALL, TraceFormat.AUTO),
          QuestionFile::read,
          file -> ServerMetrics.read(file, ZoneOffset.UTC),
          file -> BedrockScenarioFile.read(file, BedrockPlaces.OF_LINES));

  /** How many readers there are: the first byte says which. */
  static final int COUNT = READERS.size();

  private static final Path FILE = file();

  private InputFileFuzz() {}

  /**
   * Called by the fuzzer before it times inputs: classes are loaded, and rewritten for its
   * coverage, here.
   */
  public static void fuzzerInitialize() throws IOException {
    InputFiles.whole().forEach(InputFileFuzz::fuzzerTestOneInput);
  }

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    Reader reader = READERS.get(Math.floorMod(input[0], COUNT));
    try {
      Files.write(FILE, Arrays.copyOfRange(input, 1, input.length));
      reader.read(FILE);
    } catch (InputException | MetricsFileException refused) {
      if (!refused.getMessage().contains(FILE.getFileName().toString())) {
        throw new AssertionError("names no file: " + refused.getMessage());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path file() {
    try {
      Path file = Files.createTempFile("fuzzed", ".jsonl");
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
