package dev.gatlingllm.report.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Writes a run in one format. Stateless. */
interface Exporter {

  /** Writes the files into a folder that exists, and returns them. */
  List<Path> write(FinishedRun run, Path folder) throws IOException;
}
