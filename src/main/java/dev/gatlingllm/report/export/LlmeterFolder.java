package dev.gatlingllm.report.export;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.record.VisibleJson;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** One LLMeter result while it is written. Confined to one thread. */
final class LlmeterFolder implements Closeable {

  private static final ObjectMapper JSON = VisibleJson.mapper();

  private final FinishedRun run;
  private final Path folder;
  private final String name;
  private final String clients;
  private final Path responses;
  private final JsonGenerator lines;
  private final LlmeterTally tally;

  private LlmeterFolder(FinishedRun run, Path folder, String name, String clients)
      throws IOException {
    this.run = run;
    this.folder = folder;
    this.name = name;
    this.clients = clients;
    this.tally = new LlmeterTally();
    this.responses = folder.resolve("responses.jsonl");
    OutputStream out = new BufferedOutputStream(RunFiles.newStream(responses));
    this.lines = JSON.getFactory().createGenerator(out).setRootValueSeparator(null);
  }

  static LlmeterFolder create(FinishedRun run, Path folder, String name, String clients)
      throws IOException {
    Files.createDirectories(folder);
    return new LlmeterFolder(run, folder, name, clients);
  }

  /** The clients of a closed load; empty of an open one, which has no number of them. */
  static String clients(FinishedRun run) {
    return run.info()
        .map(info -> info.configuration().getOrDefault("llm.load.clients", ""))
        .filter(text -> text.matches("[1-9]\\d{0,8}"))
        .orElse("");
  }

  void add(CallRecord call) throws IOException {
    InvocationLine.write(call, run, lines);
    lines.writeRaw('\n');
    tally.add(call);
  }

  List<Path> finish() throws IOException {
    lines.close();
    ObjectNode summary = JSON.createObjectNode();
    summary(summary);
    ObjectNode stats = summary.deepCopy();
    tally.writeStatistics(stats);
    return List.of(responses, write("summary.json", summary), write("stats.json", stats));
  }

  private void summary(ObjectNode node) {
    node.put("total_requests", tally.responses());
    if (clients.isEmpty()) {
      node.putNull("clients");
      node.putNull("n_requests");
    } else {
      int number = Integer.parseInt(clients);
      node.put("clients", number);
      // LLMeter counts them for each client.
      node.put("n_requests", tally.responses() / number);
    }
    tally
        .wallSeconds()
        .ifPresentOrElse(
            seconds -> node.put("total_test_time", seconds), () -> node.putNull("total_test_time"));
    text(node, "model_id", tally.model());
    text(node, "output_path", folder.toString().replace('\\', '/'));
    text(node, "endpoint_name", run.simulation());
    text(node, "provider", tally.provider());
    text(node, "run_name", name);
    text(node, "run_description", run.description());
    text(
        node, "start_time", run.wallTime(tally.firstStartNanos()).map(Object::toString).orElse(""));
    text(node, "end_time", run.wallTime(tally.lastEndNanos()).map(Object::toString).orElse(""));
  }

  private static void text(ObjectNode node, String field, String text) {
    if (text.isEmpty()) {
      node.putNull(field);
    } else {
      node.put(field, text);
    }
  }

  private Path write(String file, ObjectNode tree) throws IOException {
    Path path = folder.resolve(file);
    RunFiles.writeAtomically(path, VisibleJson.indentedObjects(tree));
    return path;
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
