package dev.gatlingllm.report.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Writes a run in one format. Stateless. */
interface Exporter {

  /** Writes the files into a folder that exists, and returns them. */
  List<Path> write(FinishedRun run, Path folder) throws IOException;

  /**
   * What each measure means that has a name of its own in this format, by that name; none if the
   * files say it themselves.
   */
  Map<String, String> definitions();
}
