package dev.gatlingllm.report;

import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** One format of several runs side by side. Implementations are stateless. */
interface RunsWriter {

  /** The name of the file. */
  String fileName();

  /** Writes the runs in the order given; neither flushes nor closes the writer. */
  void write(List<RunReport> runs, Writer out) throws IOException;
}
