package dev.gatlingllm.report.export;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.stats.Dimension;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.text.Figures;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The files of an LLMeter result, so that its {@code Result.load} and what is built upon it read
 * them: {@code responses.jsonl}, {@code summary.json}, {@code stats.json}. Of a ladder there is one
 * more such folder for each level, as of its load tests: {@code 00004-clients}. Calls that another
 * deployment took over have a folder of their own, {@code spilled-over}, and are in no other.
 *
 * <p>Times are those of this project (seconds; the first token is the first visible one); a call
 * that failed has none, so that it is in no latency.
 */
final class LlmeterExport implements Exporter {

  private static final int MOST_LEVELS = 200;
  private static final String SPILLED_OVER = "spilled-over";

  @Override
  public List<Path> write(FinishedRun run, Path folder) throws IOException {
    List<Path> written = new ArrayList<>();
    try (Folders folders = new Folders(run, folder)) {
      run.forEach(folders::add);
      written.addAll(folders.finish());
    }
    return written;
  }

  @Override
  public Map<String, String> definitions() {
    Map<String, String> definitions = new LinkedHashMap<>();
    definitions.put("time_to_first_token", Measure.TTFVT.definition());
    definitions.put(
        "time_to_last_token",
        Measure.TTLT.definition() + " Of an answer that was not streamed: e2e.");
    definitions.put("time_per_output_token", Measure.TPOT.definition());
    definitions.put("num_tokens_input", Measure.INPUT_TOKENS.definition());
    definitions.put("num_tokens_output", Measure.OUTPUT_TOKENS.definition());
    return definitions;
  }

  /** The result of the run, and those of its parts, by the names of their folders. */
  private static final class Folders implements Closeable {

    private final FinishedRun run;
    private final Path folder;
    private final LlmeterFolder all;
    private final Map<String, LlmeterFolder> parts = new TreeMap<>();

    Folders(FinishedRun run, Path folder) throws IOException {
      this.run = run;
      this.folder = folder;
      this.all = LlmeterFolder.create(run, folder, run.name(), LlmeterFolder.clients(run));
    }

    void add(CallRecord call) throws IOException {
      if (call.served().spilledOver()) {
        part(SPILLED_OVER, "").add(call);
        return;
      }
      all.add(call);
      String clients = Dimension.LEVEL.of(call).orElse("");
      if (clients.matches("[1-9]\\d{0,4}")) {
        String name = Figures.fill("%05d-clients", Integer.parseInt(clients));
        if (parts.containsKey(name) || parts.size() < MOST_LEVELS) {
          part(name, clients).add(call);
        }
      }
    }

    private LlmeterFolder part(String name, String clients) throws IOException {
      LlmeterFolder part = parts.get(name);
      if (part == null) {
        part = LlmeterFolder.create(run, folder.resolve(name), name, clients);
        parts.put(name, part);
      }
      return part;
    }

    List<Path> finish() throws IOException {
      List<Path> written = new ArrayList<>(all.finish());
      for (LlmeterFolder part : parts.values()) {
        written.addAll(part.finish());
      }
      return written;
    }

    @Override
    public void close() throws IOException {
      all.close();
      for (LlmeterFolder part : parts.values()) {
        part.close();
      }
    }
  }
}
