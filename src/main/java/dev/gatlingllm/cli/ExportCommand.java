package dev.gatlingllm.cli;

import dev.gatlingllm.report.export.Export;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a finished run in the format of another tool. */
@Command(name = "export", description = "Writes a finished run in the format of another tool.")
final class ExportCommand implements Callable<Integer> {

  private final PrintStream out;

  @Parameters(paramLabel = "RUN", description = "Folder of the run.")
  private Path run;

  @Option(
      names = "--format",
      required = true,
      paramLabel = "FORMAT",
      completionCandidates = Formats.class,
      description = "One of ${COMPLETION-CANDIDATES}.")
  private String format;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "Where the files go (default: RUN/export/FORMAT).")
  private Optional<Path> folder = Optional.empty();

  @Option(names = "--succeeded-only", description = "Leave out the calls that failed.")
  private boolean succeededOnly;

  @Mixin private ShowAll percentiles = new ShowAll();

  ExportCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws IOException {
    Path target = folder.orElseGet(() -> run.resolve("export").resolve(format));
    Export.write(run, format, target, succeededOnly, percentiles.rule()).forEach(out::println);
    return 0;
  }

  /** The names of the formats, for the help. */
  private static final class Formats extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    Formats() {
      super(Export.formats());
    }
  }
}
