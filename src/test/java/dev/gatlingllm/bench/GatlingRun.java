package dev.gatlingllm.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.CallRecordReader;
import dev.gatlingllm.record.RunFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A whole run of the main job in a process of its own, against a simulated endpoint. */
final class GatlingRun implements AutoCloseable {

  private static final String FOLDER_LINE = "[llm] run folder: ";

  private final ChildJvm jvm;
  private Path run;

  private GatlingRun(ChildJvm jvm) {
    this.jvm = jvm;
  }

  /** Starts it; returns when the warm-up is over and the load begins. */
  static GatlingRun start(SimulatorProcess simulator, List<String> settings) throws IOException {
    Path folder = Files.createTempDirectory("benchmark");
    List<String> options = new ArrayList<>(List.of("-Xmx2G"));
    options.add("-Dllm.record.folder=" + folder.resolve("runs"));
    options.add("-Dllm.provider=azure-openai");
    options.add("-Dllm.azure.endpoint=" + simulator.uri());
    options.add("-Dllm.azure.deployment=gpt");
    options.add("-Dllm.profile.shape=custom");
    settings.forEach(setting -> options.add("-D" + setting));
    GatlingRun started =
        new GatlingRun(
            ChildJvm.start(
                options,
                "io.gatling.app.Gatling",
                List.of(
                    "-s",
                    "rpm.ShapeProfileSimulation",
                    "-rf",
                    folder.resolve("gatling").toString(),
                    "-nr",
                    "-l",
                    "maven",
                    "-btv",
                    "3.8.7")));
    String line = started.jvm.line();
    while (!line.startsWith(FOLDER_LINE)) {
      line = started.jvm.line();
    }
    started.run = Path.of(line.substring(FOLDER_LINE.length()));
    return started;
  }

  ChildJvm jvm() {
    return jvm;
  }

  void awaitEnd() throws IOException, InterruptedException {
    jvm.awaitEnd();
  }

  JsonNode summary() throws IOException {
    return new ObjectMapper().readTree(run.resolve("summary.json").toFile());
  }

  List<CallRecord> calls() throws IOException {
    List<CallRecord> calls = new ArrayList<>();
    CallRecordReader.read(new RunFiles(run).calls(), calls::add);
    return calls;
  }

  @Override
  public void close() {
    jvm.close();
  }
}
