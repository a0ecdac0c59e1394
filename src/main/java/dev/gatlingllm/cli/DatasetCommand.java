package dev.gatlingllm.cli;

import dev.gatlingllm.input.MessagesFile;
import dev.gatlingllm.prompt.Dataset;
import dev.gatlingllm.prompt.TokenCounter;
import dev.gatlingllm.record.RunFiles;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Picks conversations of a file so that they have a given mean size. */
@Command(
    name = "dataset",
    description =
        "Picks conversations of a file so that they have a given mean size, and writes them as a"
            + " file to be replayed.")
final class DatasetCommand implements Callable<Integer> {

  private final PrintStream out;

  @Parameters(paramLabel = "FILE", description = "File of conversations.")
  private Path source;

  @Option(
      names = "--mean",
      required = true,
      paramLabel = "TOKENS",
      description = "Mean size of a conversation.")
  private int mean;

  @Option(
      names = "--count",
      required = true,
      paramLabel = "N",
      description = "How many conversations.")
  private int count;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE.json",
      description = "Where they are written.")
  private Path target;

  @Option(
      names = "--system",
      paramLabel = "TEXT_FILE",
      description = "Begin each conversation with this system message.")
  private Optional<Path> system = Optional.empty();

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "Count with the tokens of this model.")
  private String model = "";

  DatasetCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws IOException {
    if (count < 1 || mean < 1) {
      throw new IllegalArgumentException("--count and --mean must be at least 1");
    }
    Dataset all =
        Dataset.of(
            MessagesFile.read(source),
            system.map(DatasetCommand::text),
            TokenCounter.forModel(model));
    Dataset picked = all.picked(count, mean);
    RunFiles.writeAtomically(target, picked.json());
    out.println(picked.summary() + " in " + target);
    return 0;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new IllegalArgumentException("--system " + file + " cannot be read", e);
    }
  }
}
