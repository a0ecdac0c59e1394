package dev.gatlingllm.report.export;

import dev.gatlingllm.stats.Dimension;
import dev.gatlingllm.text.Figures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The files of an LLMeter result, so that its {@code Result.load} and what is built upon it read
 * them: {@code responses.jsonl}, {@code summary.json}, {@code stats.json}. Of a ladder there is one
 * more such folder for each level, as of its load tests: {@code 00004-clients}.
 *
 * <p>Times are those of this project (seconds; the first token is the first visible one); a call
 * that failed has none, so that it is in no latency.
 */
final class LlmeterExport implements Exporter {

  private static final int MOST_LEVELS = 200;

  @Override
  public List<Path> write(FinishedRun run, Path folder) throws IOException {
    Map<Integer, LlmeterFolder> levels = new TreeMap<>();
    LlmeterFolder all = LlmeterFolder.create(run, folder, run.name(), LlmeterFolder.clients(run));
    List<Path> written = new ArrayList<>();
    try {
      run.forEach(
          call -> {
            all.add(call);
            String clients = Dimension.LEVEL.of(call).orElse("");
            if (clients.matches("[1-9]\\d{0,4}")) {
              int level = Integer.parseInt(clients);
              if (!levels.containsKey(level) && levels.size() < MOST_LEVELS) {
                levels.put(level, level(run, folder, level));
              }
              if (levels.containsKey(level)) {
                levels.get(level).add(call);
              }
            }
          });
      written.addAll(all.finish());
      for (LlmeterFolder level : levels.values()) {
        written.addAll(level.finish());
      }
    } finally {
      all.close();
      for (LlmeterFolder level : levels.values()) {
        level.close();
      }
    }
    return written;
  }

  private static LlmeterFolder level(FinishedRun run, Path folder, int clients) throws IOException {
    String name = Figures.fill("%05d-clients", clients);
    return LlmeterFolder.create(run, folder.resolve(name), name, Integer.toString(clients));
  }
}
