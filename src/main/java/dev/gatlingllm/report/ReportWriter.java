package dev.gatlingllm.report;

import java.io.IOException;
import java.io.Writer;

/**
 * One format of the report. What is written depends on the report alone: not on the machine's
 * locale, time zone or line separator. Implementations are stateless.
 */
public interface ReportWriter {

  /** The name of the file in the folder of the run. */
  String fileName();

  /** Writes the report; neither flushes nor closes the writer. */
  void write(RunReport report, Writer out) throws IOException;
}
